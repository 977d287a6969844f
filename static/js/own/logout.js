// Logging out: asks first when something is on this device only, and leaves nothing behind but what is somebody else's.

import { forget, othersWait } from "./forgetting.js";
import { pictures, within } from "./work.js";

const PATIENCE = 2500;
const PATIENCE_WITH_SERVER = 8000;

/** Logs out by the form that was sent; the first time it may ask instead. `work` is null where there is none. */
export async function logOut(form, work) {
  const [question, away] = ["ask", "away"].map((name) => form.querySelector(`[data-${name}]`));
  if (question.hidden && (await asks(work, question))) return tell(question);
  // First out, then emptied: whoever is still logged in must not lose what only this device has.
  const body = new FormData(form);
  const owner = work?.owner ?? "";
  const others = await soon(othersWait(owner));
  if (others) body.set("others", "1");
  const signal = within(PATIENCE_WITH_SERVER);
  const answer = await fetch(form.action, { method: "POST", body, signal }).catch(() => null);
  if (!answer || answer.status >= 500) return tell(away);
  if (!answer.ok) return location.reload(); // this page is of a log-in that is gone: the next one has a token that counts
  await soon(forget(owner));
  if (others) await soon(clear());
  location.replace(answer.url);
}

function tell(note) {
  note.hidden = false;
  note.focus();
}

/** Shows what would be lost, and resolves to whether anything would. */
async function asks(work, question) {
  if (!work) return false;
  await soon(work.sendAll());
  const held = (await soon(onlyHere(work))) ?? {};
  for (const each of question.querySelectorAll("[data-held]")) each.hidden = !held[each.dataset.held];
  return Object.values(held).some(Boolean);
}

async function onlyHere({ store, queue, waiting }) {
  const isWaiting = (await waiting()).length > 0;
  return {
    unsent: isWaiting,
    unread: !isWaiting && (await queue.holdsMore()),
    picture: (await pictures(store)).mine.length > 0,
    reason: (await store.all("reason")).some(([, { words }]) => words),
    draft: (await store.all("draft")).length > 0,
  };
}

// Whoever wants to leave does not wait for another tab that sends, nor for a store that says nothing or that went away
// (another tab logged out: then it holds nothing that could be lost). Resolves to null in all of these.
function soon(promise) {
  return Promise.race([promise, new Promise((resolve) => setTimeout(resolve, PATIENCE, null))]).catch(() => null);
}

// The server leaves the stores alone where somebody else's work waits: what else would be a trace goes here.
async function clear() {
  sessionStorage.clear();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? []) await each.unregister();
}
