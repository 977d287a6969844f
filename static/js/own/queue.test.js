import assert from "node:assert/strict";
import { test } from "node:test";
import { Locked, openQueue } from "./queue.js";

const STEP = "post/b2";

function boxes() {
  const kept = new Map();
  return {
    kept,
    read: async (kind, key) => structuredClone(kept.get(`${kind}/${key}`)) ?? null,
    write: async (kind, key, value) => void kept.set(`${kind}/${key}`, structuredClone(value)),
    remove: async (kind, key) => void kept.delete(`${kind}/${key}`),
    all: async (kind) =>
      [...kept].filter(([at]) => at.startsWith(kind)).map(([at, value]) => [at.slice(kind.length + 1), value]),
  };
}

/** A server that counts each change once, as the real one does, and loses answers when `lose` says so. */
function server({ lose = () => false, status = 200, faults = {} } = {}) {
  const seen = new Set();
  const sent = [];
  let revision = 0;
  const send = async (_step, change) => {
    sent.push(structuredClone(change));
    if (!seen.has(change.id)) revision += 1;
    seen.add(change.id);
    if (lose(sent.length)) throw new TypeError("no network");
    return { status, body: { revision, faults, values: {}, others: [] } };
  };
  return { send, sent, seen };
}

function queueOver(net, store = boxes(), clock = { now: 0 }) {
  let id = 0;
  const queue = openQueue(
    store,
    "mine",
    net.send,
    () => `id-${++id}`,
    () => clock.now,
  );
  return { store, queue };
}

test("a change is sent once, with its owner, and nothing is left", async () => {
  const net = server();
  const { queue, store } = queueOver(net);
  await queue.note(STEP, { values: { who: ["Fluvius", 3] } });
  assert.deepEqual(await queue.waiting(), [STEP]);
  await queue.flush();
  await queue.flush();
  assert.deepEqual(net.sent, [{ id: "id-1", owner: "mine", values: { who: ["Fluvius", 3] }, ago: 0 }]);
  assert.equal(store.kept.size, 0);
});

test("an answer that got lost makes the same change go again under the same id", async () => {
  const net = server({ lose: (count) => count === 1 });
  const { queue } = queueOver(net);
  await queue.note(STEP, { values: { who: ["a", 0] } });
  assert.ok((await queue.flush()).trouble);
  await queue.note(STEP, { values: { who: ["b", 0] } });
  await queue.flush();
  assert.deepEqual(
    net.sent.map(({ id }) => id),
    ["id-1", "id-1", "id-2"],
  );
  assert.equal(net.seen.size, 2);
  assert.deepEqual(net.sent[2].values.who, ["b", 1], "one's own earlier change is no conflict");
});

test("a field keeps the revision it was read from until it was sent", async () => {
  const net = server();
  const { queue } = queueOver(net);
  await queue.note(STEP, { values: { who: ["a", 2], amount: ["1", 2] } });
  await queue.note(STEP, { values: { who: ["b", 7] } });
  await queue.flush();
  assert.deepEqual(net.sent[0].values, { who: ["b", 2], amount: ["1", 2] });
});

test("the last state counts, and goes along with the fields", async () => {
  const net = server();
  const { queue } = queueOver(net);
  await queue.note(STEP, { values: { who: ["a", 0] }, state: "stuck", stuck: { reason: "afraid", words: "" } });
  await queue.note(STEP, { state: "done" });
  await queue.flush();
  assert.equal(net.sent[0].state, "done");
  assert.equal(net.sent[0].stuck, null);
});

test("what the server could not read stays typed, is not sent again as it is, and goes when it is mended", async () => {
  const net = server({ faults: { amount: "…" } });
  const { queue } = queueOver(net);
  await queue.note(STEP, { values: { amount: ["veel", 0], who: ["a", 0] } });
  await queue.flush();
  assert.deepEqual(await queue.typed(STEP), { amount: "veel" });
  assert.deepEqual(await queue.waiting(), []);
  await queue.flush();
  assert.equal(net.sent.length, 1);
  await queue.note(STEP, { values: { amount: ["12", 0] } });
  assert.deepEqual(await queue.typed(STEP), { amount: "12" });
});

for (const status of [401, 409]) {
  test(`nothing more is sent after ${status}, and all of it waits`, async () => {
    const net = server({ status });
    const { queue } = queueOver(net);
    await queue.note(STEP, { values: { who: ["a", 0] } });
    await queue.note("post/b3", { values: { said: ["b", 0] } });
    assert.ok((await queue.flush()).trouble instanceof Locked);
    assert.equal(net.sent.length, 1);
    assert.equal((await queue.waiting()).length, 2);
    assert.deepEqual(await queue.typed(STEP), { who: "a" });
  });
}

test("notes that come at the same moment are all there", async () => {
  const net = server();
  const { queue } = queueOver(net);
  const names = Array.from({ length: 20 }, (_, number) => `field-${number}`);
  await Promise.all(names.map((name) => queue.note(STEP, { values: { [name]: ["x", 0] } })));
  assert.deepEqual(Object.keys(await queue.typed(STEP)).sort(), names.sort());
});

test("a step that the server refuses stays typed and holds nothing else up", async () => {
  const sent = [];
  const send = async (step, change) => {
    sent.push(step);
    if (step === STEP) return { status: 404, body: null };
    return { status: 200, body: { revision: 1, values: {}, others: [], faults: {} }, change };
  };
  const { queue } = queueOver({ send });
  await queue.note(STEP, { values: { who: ["a", 0] } });
  await queue.note("post/b3", { values: { said: ["b", 0] } });
  assert.ok((await queue.flush()).trouble);
  assert.deepEqual(sent, [STEP, "post/b3"]);
  assert.deepEqual(await queue.waiting(), []);
  assert.deepEqual(await queue.typed(STEP), { who: "a" });
  assert.equal(await queue.holdsMore(), true, "logging out asks first");
});

test("a server in trouble gets the same change again, and the other steps at once", async () => {
  let isDown = true;
  const ids = [];
  const send = async (step, { id }) => {
    ids.push([step, id]);
    if (isDown && step === STEP) return { status: 503, body: null };
    return { status: 200, body: { revision: 1, values: {}, others: [], faults: {} } };
  };
  const { queue } = queueOver({ send });
  await queue.note(STEP, { values: { who: ["a", 0] } });
  await queue.note("post/b3", { values: { said: ["b", 0] } });
  assert.ok((await queue.flush()).trouble);
  assert.deepEqual(await queue.waiting(), [STEP]);
  isDown = false;
  await queue.flush();
  assert.equal(ids[0][1], ids.at(-1)[1]);
  assert.equal(await queue.holdsMore(), false);
});

test("a fault of one change is told also when another change of that step went after it", async () => {
  let turn = 0;
  const { queue } = queueOver({
    send: async () => {
      turn += 1;
      if (turn === 1) await queue.note(STEP, { values: { done: ["1", 0] } });
      return { status: 200, body: { revision: turn, faults: turn === 1 ? { amount: "…" } : {}, others: [] } };
    },
  });
  await queue.note(STEP, { values: { amount: ["veel", 0] } });
  const { answers } = await queue.flush();
  assert.equal(turn, 2);
  assert.deepEqual(answers[STEP].faults, { amount: "…" });
  assert.deepEqual(answers[STEP].sent, ["amount", "done"]);
});

test("how long ago a state was said goes along, counted anew at each sending, under the same id", async () => {
  const clock = { now: 10_000 };
  const net = server({ lose: (count) => count === 1 });
  const { queue } = queueOver(net, boxes(), clock);
  await queue.note(STEP, { state: "stuck", stuck: { reason: "afraid", words: "" } });
  clock.now += 60_000;
  await queue.note(STEP, { values: { who: ["typed later", 0] } });
  await queue.flush();
  clock.now += 60_000;
  await queue.flush();
  assert.deepEqual(
    net.sent.map(({ id, ago }) => [id, ago]),
    [
      ["id-1", 60],
      ["id-1", 120],
    ],
  );
});

test("what a device knew of the reasons is what it knew when it first said something", async () => {
  const net = server();
  const { queue } = queueOver(net);
  await queue.note(STEP, { state: "stuck", stuck: { reason: "afraid", words: "a" }, seen: "T1" });
  await queue.note(STEP, { state: "stuck", stuck: { reason: "afraid", words: "b" }, seen: "T2" });
  await queue.flush();
  assert.deepEqual([net.sent[0].seen, net.sent[0].stuck.words], ["T1", "b"]);
});

test("one's own reason that was on its way is known to what is said after it", async () => {
  const stuck = { reason: "afraid", words: "a" };
  const sent = [];
  const { queue } = queueOver({
    send: async (_step, change) => {
      sent.push(change);
      if (sent.length === 1) await queue.note(STEP, { state: "stuck", stuck: { ...stuck, words: "b" }, seen: null });
      return { status: 200, body: { revision: 1, faults: {}, others: [], stuck, seen: "T-of-a" } };
    },
  });
  await queue.note(STEP, { state: "stuck", stuck, seen: null });
  await queue.flush();
  assert.deepEqual(
    sent.map(({ seen }) => seen),
    [null, "T-of-a"],
  );
});

test("each answer is heard before its change is forgotten, and one that cannot be heard keeps the change", async () => {
  const net = server();
  const { queue, store } = queueOver(net);
  await queue.note(STEP, { values: { who: ["a", 0] } });
  const { trouble } = await queue.flush(async () => {
    throw new Error("the store is gone");
  });
  assert.match(trouble.message, /gone/);
  assert.equal(store.kept.size, 1);
  const heard = [];
  await queue.flush(async (step, { revision }) => heard.push([step, revision, store.kept.size]));
  assert.deepEqual(heard, [[STEP, 1, 1]]);
  assert.equal(store.kept.size, 0);
});

test("what was said and not sent yet is told, the newest first", async () => {
  const { queue } = queueOver(server());
  await queue.note(STEP, { values: { who: ["a", 0] } });
  await queue.note("post/b3", { state: "done" });
  assert.deepEqual(await queue.said(), {
    [STEP]: { state: null, stuck: null },
    "post/b3": { state: "done", stuck: null },
  });
});
