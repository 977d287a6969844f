import assert from "node:assert/strict";
import { test } from "node:test";
import { arrange, nextSteps } from "./guidance.js";

const offer = { next: { money: { low: ["chat"], middle: ["write", "chat"], safety: ["phone"] } } };

test("the list of the theme and level comes first", () => {
  assert.deepEqual(nextSteps(offer, "money", "low"), ["chat"]);
  assert.deepEqual(nextSteps(offer, "money", "safety"), ["phone"]);
});

test("a level that the offer does not have falls back to the middle", () => {
  assert.deepEqual(nextSteps(offer, "money", "high"), ["write", "chat"]);
});

test("an unknown theme, or no offer at all, gives no steps", () => {
  assert.deepEqual(nextSteps(offer, "worry", "low"), []);
  assert.deepEqual(nextSteps(null, "money", "low"), []);
});

function listOf(...steps) {
  const children = steps.map((step) => ({ dataset: { step }, hidden: false }));
  const append = (card) => children.push(...children.splice(children.indexOf(card), 1));
  return { children, append };
}
const shown = (list) => list.children.filter((card) => !card.hidden).map((card) => card.dataset.step);

test("cards take the order of the steps; a card without a step hides, a step without a card is passed over", () => {
  const list = listOf("chat", "write", "module:x");
  arrange(list, ["write", "test:djg6", "chat"]);
  assert.deepEqual(shown(list), ["write", "chat"]);
  arrange(list, ["module:x", "chat"]);
  assert.deepEqual(shown(list), ["module:x", "chat"]);
});

test("without steps everything stays as the server put it", () => {
  const list = listOf("chat", "write");
  arrange(list, []);
  assert.deepEqual(shown(list), ["chat", "write"]);
});
