import assert from "node:assert/strict";
import { test } from "node:test";
import { passages, place, readKept, written } from "./passages.js";

const spec = {
  items: [
    { id: "q1", codes: [0, 1, 2] },
    { id: "q2", codes: [1, 2, "unclear"] },
  ],
  scoring: { context: { sex: { values: ["female", "male"], default: null } } },
};

test("kept text becomes codes in item order; what this version does not offer is dropped", () => {
  const kept = { q2: "2", q1: "7", q9: "1", sex: "male", age: "62+" };
  assert.deepEqual(readKept(spec, kept), { answers: [null, 2], context: { sex: "male" }, isEmpty: false });
  assert.deepEqual(readKept(spec, { sex: "other" }), { answers: [null, null], context: {}, isEmpty: true });
});

test("zero is an answer; unclear is one too, but has no code", () => {
  assert.deepEqual(readKept(spec, { q1: "0", q2: "unclear" }).answers, [0, null]);
  assert.equal(readKept(spec, { q2: "unclear" }).isEmpty, false);
});

const scale = (score, band, missing = 0) => ({ score, band, missing, prorated: false });
const keysOf = (outcome, more = {}) =>
  [...passages({ ...spec, ...more }, { flags: {}, help: false, ...outcome })].sort();

test("a scale reads as its band, as a score without band, or as no score", () => {
  const scales = { a: scale(3, "low"), b: scale(3, null), c: scale(null, null, 2) };
  assert.deepEqual(keysOf({ scales }), ["a:low", "b:*", "c:-", "unanswered"]);
});

test("bands that are not shown read as a score without band", () => {
  assert.deepEqual(keysOf({ scales: { a: scale(3, "low") } }, { bands_shown: false }), ["a:*"]);
});

test("flags and help have three readings", () => {
  const flags = { x: true, y: false, z: null };
  assert.deepEqual(keysOf({ scales: {}, flags, help: true }), ["flag:x:true", "flag:y:false", "flag:z:null", "help"]);
  assert.deepEqual(keysOf({ scales: {}, help: null }), ["help-unknown"]);
  assert.deepEqual(keysOf({ scales: {} }), []);
});

test("numbers are written as the language does", () => {
  assert.equal(written(4, 0, "nl"), "4");
  assert.equal(written(2.8, 2, "nl"), "2,80");
  assert.equal(written(2.83, 2, "en"), "2.83");
});

test("the marker stands between the ends of its line", () => {
  assert.equal(place(0, { from: "0.0", to: "27.0", width: "300" }), 0);
  assert.equal(place(3, { from: "1.0", to: "5.0", width: "300" }), 150);
  assert.equal(place(27, { from: "0", to: "27", width: "300" }), 300);
});
