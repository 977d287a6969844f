// Logging out: asks first when something is on this device only, and leaves nothing behind but what is somebody else's.

import { forget, othersWait } from "./forgetting.js";
import { pictures } from "./work.js";

const PATIENCE = 2500;

/** Logs out by the form that was sent; the first time it may ask instead. `work` is null where there is none. */
export async function logOut(form, work) {
  const [question, away] = ["ask", "away"].map((name) => form.querySelector(`[data-${name}]`));
  if (question.hidden && (await asks(work, question))) return tell(question);
  // First out, then emptied: whoever is still logged in must not lose what only this device has.
  const body = new FormData(form);
  const owner = work?.owner ?? "";
  const others = await othersWait(owner).catch(() => false);
  if (others) body.set("others", "1");
  const answer = await fetch(form.action, { method: "POST", body }).catch(() => null);
  if (!answer || answer.status >= 500) return tell(away);
  if (!answer.ok) return location.reload(); // this page is of a log-in that is gone: the next one has a token that counts
  await forget(owner);
  if (others) await clear();
  location.replace(answer.url);
}

function tell(note) {
  note.hidden = false;
  note.focus();
}

/** Shows what would be lost, and resolves to whether anything would. */
async function asks(work, question) {
  if (!work) return false;
  // Another tab may be sending for a while: whoever wants to leave does not wait for that.
  await Promise.race([work.sendAll(), new Promise((resolve) => setTimeout(resolve, PATIENCE))]).catch(() => {});
  const waiting = (await work.waiting()).length > 0;
  const found = {
    unsent: waiting,
    unread: !waiting && (await work.queue.holdsMore()),
    picture: (await pictures(work.store)).mine.length > 0,
    reason: (await work.store.all("reason")).some(([, { words }]) => words),
    draft: (await work.store.all("draft")).length > 0,
  };
  for (const each of question.querySelectorAll("[data-held]")) each.hidden = !found[each.dataset.held];
  return Object.values(found).some(Boolean);
}

// The server leaves the stores alone where somebody else's work waits: what else would be a trace goes here.
async function clear() {
  sessionStorage.clear();
  for (const name of (await globalThis.caches?.keys()) ?? []) await caches.delete(name);
  for (const each of (await navigator.serviceWorker?.getRegistrations()) ?? []) await each.unregister();
}
