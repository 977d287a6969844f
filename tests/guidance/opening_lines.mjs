// Answers JSON lines for comparison with Python, one line each:
// {"intervals": [[start, end], ..], "now": seconds} -> {"open", "until", "from"}
// {"offer": {..}, "theme": "..", "level": ".."} -> {"steps": [..]}

import { createInterface } from "node:readline";
import { nextSteps } from "../../static/js/guidance.js";
import { openState } from "../../static/js/opening.js";

for await (const line of createInterface({ input: process.stdin })) {
  if (!line.trim()) continue;
  const read = JSON.parse(line);
  const answer = read.offer
    ? { steps: nextSteps(read.offer, read.theme, read.level) }
    : openState(read.intervals, read.now);
  process.stdout.write(`${JSON.stringify(answer)}\n`);
}
