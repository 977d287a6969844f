// Answers JSON lines for comparison with Python. First line: an array of specifications. Each further line:
// {"spec_index", "answers", "context", "language"} -> {"keys": [..], "written": {scale: text}, "prorated": [scale, ..]}

import { createInterface } from "node:readline";
import { passages, written } from "../../static/js/assessments/passages.js";
import { score } from "../../static/js/scoring.js";

let specs = null;
const printed = [];

for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line);
  if (specs === null) specs = read;
  else printed.push(JSON.stringify(answer(specs[read.spec_index], read)));
}
process.stdout.write(`${printed.join("\n")}\n`);

function answer(spec, { answers, context, language }) {
  const outcome = score(spec, answers, context);
  const scales = Object.entries(outcome.scales);
  const texts = scales
    .filter(([, { score: number }]) => number !== null)
    .map(([id, { score: number }]) => [id, written(number, spec.scoring.scales[id].decimals ?? 0, language)]);
  return {
    keys: [...passages(spec, outcome)].sort(),
    written: Object.fromEntries(texts),
    prorated: scales.filter(([, { prorated }]) => prorated).map(([id]) => id),
  };
}
