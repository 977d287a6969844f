// Somebody's work on this device: opens the store and the queue of whoever logged in, and sends what waits.

import { Locked, openQueue } from "./queue.js";
import { lock, openStore, ownerHere } from "./store.js";

const PATIENCE = 8000;
const KEPT = "kept";

/** Opens the work of this page's owner; without a network, of whoever worked here last. Null if there is nobody. */
export async function openWork() {
  const isCopy = document.documentElement.hasAttribute("data-variant");
  const owner = isCopy ? await ownerHere() : document.body.dataset.owner;
  if (typeof owner !== "string") return null;
  const store = await openStore(owner);
  const queue = openQueue(store, owner, send);
  const holdsMore = async () => (await queue.holdsMore()) || (await store.all("photo")).length > 0;
  const holdsDraft = async () => (await store.all("draft")).length > 0;
  return { owner, store, queue, sendAll: () => sendAll(queue), holdsMore, holdsDraft };
}

/** Sends everything that waits, one page at a time; resolves to {said, answers}: said is "kept", "unsent" or "locked". */
async function sendAll(queue) {
  const once = async () => {
    if (navigator.onLine === false) return { said: "unsent", answers: {} };
    try {
      return { said: "kept", answers: await queue.flush() };
    } catch (error) {
      if (!(error instanceof Locked)) return { said: "unsent", answers: {} };
      await lock();
      return { said: "locked", answers: {} };
    }
  };
  return navigator.locks ? navigator.locks.request("work-send", once) : once();
}

/** What the server knows of some steps, kept for when there is no network. */
export async function keep(store, module, steps) {
  const known = (await store.read(KEPT, module)) ?? {};
  await store.write(KEPT, module, { ...known, ...steps });
}

/** What was kept of a training: {step: {state, revision, values}}. */
export const kept = async (store, module) => (await store.read(KEPT, module)) ?? {};

async function send(step, change) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": await token(change.owner) };
  const signal = AbortSignal.timeout(PATIENCE);
  const body = JSON.stringify(change);
  const response = await fetch(`/my/trainings/${step}/work`, { method: "POST", headers, body, signal });
  return { status: response.status, body: await response.json().catch(() => null) };
}

/** Sends one picture of a step (`name`: training, step, exercise); resolves to whether the server has it. */
export async function sendPhoto(owner, name, id, picture) {
  const [module, step, exercise] = name.split("/");
  const form = new FormData();
  for (const [key, value] of Object.entries({ id, owner, picture })) form.set(key, value);
  const headers = { "X-CSRFToken": await token(owner) };
  const address = `/my/trainings/${module}/${step}/photo/${exercise}`;
  return (await fetch(address, { method: "POST", headers, body: form })).ok;
}

// A page of one's own brings a form token; its copy asks for one, and learns whose log-in this is before anything is sent.
async function token(owner) {
  const field = document.querySelector("[name=csrf_token]");
  if (field && document.body.dataset.owner === owner) return field.value;
  const response = await fetch("/my/device.json", { signal: AbortSignal.timeout(PATIENCE) });
  if (response.status === 401 || response.status === 403) throw new Locked();
  const found = await response.json();
  if (found.owner !== owner) throw new Locked();
  return found.token;
}

/** Sends again whenever there may be a network; calls `sent` with each result. */
export function sendWhenever(work, sent) {
  const again = async () => {
    if ((await work.queue.waiting()).length) sent(await work.sendAll());
  };
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  setInterval(again, 30_000);
  return again();
}
