// A training's list of steps: keeps the training on the device, sends what waits, and shows what is not sent yet.

import { keep, kept, openWork, sendWhenever } from "./work.js";

const root = document.querySelector("[data-module]");
const { module } = root.dataset;

export async function begin() {
  const work = await openWork();
  if (!work) return null;
  const written = document.getElementById("kept");
  if (written) {
    await keep(work.store, module, JSON.parse(written.textContent));
    keepPages();
  }
  await showSteps(work);
  // The states on this page are older than what was just sent: it shows them again.
  sendWhenever(work, async ({ answers }) => {
    await showSteps(work);
    if (written && Object.values(answers).length) location.reload();
  });
  return work;
}

async function showSteps(work) {
  const waiting = await work.queue.waiting();
  const known = await kept(work.store, module);
  for (const each of document.querySelectorAll("li[data-step]"))
    showState(each, known[each.dataset.step]?.state ?? "todo");
  for (const note of root.querySelectorAll("[data-unsent]")) {
    note.hidden = !waiting.some((step) => step.startsWith(`${module}/`));
  }
}

function showState(item, state) {
  const words = document.querySelector(`#state-words [data-state="${state}"]`).textContent;
  const shown = item.querySelector(".state") ?? item.appendChild(document.createElement("span"));
  shown.className = `state ${state}`;
  shown.textContent = words;
}

// The pages themselves are public: the worker fetches and keeps them without knowing who asks.
async function keepPages() {
  const variant = new URLSearchParams(location.search).get("lang") ? `lang=${document.documentElement.lang}` : "";
  const worker = await navigator.serviceWorker?.ready;
  worker?.active?.postMessage({ type: "keep-below", variant, below: `/trainings/${module}` });
}

if (document.getElementById("kept")) begin();
