import assert from "node:assert/strict";
import { test } from "node:test";
import { skippedItems } from "./skipping.js";

const rule = { when: { sum: ["q1", "q2"], equals: 0 }, skip: ["q3", "q4"] };

test("a rule holds only when all its answers are given", () => {
  assert.deepEqual([...skippedItems([rule], { q1: 0, q2: 0 })], ["q3", "q4"]);
  assert.equal(skippedItems([rule], { q1: 0 }).size, 0);
  assert.equal(skippedItems([rule], { q1: 0, q2: 1 }).size, 0);
});

test("an item with an answer is not skipped", () => {
  assert.deepEqual([...skippedItems([rule], { q1: 0, q2: 0, q4: 2 })], ["q3"]);
});

test("without rules nothing is skipped", () => {
  assert.equal(skippedItems(undefined, { q1: 0 }).size, 0);
});
