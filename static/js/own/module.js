// A training's list of steps: keeps the training on the device, sends what waits, and shows what is not sent yet.

import { loadAgain, showNotes } from "./notes.js";
import { keep, keepPages, openWork, sendWhenever, states } from "./work.js";

const root = document.querySelector("[data-module]");
const { module } = root.dataset;

export async function begin() {
  const work = await openWork();
  if (!work) return null;
  const written = document.getElementById("kept");
  if (written) {
    await keep(work.store, module, JSON.parse(written.textContent)).catch(() => {}); // the server has it
    keepPages(work, module);
  }
  await showSteps(work);
  // The states on this page are older than what was just sent: it shows them again, and with a network it is the own page.
  sendWhenever(work, async ({ said, answers, gone }) => {
    await showSteps(work);
    if (said === "kept" || Object.keys(answers).length || gone.length) loadAgain();
  });
  return work;
}

async function showSteps(work) {
  const now = await states(work, module);
  for (const each of document.querySelectorAll(".steps > li[data-step]")) {
    showState(each, now[each.dataset.step] ?? "todo"); // not on ways to talk, which are steps of another kind
  }
  await showNotes(work, (name) => name.startsWith(`${module}/`));
}

function showState(item, state) {
  const words = document.querySelector(`#state-words [data-state="${state}"]`).textContent;
  const shown = item.querySelector(".state:not(.others)") ?? document.createElement("span");
  if (!shown.isConnected) item.append(" ", shown);
  shown.className = `state ${state}`;
  shown.textContent = words;
}

if (document.getElementById("kept")) begin();
