// A step that keeps itself: every field goes to the queue when it changes, and from there to the server when it can.
// The same for the own page, whose form also works without this, and for its copy without a network.

import { knownOf, readField, say, showState, touched, writeField } from "./fields.js";
import { keep, keepPages, kept, openAgain, openWork, sendWhenever, states } from "./work.js";

// How long a change waits: for the queue on this device, to go on to the server, and for its answer before going on without.
const [SETTLED, QUIET, ENOUGH] = [300, 1500, 2500];
const root = document.getElementById("work");
const { module, step, after } = root.dataset;
const address = `${module}/${step}`;
const isOwn = root.tagName === "FORM";
const [bases, written, dirty] = [{}, {}, new Set()];
let [known, work] = [{}, null];
let [sheet, stuck, photos] = [null, null, null];
let [settling, sending, noted] = [0, 0, Promise.resolve()];

export async function begin() {
  root.addEventListener("input", (event) => changed(event.target, SETTLED, QUIET));
  root.addEventListener("change", (event) => changed(event.target, 0, 0));
  for (const name of touched(root)) dirty.add(name);
  work = await openWork();
  if (!work) return false;
  // What the server knows, or what was kept of it; and over it what was typed since.
  known = isOwn ? knownOf(root) : ((await kept(work.store, module))[step] ?? {});
  if (isOwn) await keep(work.store, module, { [step]: known }).catch(() => {});
  else fillIn();
  show(await work.queue.typed(address));
  showState(root, (await states(work, module))[step] ?? "todo");
  root.addEventListener("click", pressed);
  // While there is a network
  root.addEventListener("focusin", () => openSheet().catch(() => {}), { once: true });
  addEventListener("pagehide", () => dirty.size && note());
  if (dirty.size) await save();
  keepPages(work, module);
  if ((await work.store.all("photo")).length || root.querySelector("[type=file]")?.files.length) await offerPhotos();
  sendWhenever(work, heard);
  return true;
}

async function offerPhotos() {
  if (photos || !root.querySelector("[data-photo]")) return;
  photos = import("./photo.js").then(({ bindPhotos }) => bindPhotos(root, address, () => work, heard));
  await photos;
}

// Its script comes with the first touch of the page: most steps work out.
function openSheet() {
  const told = (...why) => finish("stuck", ...why);
  sheet ??= import("./stuck.js").then(({ bindStuck }) => bindStuck(root, address, () => work, known.stuck, told));
  return sheet.then((bound) => (stuck = bound));
}

function fillIn() {
  show(known.values ?? {});
  const [mine, shared] = ["private", "shared"].map((name) => root.querySelector(`[data-${name}]`));
  if (known.shared && mine) [mine.hidden, shared.hidden] = [true, false];
}

function show(values) {
  for (const [name, value] of Object.entries(values)) if (!dirty.has(name)) writeField(root, name, value);
}

function changed({ name, type, dataset }, soonest, later) {
  // Few choose a picture: the others do not fetch its script
  if (type === "file" && work) offerPhotos();
  if (!name || type === "file" || "photoUntil" in dataset || isAsWritten(name)) return;
  dirty.add(name);
  if (!work) return;
  clearTimeout(settling);
  clearTimeout(sending);
  settling = setTimeout(() => note(), soonest);
  sending = setTimeout(save, later);
}

// A field left as it was sent at the last pause did not change, and what is said of it stays under a finger on its way there.
const isAsWritten = (name) => !sending && !dirty.has(name) && written[name] === JSON.stringify(readField(root, name));

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
  const change = { values: {}, ...more, seen: known.seen };
  for (const name of names) change.values[name] = [readField(root, name), bases[name] ?? known.revision ?? 0];
  dirty.clear();
  await work.queue.note(address, change).catch(async () => {
    work = await openAgain(work);
    return work.queue.note(address, change);
  });
  for (const [name, [value]] of Object.entries(change.values)) written[name] = JSON.stringify(value);
  showState(root, more.state ?? (root.dataset.state === "todo" ? "doing" : root.dataset.state));
}

// A store that went away meanwhile, because another tab logged out, is opened again by what is typed next.
async function save() {
  sending = 0;
  say(root, "saving");
  await note()
    .then(() => work.sendFields())
    .then(heard, () => say(root, "unsent"));
}

function heard({ said, answers, gone }) {
  const answer = answers[address];
  for (const name of answer?.sent ?? []) bases[name] = answer.revision;
  for (const told of Object.entries(answer?.faults ?? {}))
    import("./faults.js").then(({ showFault }) => showFault(root, ...told));
  photos?.then((bound) => (gone.length && isOwn && isIdle() ? bound.loadAgain() : bound.show()));
  if (dirty.size) return;
  if (answer?.others.length) say(root, "other");
  else say(root, said !== "kept" && !work.store.isKept ? `${said}-here` : said);
}

const isIdle = () => !dirty.size && !stuck?.isOpen() && !document.activeElement?.matches("main :is(input, textarea)");

function pressed(event) {
  const verb = event.target.closest("button[name=go]")?.value;
  // Choosing between two versions is the form's own business
  if (!verb) return;
  event.preventDefault();
  if (verb === "stuck") openSheet().then(({ turn }) => turn(true));
  else if (verb === "save") save();
  else finish({ done: "done", skip: "skipped", again: "doing" }[verb]);
}

/** Says how far one is. Goes on when the server knows, or when this device keeps it until then. */
async function finish(state, why, isSafeNow = () => {}) {
  say(root, "saving");
  clearTimeout(sending);
  await note({ state, stuck: why });
  await isSafeNow();
  const sent = work.sendFields();
  const enough = new Promise((resolve) => setTimeout(resolve, ENOUGH));
  const result = await (work.store.isKept ? Promise.race([sent, enough]) : sent);
  if (result) heard(result);
  const isSafe = result?.said === "kept" || work.store.isKept;
  const isFaulty = Object.keys(result?.answers[address]?.faults ?? {}).length > 0;
  if (isSafe && !isFaulty && state !== "doing") location.href = after;
  else stuck?.turn(false);
}

if (isOwn) begin();
