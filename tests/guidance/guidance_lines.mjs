// Answers JSON lines for comparison with Python. First line: {"offers": [..], "specs": [..]}. Each further line, one of:
// {"offer": 0, "theme": "..", "level": "..", "cards": [..]} -> the cards in the order of that level
// {"offer": 0, "theme": "..", "spec": 0, "answers": [..], "context": {..}, "cards": [..]} -> {"level", "cards"}
// {"offer": 0, "way": "..", "words": {..}, "language": "..", "now": ms} -> the words of the badge

import { createInterface } from "node:readline";
import { arrange, nextSteps } from "../../static/js/guidance.js";
import { badgeWords, openState } from "../../static/js/opening.js";
import { score } from "../../static/js/scoring.js";

let known = null;
const printed = [];

for await (const line of createInterface({ input: process.stdin })) {
  const read = JSON.parse(line);
  if (known === null) known = read;
  else printed.push(JSON.stringify(answer(known.offers[read.offer], read)));
}
process.stdout.write(`${printed.join("\n")}\n`);

function answer(offer, read) {
  if (read.words) return badge(offer, read);
  if (read.level) return arranged(offer, read, read.level);
  const { level } = score(known.specs[read.spec], read.answers, read.context);
  return { level, cards: arranged(offer, read, level) };
}

// As much of a list of elements as `arrange` uses.
function arranged(offer, { theme, cards, young }, level) {
  const children = cards.map((step) => ({ dataset: { step }, hidden: false }));
  const append = (card) => children.push(...children.splice(children.indexOf(card), 1));
  arrange({ children, append }, nextSteps(offer, theme, level, young));
  return children.filter((card) => !card.hidden).map((card) => card.dataset.step);
}

function badge(offer, { way, words, language, now }) {
  const state = openState(offer.ways[way].open, now / 1000);
  return badgeWords(words, state, { now, asOf: Date.parse(offer.as_of), language });
}
