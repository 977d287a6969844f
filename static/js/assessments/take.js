// One question per screen, over the form that the server wrote. Without a working session the plain form stays: it
// posts to the server, which scores and keeps nothing.

import { openStore, watchIdle } from "./store.js";

const byId = (id) => document.getElementById(id);
const form = byId("test");
const screens = [...form.querySelectorAll("fieldset.item")];
const progress = byId("progress");
const stones = byId("stones");
const controls = byId("controls");
const [back, next, stop] = ["back", "next", "stop"].map((name) => controls.querySelector(`[data-${name}]`));
const forgetters = [...document.querySelectorAll("[data-forget]")];
const nextWords = next.textContent;
const skipRules = JSON.parse(form.dataset.skip || "[]");
// Few tests have such rules: the others do not fetch this.
const { skippedItems } = skipRules.length ? await import("../skipping.js") : { skippedItems: () => new Set() };
const store = openStore(form.dataset.slug);
let index = 0;

// A form that came back from the server with faults stays whole: its list of faults points at questions.
if (store.works && !byId("errors")) begin();

function begin() {
  byId("finish").hidden = byId("travels").hidden = true;
  byId("stays").hidden = false;
  controls.hidden = false;
  for (const screen of screens) screen.querySelector("legend").tabIndex = -1;
  form.addEventListener("change", answered);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    forward();
  });
  next.addEventListener("click", forward);
  back.addEventListener("click", () => move(neighbour(-1)));
  stop.addEventListener("click", finish);
  for (const each of forgetters) each.addEventListener("click", removeNow);
  watchIdle(store, () => {
    startAfresh();
    byId("expired").hidden = false;
  });
  addEventListener("pageshow", (event) => event.persisted && restore());
  if (location.hash === "#again") store.forget(); // asked for from results that were kept
  if (location.hash) history.replaceState(null, "", location.pathname + location.search);
  if (store.expire()) byId("expired").hidden = false;
  restore();
}

function answers() {
  return Object.fromEntries([...form.querySelectorAll(".item input:checked")].map((each) => [each.name, each.value]));
}

function save() {
  store.write({ v: form.dataset.version, a: answers(), i: index });
}

// What a reload, a language switch or a sleep left behind. An answer that this version does not offer finds no radio.
function restore() {
  form.reset();
  const kept = store.read();
  for (const [name, value] of Object.entries(kept?.a ?? {})) {
    const radio = [...form.querySelectorAll(".item input")].find((each) => each.name === name && each.value === value);
    if (radio) radio.checked = true;
  }
  index = Math.min(Math.max(kept?.i | 0, 0), screens.length - 1);
  for (const screen of screens) showHelp(screen);
  show();
}

// CSS shows the help block where it knows :has(); the class is for browsers and styles that do not.
function showHelp(screen) {
  screen.classList.toggle("raised", Boolean(screen.querySelector(".helps:checked")));
}

function answered(event) {
  const screen = event.target.closest(".item");
  if (!screen) return; // the box below the questions
  showHelp(screen);
  for (const note of screen.querySelectorAll(".unanswered")) note.hidden = true;
  byId("expired").hidden = true;
  save();
  show();
}

/** The next screen in this direction that needs an answer; may lie outside the screens. */
function neighbour(direction) {
  const codes = Object.entries(answers()).map(([name, value]) => [name, Number(value)]);
  const skipped = skippedItems(skipRules, Object.fromEntries(codes.filter(([, code]) => Number.isInteger(code))));
  let at = index + direction;
  while (skipped.has(screens[at]?.id)) at += direction;
  return at;
}

function show() {
  const isLast = neighbour(1) >= screens.length;
  screens.forEach((screen, at) => {
    screen.hidden = at !== index;
    stones.children[at].classList.toggle("done", at <= index);
  });
  progress.textContent = progress.dataset.words.replace("{n}", index + 1).replace("{total}", screens.length);
  byId("before").hidden = index > 0;
  back.hidden = index === 0;
  next.textContent = isLast ? controls.dataset.finish : nextWords;
  const isEmpty = !form.querySelector(".item input:checked");
  stop.hidden = isLast || isEmpty;
  for (const each of forgetters) each.hidden = isEmpty;
}

// Nothing is compulsory: an open question is mentioned once, then left open.
function forward() {
  const note = screens[index].querySelector(".unanswered");
  if (note?.hidden && !screens[index].querySelector("input:checked")) {
    note.hidden = false;
    return;
  }
  const to = neighbour(1);
  if (to < screens.length) move(to);
  else finish();
}

function move(to) {
  index = Math.max(to, 0);
  save();
  show();
  focusScreen();
}

// The legend reads out the question, and with it how far one is.
function focusScreen() {
  const legend = screens[index].querySelector("legend");
  legend.setAttribute("aria-describedby", progress.id);
  legend.focus({ preventScroll: true });
  form.scrollIntoView(); // the instruction above the question is often half of it
}

function finish() {
  save();
  location.replace(form.dataset.outcome);
}

function startAfresh() {
  store.forget();
  for (const note of form.querySelectorAll(".unanswered")) note.hidden = true;
  restore();
}

function removeNow() {
  startAfresh();
  focusScreen();
}
