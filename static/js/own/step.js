// A step that keeps itself: every field goes to the queue when it changes, and from there to the server when it can.
// The same for the own page, whose form also works without this, and for its copy without a network.

import { readField, readReason, say, showFault, showState, touched, writeField } from "./fields.js";
import { keep, kept, openWork, sendWhenever } from "./work.js";

const SETTLED = 300; // into the queue on this device
const QUIET = 1500; // and on to the server
const root = document.getElementById("work");
const { module, step, after } = root.dataset;
const address = `${module}/${step}`;
const stuck = document.getElementById("stuck");
const bases = {};
const dirty = new Set();
let revision = Number(root.querySelector("[name=base]")?.value ?? 0);
let work = null;
let settling = 0;
let sending = 0;
let noted = Promise.resolve();
let areOffered = false;

export async function begin() {
  root.addEventListener("input", (event) => changed(event.target, SETTLED, QUIET));
  root.addEventListener("change", (event) => changed(event.target, 0, 0));
  for (const name of touched(root)) dirty.add(name); // somebody was faster than this script
  work = await openWork();
  if (!work) return false;
  // What the server knows, or what was kept of it; and over it what was typed since.
  if (root.tagName !== "FORM") await fillIn((await kept(work.store, module))[step] ?? {});
  show(await work.queue.typed(address));
  await remember();
  root.addEventListener("click", pressed);
  stuck.querySelector("[data-stuck]").addEventListener("click", () => finish("stuck", readReason(stuck)));
  stuck.querySelector("[data-back]").addEventListener("click", () => turn(false));
  addEventListener("pagehide", () => dirty.size && note());
  if (dirty.size) await save();
  const hasPhotos = (await work.store.all("photo")).length > 0;
  sendWhenever(work, heard).then(() => hasPhotos && photos());
  return true;
}

async function photos() {
  if (areOffered || !root.querySelector("[data-photo]")) return;
  areOffered = true;
  const { offerPhotos } = await import("./photo.js");
  offerPhotos(root, address, work, () => !dirty.size);
}

async function fillIn(known) {
  revision = known.revision ?? 0;
  show(known.values ?? {});
  showState(root, known.state ?? "todo");
}

function show(values) {
  for (const [name, value] of Object.entries(values)) if (!dirty.has(name)) writeField(root, name, value);
}

function changed({ name, type }, soon, later) {
  if (type === "file") photos(); // few choose a picture: the others do not fetch its script
  if (!name || type === "file") return;
  dirty.add(name);
  if (!work) return;
  clearTimeout(settling);
  clearTimeout(sending);
  settling = setTimeout(() => note(), soon);
  sending = setTimeout(save, later);
}

// Into the queue first: from then on nothing can be lost, whatever the network does. One after the other, so that whoever
// waits for this knows that all before it is there too.
function note(more = {}) {
  clearTimeout(settling);
  noted = noted.catch(() => {}).then(() => put(more));
  return noted;
}

async function put(more) {
  const names = [...dirty];
  if (!names.length && !more.state) return;
  const values = Object.fromEntries(names.map((name) => [name, [readField(root, name), bases[name] ?? revision]]));
  dirty.clear();
  const change = { values, ...more };
  // Logging out in another tab, or a browser that cleans up, takes the store away: once more with a new one.
  await work.queue.note(address, change).catch(async () => {
    work = await openWork();
    return work.queue.note(address, change);
  });
  if (more.state) showState(root, more.state);
  else if (root.dataset.state === "todo") showState(root, "doing");
  await remember();
}

async function save() {
  say(root, "saving");
  await note();
  heard(await work.sendAll());
}

function heard({ said, answers }) {
  const answer = answers[address];
  for (const name of answer?.sent ?? []) bases[name] = answer.revision;
  for (const [name, fault] of Object.entries(answer?.faults ?? {})) showFault(root, name, fault);
  if (dirty.size) return;
  if (answer?.others.length) say(root, "other");
  else say(root, said === "unsent" && !work.store.isKept ? "unsent-here" : said);
}

function pressed(event) {
  const verb = event.target.closest("button[name=go]")?.value;
  if (!verb) return; // choosing between two versions is the form's own business
  event.preventDefault();
  if (verb === "stuck") turn(true);
  else if (verb === "save") save();
  else finish({ done: "done", skip: "skipped", again: "doing" }[verb]);
}

/** Says how far one is. Goes on when the server knows, or when this device keeps it until then. */
async function finish(state, why) {
  say(root, "saving");
  clearTimeout(sending);
  await note({ state, stuck: why });
  const result = await work.sendAll();
  heard(result);
  const isSafe = result.said === "kept" || work.store.isKept;
  const isFaulty = Object.keys(result.answers[address]?.faults ?? {}).length > 0;
  if (isSafe && !isFaulty && state !== "doing") location.href = after;
  else turn(false);
}

function turn(isStuck) {
  root.hidden = isStuck;
  stuck.hidden = !isStuck;
  if (isStuck) stuck.querySelector("h2").focus();
}

async function remember() {
  const names = new Set(
    [...root.querySelectorAll("[data-exercises] [name]:not([type=file])")].map((each) => each.name),
  );
  const filled = [...names].map((name) => [name, readField(root, name)]).filter(([, value]) => value !== null);
  await keep(work.store, module, {
    [step]: { state: root.dataset.state, revision, values: Object.fromEntries(filled) },
  });
}

if (root.tagName === "FORM") begin();
