// Scores the answers of this tab on the device and shows the passages that apply. Nothing is sent.

import { arrange, isYoung, nextSteps, readOffer } from "../guidance.js";
import { score } from "../scoring.js";
import { passages, place, readKept, written } from "./passages.js";
import { openStore, watchIdle } from "./store.js";

const page = document.getElementById("outcome");
const empty = document.querySelector("[data-empty]");
const spec = JSON.parse(document.getElementById("spec").textContent);
const store = openStore(spec.slug);

store.expire();
const { answers, context, isEmpty } = readKept(spec, store.read()?.a ?? {});
if (!isEmpty) begin();

function begin() {
  const outcome = score(spec, answers, context);
  showPassages(passages(spec, outcome));
  for (const element of page.querySelectorAll("[data-scale]")) {
    fillScale(element, outcome.scales[element.dataset.scale], spec.scoring.scales[element.dataset.scale]);
  }
  const day = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "long" }).format(new Date());
  for (const each of page.querySelectorAll("[data-today]")) {
    each.textContent = each.dataset.today.replace("{date}", day);
  }
  offerKeeping();
  empty.hidden = true;
  page.hidden = false;
  store.touch();
  watchIdle(store, clear);
  listen();
  orderSteps(outcome.level);
}

function showPassages(keys) {
  for (const each of page.querySelectorAll("[data-when]")) {
    each.hidden = !keys.has(each.dataset.when);
  }
}

function fillScale(element, { score: number, band, prorated }, { decimals = 0 }) {
  const shownBand = spec.bands_shown === false ? null : band;
  element.dataset.score = number ?? "";
  element.dataset.band = shownBand ?? "";
  for (const each of element.querySelectorAll("[data-band-row]")) {
    if (each.dataset.bandRow === shownBand) each.setAttribute("aria-current", "true");
  }
  for (const each of element.querySelectorAll("[data-band-stretch]")) {
    each.classList.toggle("here", each.dataset.bandStretch === shownBand);
  }
  for (const each of element.querySelectorAll("[data-prorated]")) each.hidden = !prorated;
  if (number === null) return;
  const text = written(number, decimals, document.documentElement.lang);
  for (const each of element.querySelectorAll('[data-fill="score"]')) each.textContent = text;
  for (const line of element.querySelectorAll("svg.scale")) {
    line.querySelector(".marker")?.setAttribute("transform", `translate(${place(number, line.dataset)} 0)`);
  }
}

async function orderSteps(level) {
  const offer = await readOffer();
  const steps = document.getElementById("steps");
  if (steps) arrange(steps, nextSteps(offer, page.dataset.theme, level, isYoung()));
}

// Nothing is sent by this: only its owner's tap on the button sends it.
function offerKeeping() {
  page.querySelector("[data-keep] [name=answers]").value = new URLSearchParams(store.read()?.a ?? {});
}

function listen() {
  addEventListener("beforeprint", () => {
    for (const each of page.querySelectorAll("details")) each.open = true; // on paper nobody can open them
  });
  for (const each of page.querySelectorAll("[data-forget]")) {
    each.addEventListener("click", () => {
      store.forget();
      clear();
    });
  }
  for (const each of page.querySelectorAll("[data-print]")) {
    each.hidden = false;
    each.addEventListener("click", () => print());
  }
}

// Taken out and not only hidden: what was shown must not linger in the page.
function clear() {
  page.remove();
  empty.hidden = false;
  const heading = empty.querySelector("h2");
  if (!heading) return;
  heading.tabIndex = -1;
  heading.focus();
}
