// Answers JSON lines for comparison with Python. First line: an array of specifications. Each further line:
// {"spec_index", "answers", "context", "language"} -> {"keys": [..], "written": {scale: text}}

import { createInterface } from "node:readline";
import { passages, written } from "../../static/js/assessments/passages.js";
import { score } from "../../static/js/scoring.js";

let specs = null;
for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line);
  if (specs === null) {
    specs = read;
    continue;
  }
  const spec = specs[read.spec_index];
  const outcome = score(spec, read.answers, read.context);
  const texts = Object.entries(outcome.scales)
    .filter(([, { score: number }]) => number !== null)
    .map(([id, { score: number }]) => [id, written(number, spec.scoring.scales[id].decimals ?? 0, read.language)]);
  const keys = [...passages(spec, outcome)].sort();
  process.stdout.write(`${JSON.stringify({ keys, written: Object.fromEntries(texts) })}\n`);
}
