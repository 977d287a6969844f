import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, offline, worker } from "./surroundings.mjs";

test("what is not on the list goes past the worker", async () => {
  const { visit, asked } = worker();
  assert.equal(await visit("/my/who-looked"), undefined);
  assert.equal(await visit("/login"), undefined);
  assert.equal(await visit("/talk", { method: "POST" }), undefined);
  assert.equal(await visit("/talk", { origin: "https://b.example" }), undefined);
  assert.equal(await visit("/talk", { mode: "cors" }), undefined);
  assert.equal(await visit("/static/s1/js/app.js", { mode: "no-cors" }), undefined);
  assert.equal(asked.length, 0);
});

test("a visited page is there without a network, in its variant only", async () => {
  const shelves = new Map();
  await worker(undefined, shelves).visit("/talk?lang=en");
  const { visit } = worker(offline, shelves);
  assert.match(await (await visit("/talk?lang=en")).text(), /talk\?lang=en/);
  assert.equal((await visit("/talk")).type, "error");
});

test("an unknown query shows the default variant without a network, and is never kept", async () => {
  const shelves = new Map();
  const first = worker(undefined, shelves);
  await first.visit("/talk?from=poster");
  assert.equal(first.kept().size, 0);
  await worker(undefined, shelves).visit("/talk");
  assert.match(await (await worker(offline, shelves).visit("/talk?from=poster")).text(), /^\/talk /);
});

test("a page that is not there shows /offline, in its variant if there is one", async () => {
  const { shelves, dispatch } = worker();
  await dispatch("install");
  assert.match(await (await worker(offline, shelves).visit("/talk?lang=en")).text(), /^\/offline /);
  await dispatch("message", { data: { type: "keep-core", variant: "lang=en" } });
  assert.match(await (await worker(offline, shelves).visit("/talk?lang=en")).text(), /^\/offline\?lang=en /);
});

test("a slow or broken server gives way to the copy, and a late answer is still kept", async () => {
  const shelves = new Map();
  await worker(undefined, shelves).visit("/talk");
  const slow = worker(() => new Promise((resolve) => setTimeout(resolve, 60, answer("late /static/s2/"))), shelves);
  assert.match(await (await slow.visit("/talk")).text(), /^\/talk /);
  assert.match(slow.kept().get("/talk"), /^late/);
  assert.match(await (await worker(() => answer("down", { status: 502 }), shelves).visit("/talk")).text(), /^late/);
});

test("the empty page does not wait for the network", async () => {
  const { dispatch, visit, asked } = worker();
  await dispatch("install");
  asked.length = 0;
  assert.match(await (await visit("/left")).text(), /^\/left /);
  assert.equal(asked.length, 0);
});

test("scripts and styles of this version come from the copy first", async () => {
  const { dispatch, visit, asked } = worker();
  await dispatch("install");
  asked.length = 0;
  await visit("/static/s2/js/app.js", { mode: "cors" });
  assert.equal(asked.length, 0);
});

test("the offer comes from the network first and is kept once for all variants", async () => {
  const { visit, kept } = worker(() => answer("{}", { headers: { "Content-Type": "application/json" } }));
  await visit("/offer.json?lang=en", { mode: "cors" });
  assert.deepEqual([...kept().keys()], ["/offer.json"]);
});

test("an own page comes from the network, is never kept, and without a network its public twin stands in", async () => {
  const { kept, visit, dispatch, shelves } = worker();
  await dispatch("install");
  assert.match(await (await visit("/my/trainings/post/a1")).text(), /^\/my\/trainings\/post\/a1 /);
  assert.equal(
    [...kept().keys()].some((path) => path.startsWith("/my/")),
    false,
  );
  await visit("/trainings/post/a1");
  await visit("/trainings/");
  const away = worker(offline, shelves);
  assert.match(await (await away.visit("/my/trainings/post/a1")).text(), /^\/trainings\/post\/a1 /);
  assert.match(await (await away.visit("/my/?lang=en")).text(), /^\/offline /);
  assert.match(await (await away.visit("/my/")).text(), /^\/trainings\/ /);
});

test("the pages below one training are kept when they are asked for, and no others", async () => {
  const { kept, dispatch } = worker();
  await dispatch("message", { data: { type: "keep-below", variant: "", below: "/trainings/post" } });
  assert.ok(kept().has("/trainings/post/a1"));
  assert.ok(kept().has("/trainings/"));
  assert.equal(kept().has("/self-tests/djg6"), false);
});

test("the links of a public twin lead to own pages; paper has none, and other pages stay what they are", async () => {
  const links = (path) =>
    `<a href="/trainings/post/a1${path}">x</a> <a href="/trainings/">all</a> <a href="/talk">talk</a>`;
  const shelves = new Map([["pages-2", new Map([["/trainings/post", links("") + links("/paper")]])]]);
  const { visit, kept } = worker(offline, shelves);
  const text = await (await visit("/my/trainings/post")).text();
  const own = links("").replace("/trainings/post/a1", "/my/trainings/post/a1");
  assert.equal(text, own + links("/paper"));
  assert.equal(kept().get("/trainings/post"), links("") + links("/paper"));
});

test("an own page that takes long gives way to its public twin, where there is one", async () => {
  const shelves = new Map();
  await worker(undefined, shelves).visit("/trainings/post/a1");
  const slow = worker(
    (path) => new Promise((resolve) => setTimeout(resolve, 60, answer(`slow ${path} /static/s2/`))),
    shelves,
  );
  assert.match(await (await slow.visit("/my/trainings/post/a1")).text(), /^\/trainings\/post\/a1 /);
  assert.match(await (await slow.visit("/my/trainings/post/b1")).text(), /^slow /);
  const quick = worker((path) => answer(`quick ${path} /static/s2/`), shelves);
  assert.match(await (await quick.visit("/my/trainings/post/a1")).text(), /^quick /);
});
