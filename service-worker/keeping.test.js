import assert from "node:assert/strict";
import { test } from "node:test";
import { answer, CONFIG, CORE, worker } from "./surroundings.mjs";

test("installing keeps the scripts, styles and core of the default variant, asked for without cookies", async () => {
  const { dispatch, kept, asked } = worker();
  await dispatch("install");
  assert.deepEqual([...kept().keys()].sort(), [...CONFIG.static, ...CORE].sort());
  assert.ok(asked.every((each) => each.credentials === "omit"));
});

test("installing fails when something of the core may not be kept, so that it is tried again", async () => {
  const { dispatch } = worker((path) => answer(path, { status: path === "/offline" ? 500 : 200 }));
  await assert.rejects(dispatch("install"));
});

const REFUSED = {
  "not ok": [{ status: 404 }],
  "from elsewhere": [{ type: "opaque" }],
  redirected: [{ redirected: true }],
  "without a word on caching": [{ headers: { "Cache-Control": "" } }],
  "no-store": [{ headers: { "Cache-Control": "public, no-store" } }],
  private: [{ headers: { "Cache-Control": "private" } }],
  "varying by cookie": [{ headers: { Vary: "Accept-Encoding, Cookie" } }],
};
for (const [name, [options]] of Object.entries(REFUSED)) {
  test(`a page is shown but never kept: ${name}`, async () => {
    const { visit, kept } = worker((path) => answer(`${path} /static/s2/`, options));
    assert.match(await (await visit("/talk")).text(), /talk/);
    assert.equal(kept().size, 0);
  });
}

test("a page of a newer version is shown, and left to its own worker to keep", async () => {
  const { visit, kept } = worker((path) => answer(`${path} /static/s3/`));
  await visit("/talk");
  assert.equal(kept().size, 0);
});

test("keep brings every page of a known variant, once, and forgives what fails", async () => {
  const { dispatch, kept, asked } = worker((path) =>
    answer(`${path} /static/s2/`, { status: path.startsWith("/talk") ? 500 : 200 }),
  );
  await dispatch("message", { data: { type: "keep", variant: "lang=en" } });
  assert.deepEqual([...kept().keys()].sort(), [
    "/?lang=en",
    "/left?lang=en",
    "/offer.json",
    "/offline?lang=en",
    "/self-tests/djg6?lang=en",
    "/trainings/?lang=en",
    "/trainings/post/a1?lang=en",
    "/trainings/post?lang=en",
  ]);
  const before = asked.length;
  await dispatch("message", { data: { type: "keep", variant: "lang=en" } });
  assert.deepEqual(
    asked.slice(before).map((each) => each.path),
    ["/talk?lang=en", "/talk?lang=en"],
  );
  await dispatch("message", { data: { type: "keep", variant: "lang=xx" } });
  await dispatch("message", { data: null });
  assert.equal(asked.length, before + 2);
});

test("what does not come at first is asked for once more", async () => {
  const failed = new Set();
  const { dispatch, kept } = worker((path) => {
    const isFirst = path.startsWith("/t") && !failed.has(path);
    if (isFirst) failed.add(path);
    return answer(`${path} /static/s2/`, { status: isFirst ? 503 : 200 });
  });
  await dispatch("message", { data: { type: "keep", variant: "" } });
  assert.equal(failed.size, 4);
  assert.deepEqual([...kept().keys()].sort(), [...CONFIG.pages].sort());
});

test("a new version waits until it is asked, then only own older caches go", async () => {
  const shelves = new Map([
    ["pages-1", new Map()],
    ["others", new Map()],
  ]);
  const { dispatch, called } = worker(undefined, shelves);
  await dispatch("install");
  assert.deepEqual(called, []);
  await dispatch("message", { data: { type: "skip-waiting" } });
  await dispatch("activate");
  assert.deepEqual(called, ["skipWaiting", "claim"]);
  assert.deepEqual([...shelves.keys()].sort(), ["others", "pages-2"]);
});

const HELD = new Map([
  ["/self-tests/djg6?lang=en", "x"], // the last page: this variant was kept whole
  ["/talk", "x"],
  ["/trainings/post/a1", "x"],
  ["/trainings/gone/a1", "x"],
]);

test("a new version brings along every page of the variants that the old one had whole", async () => {
  const { dispatch, kept } = worker(undefined, new Map([["pages-1", HELD]]));
  await dispatch("install");
  for (const path of CONFIG.pages) assert.ok(kept().has(path === "/offer.json" ? path : `${path}?lang=en`), path);
});

test("a new version brings along each page that the old one held, if it is still one, and no others", async () => {
  const { dispatch, kept } = worker(undefined, new Map([["pages-1", HELD]]));
  await dispatch("install");
  assert.ok(kept().has("/trainings/post/a1"), "somebody works there");
  assert.ok(kept().has("/talk"));
  for (const path of ["/self-tests/djg6", "/trainings/post", "/trainings/gone/a1"]) assert.ok(!kept().has(path), path);
});

test("two trainings that are asked for at the same moment are both kept", async () => {
  const { dispatch, kept } = worker();
  const below = ["/trainings/post", "/trainings/post/a1"];
  await Promise.all(
    below.map((each) => dispatch("message", { data: { type: "keep-below", variant: "", below: each } })),
  );
  assert.ok(kept().has("/trainings/post") && kept().has("/trainings/post/a1"));
});

test("pages are kept in their order, so that the last one means all of them", async () => {
  const slow = (path) =>
    new Promise((resolve) => setTimeout(resolve, path.startsWith("/talk") ? 40 : 0, answer(`${path} /static/s2/`)));
  const { dispatch, kept } = worker(slow);
  await dispatch("message", { data: { type: "keep", variant: "" } });
  assert.deepEqual([...kept().keys()], CONFIG.pages);
});
