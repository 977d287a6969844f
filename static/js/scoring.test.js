import assert from "node:assert/strict";
import { test } from "node:test";
import { cases, specs } from "../../tests/assessments/small_specs.mjs";
import { halfUp, score } from "./scoring.js";

const NOTHING = { score: null, band: null, missing: 0, prorated: false };

/** A specification with one scale `s` over the items, codes 0..3. */
function oneScale(scale, { count = 4, ...more } = {}) {
  const items = Array.from({ length: count }, (_, index) => ({ id: `q${index + 1}`, codes: [0, 1, 2, 3] }));
  const { safety, ...scoring } = more;
  const scales = { s: { method: "sum", items: items.map((item) => item.id), ...scale } };
  return { items, scoring: { scales, ...scoring }, safety };
}

for (const each of cases) {
  test(`${each.slug} scores as published: ${each.note}`, () => {
    const outcome = score(specs[each.slug], each.answers, each.context);
    for (const [id, expected] of Object.entries(each.scales)) {
      assert.deepEqual({ ...outcome.scales[id], ...expected }, outcome.scales[id]);
    }
    assert.deepEqual({ ...outcome.flags, ...each.flags }, outcome.flags);
  });
}

test("a half is rounded upwards, once, on the exact fraction", () => {
  assert.equal(halfUp(5, 2, 0), 3);
  assert.equal(halfUp(81, 8, 2), 10.13);
  assert.equal(halfUp(299, 100, 2), 2.99);
  assert.equal(halfUp(1, 3, 4), 0.3333);
  assert.equal(halfUp(0, 7, 2), 0);
});

test("times is multiplied before the one rounding", () => {
  const spec = oneScale({ method: "mean", times: 10 }, { count: 3 });
  assert.equal(score(spec, [1, 2, 2]).scales.s.score, 17);
});

test("a mean divides by the answered items when the person's mean fills the rest", () => {
  const spec = oneScale({ method: "mean", decimals: 2, missing: { allow: 1, fill: "person-mean" } });
  assert.deepEqual(score(spec, [3, 2, 2, null]).scales.s, { score: 2.33, band: null, missing: 1, prorated: true });
});

test("a mean divides by all items when zeros fill the rest", () => {
  const spec = oneScale({ method: "mean", decimals: 2, missing: { allow: 1, fill: "zero" } });
  assert.deepEqual(score(spec, [3, 2, 2, null]).scales.s, { score: 1.75, band: null, missing: 1, prorated: false });
});

test("one more missing than allowed gives no score, and neither does a scale without any answer", () => {
  const spec = oneScale({ missing: { allow: 3, fill: "person-mean" } });
  assert.equal(score(spec, [3, null, null, null]).scales.s.score, 12);
  assert.deepEqual(score(spec, [null, null, null, null]).scales.s, { ...NOTHING, missing: 4 });
  assert.deepEqual(score(oneScale({}), [3, 3, 3, null]).scales.s, { ...NOTHING, missing: 1 });
});

test("a looked-up score inherits missing from its source, and needs a context that is told or has a default", () => {
  const scales = {
    raw: { method: "sum", items: ["q1", "q2"] },
    t: { method: "from", from: "raw", table: { by: ["age"], rows: { young: [9, 8, 7], old: [5, 4, 3] } } },
  };
  const spec = {
    ...oneScale({}, { count: 2 }),
    scoring: { scales, context: { age: { values: ["young", "old"], default: null } } },
  };
  assert.equal(score(spec, [1, 1], { age: "old" }).scales.t.score, 3);
  assert.deepEqual(score(spec, [1, 1]).scales.t, NOTHING);
  assert.deepEqual(score(spec, [1, null], { age: "old" }).scales.t, { ...NOTHING, missing: 1 });
});

test("unclear, text and a hole all count as unanswered, and unclear is no code to reverse over", () => {
  const spec = oneScale({ reverse: ["q1"] }, { count: 1 });
  spec.items[0].codes = [1, 2, 3, 4, 5, "unclear"];
  assert.equal(score(spec, [5]).scales.s.score, 1);
  for (const none of ["unclear", "3", undefined, null]) assert.equal(score(spec, [none]).scales.s.missing, 1);
});

test("an answer given before the skip keeps its value; the unanswered rest counts its lowest code", () => {
  const spec = oneScale({}, { skip: [{ when: { sum: ["q1"], equals: 0 }, skip: ["q2", "q3", "q4"] }] });
  assert.deepEqual(score(spec, [0, 3, null, null]).scales.s, { score: 3, band: null, missing: 0, prorated: false });
});

test("a skip never triggers another skip", () => {
  const skip = [
    { when: { sum: ["q1"], equals: 0 }, skip: ["q2"] },
    { when: { sum: ["q2"], equals: 0 }, skip: ["q3", "q4"] },
  ];
  assert.equal(score(oneScale({}, { skip }), [0, null, null, null]).scales.s.missing, 2);
});

test("a flag is null without its score, without its answer or without the context its line depends on", () => {
  const flags = {
    high: { scale: "s", at_least: 5 },
    item: { item: "q2", at_least: 1 },
    by: { scale: "s", at_least: { by: "sex", female: 2, male: 6 } },
  };
  const spec = oneScale({}, { flags, context: { sex: { values: ["female", "male"], default: null } } });
  assert.deepEqual(score(spec, [1, 2, 1, 1]).flags, { high: true, item: true, by: null });
  assert.deepEqual(score(spec, [1, 2, 1, 1], { sex: "male" }).flags.by, false);
  assert.deepEqual(score(spec, [1, null, 1, 1], { sex: "female" }).flags, { high: null, item: null, by: null });
});

test("a flag on an item does not see the value that a skip put in", () => {
  const flags = { item: { item: "q2", at_least: 0 } };
  const spec = oneScale({}, { flags, skip: [{ when: { sum: ["q1"], equals: 0 }, skip: ["q2"] }] });
  assert.equal(score(spec, [0, null, 1, 1]).flags.item, null);
});

test("help is true at the line, null while a safety item is open, false below it, whatever the total", () => {
  const safety = [
    { item: "q1", at_least: 1 },
    { item: "q2", at_least: 2 },
  ];
  const helpFor = (...answers) => score(oneScale({}, { safety }), answers).help;
  assert.equal(helpFor(1, null, null, null), true);
  assert.equal(helpFor(0, null, 3, 3), null);
  assert.equal(helpFor(0, 1, 3, 3), false);
  assert.equal(score(oneScale({}), [3, 3, 3, 3]).help, false);
});

test("the level is the highest that a band, a stretch or a raised flag asks for, and safety above all", () => {
  const bands = [
    { key: "a", from: 0, to: 3, level: "low" },
    { key: "b", from: 4, to: 12, level: "middle" },
  ];
  const levels = [{ from: 10, to: 12, level: "high" }];
  const flags = { f: { item: "q4", at_least: 3, level: "high" }, g: { item: "q3", at_least: 3 } };
  const safety = [{ item: "q1", at_least: 3 }];
  const levelFor = (...answers) => score(oneScale({ bands, levels }, { flags, safety }), answers).level;
  assert.equal(levelFor(0, 0, 3, 0), "low");
  assert.equal(levelFor(1, 1, 1, 1), "middle");
  assert.equal(levelFor(1, 3, 3, 3), "high");
  assert.equal(levelFor(0, 0, 0, 3), "high");
  assert.equal(levelFor(null, null, null, null), "middle");
  assert.equal(levelFor(3, null, null, null), "safety");
});

test("an outcome is complete when every scale has its score", () => {
  assert.equal(score(specs.djg6, [null, 2, 2, 2, 2, 1]).complete, false);
  assert.equal(score(specs.djg6, [1, 2, 2, 2, 2, 1]).complete, true);
});
