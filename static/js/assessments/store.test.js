import assert from "node:assert/strict";
import { test } from "node:test";
import { IDLE, openStore } from "./store.js";

function session(entries = {}) {
  const kept = new Map(Object.entries(entries));
  return {
    kept,
    getItem: (key) => kept.get(key) ?? null,
    setItem: (key, value) => kept.set(key, value),
    removeItem: (key) => kept.delete(key),
  };
}

function storeAt(moment, tab = session()) {
  const clock = { now: moment };
  return { clock, tab, store: openStore("djg6", tab, () => clock.now) };
}

const record = { v: "1.0.0", a: { q1: "3" }, i: 2 };

test("what was written is read again, under the slug's own key", () => {
  const { store, tab } = storeAt(1000);
  store.write(record);
  assert.deepEqual(store.read(), { ...record, at: 1000 });
  assert.deepEqual([...tab.kept.keys()], ["t.djg6"]);
});

test("answers are over after 30 idle minutes, and removed once", () => {
  const { store, clock, tab } = storeAt(0);
  store.write(record);
  clock.now = IDLE - 1;
  assert.equal(store.expire(), false);
  assert.ok(store.read());
  clock.now = IDLE;
  assert.equal(store.read(), null);
  assert.equal(store.expire(), true);
  assert.equal(tab.kept.size, 0);
  assert.equal(store.expire(), false);
});

test("a sign of life prolongs, but revives neither what is over nor what was removed", () => {
  const { store, clock, tab } = storeAt(0);
  store.write(record);
  clock.now = IDLE / 2;
  store.touch();
  clock.now = IDLE + 1;
  assert.ok(store.read());
  clock.now = 2 * IDLE;
  store.touch();
  assert.equal(store.read(), null);
  store.forget();
  store.touch();
  assert.equal(tab.kept.size, 0);
});

test("a clock that was set back does not keep answers alive", () => {
  const { store, clock } = storeAt(10 * IDLE);
  store.write(record);
  clock.now = 8 * IDLE;
  assert.equal(store.expire(), true);
});

test("broken or foreign content counts as nothing", () => {
  for (const text of ["{", "3", '"x"', "null", '{"a":null,"at":0}', '{"a":7,"at":0}']) {
    assert.equal(storeAt(0, session({ "t.djg6": text })).store.read(), null);
  }
});

test("a record without a moment is over", () => {
  assert.equal(storeAt(0, session({ "t.djg6": '{"a":{"q1":"1"}}' })).store.read(), null);
});

test("a blocked session says that it does not work, and does not throw", () => {
  const blocked = {
    getItem: () => null,
    setItem: () => {
      throw new Error("blocked");
    },
    removeItem: () => {},
  };
  assert.equal(openStore("djg6", blocked).works, false);
  const absent = openStore("djg6", null);
  assert.equal(absent.works, false);
  assert.equal(absent.read(), null);
  assert.equal(absent.expire(), false);
});
