// Scores JSON lines for comparison with Python. First line: an array of specifications. Each further line:
// {"spec_index": 0, "answers": [..], "context": {..}} -> the result of static/js/scoring.js, one line each.

import { createInterface } from "node:readline";
import { score } from "../../static/js/scoring.js";

let specs = null;
let printed = [];

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const read = JSON.parse(line);
  if (specs === null) specs = read;
  else printed.push(JSON.stringify(score(specs[read.spec_index], read.answers, read.context ?? {})));
  if (printed.length >= 1000) flush();
}
flush();

function flush() {
  if (printed.length) process.stdout.write(`${printed.join("\n")}\n`);
  printed = [];
}
