import assert from "node:assert/strict";
import { test } from "node:test";
import { Locked } from "./queue.js";
import { sendPictures } from "./sending.js";
import { pictures } from "./work.js";

const NAME = "post/b2/letter";

function shelf(...boxes) {
  const kept = new Map(boxes);
  return {
    kept,
    read: async (_kind, key) => structuredClone(kept.get(key)) ?? null,
    write: async (_kind, key, value) => void kept.set(key, structuredClone(value)),
    remove: async (_kind, key) => void kept.delete(key),
    all: async () => [...kept].map(([key, value]) => [key, structuredClone(value)]),
  };
}
const box = (more = {}) => ({ id: "1", picture: "", isWanted: true, ...more });
const answering =
  (status, body = null) =>
  async () => ({ status, body });

test("a picture that its owner said to send goes once, and one that is for nobody else stays", async () => {
  const store = shelf([NAME, box()], ["post/b2/other", box({ isWanted: false })]);
  assert.deepEqual((await sendPictures(store, answering(200))).gone, [NAME]);
  assert.deepEqual((await sendPictures(store, answering(200))).gone, []);
  assert.deepEqual(await pictures(store), { waiting: [], refused: [], mine: ["post/b2/other"] });
});

test("one picture too many is told and does not wait for ever", async () => {
  const store = shelf([NAME, box()]);
  const { trouble } = await sendPictures(store, answering(400, { refused: "full" }));
  assert.equal(trouble, null);
  assert.deepEqual(await pictures(store), { waiting: [], refused: [NAME], mine: [NAME] });
  assert.equal(store.kept.get(NAME).refused, "full");
});

test("a picture whose last day went by stays on this device and says so", async () => {
  const store = shelf([NAME, box({ until: "2026-11-23" })]);
  const { gone } = await sendPictures(store, answering(400, { refused: "late" }));
  assert.deepEqual(gone, []);
  assert.deepEqual(store.kept.get(NAME), box({ until: "2026-11-23", isWanted: false, refused: "late" }));
});

for (const status of [401, 409]) {
  test(`after ${status} nothing more is sent and all of it waits`, async () => {
    const store = shelf([NAME, box()], ["post/b2/other", box()]);
    let sent = 0;
    const { trouble } = await sendPictures(store, async () => {
      sent += 1;
      return { status, body: null };
    });
    assert.ok(trouble instanceof Locked);
    assert.equal(sent, 1);
    assert.equal((await pictures(store)).waiting.length, 2);
  });
}

test("a server in trouble, and no network, hold no other picture up", async () => {
  const store = shelf(["post/b2/a", box()], ["post/b2/b", box()], ["post/b2/c", box()]);
  const send = async (name) => {
    if (name.endsWith("a")) throw new TypeError("no network");
    return { status: name.endsWith("b") ? 503 : 200, body: null };
  };
  const { gone, trouble } = await sendPictures(store, send);
  assert.deepEqual(gone, ["post/b2/c"]);
  assert.ok(trouble);
  assert.equal((await pictures(store)).waiting.length, 2);
});

test("another picture that was chosen while the first one went is not taken for it", async () => {
  const store = shelf([NAME, box()]);
  await sendPictures(store, async () => {
    await store.write("photo", NAME, box({ id: "2", isWanted: false }));
    return { status: 200, body: {} };
  });
  assert.equal(store.kept.get(NAME).id, "2");
});
