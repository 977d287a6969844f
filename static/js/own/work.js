// Somebody's work on this device: opens the store and the queue of whoever logged in, and sends what waits.

import { Locked, openQueue } from "./queue.js";
import { lock, openStore, ownerHere } from "./store.js";

const PATIENCE = 8000;
const KEPT = "kept";

/** Opens the work of this page's owner; without a network, of whoever worked here last. Null if there is nobody. */
export async function openWork() {
  const isCopy = document.documentElement.hasAttribute("data-variant");
  const owner = isCopy ? await ownerHere() : document.body.dataset.owner;
  return typeof owner === "string" ? workOf(owner, await openStore(owner)) : null;
}

/** The store went away: another tab logged out, or the browser cleaned up. It comes back for who is still logged in only. */
export async function openAgain({ owner }) {
  const here = await whoIsHere().catch(() => ({}));
  return workOf(owner, await openStore(here.owner === owner ? owner : ""));
}

function workOf(owner, store) {
  const queue = openQueue(store, owner, send);
  const waiting = async () => [...(await queue.waiting()), ...(await pictures(store)).waiting];
  const sendFields = () => oneAtATime("work-send", () => sendQueue(store, queue));
  const sendAll = async () => {
    const fields = await sendFields();
    if (fields.said === "locked" || !(await pictures(store)).waiting.length) return fields;
    const { gone, trouble } = await oneAtATime("work-photo", async () => {
      // Few send pictures
      const { pictureSender, sendPictures } = await import("./sending.js");
      return sendPictures(store, pictureSender(owner, post));
    });
    return { ...fields, gone, said: trouble ? await saidOf(trouble) : fields.said };
  };
  return { owner, store, queue, waiting, sendFields, sendAll };
}

// Of all pages one sends. Pictures take long: fields do not wait for them.
const oneAtATime = (name, act) => (navigator.locks ? navigator.locks.request(name, act) : act());

/** Sends the fields that wait; resolves to {said, answers, gone}: said is "kept", "unsent" or "locked". */
async function sendQueue(store, queue) {
  if (navigator.onLine === false) return { said: "unsent", answers: {}, gone: [] };
  const { answers, trouble } = await queue.flush((step, answer) => keepAnswer(store, step, answer));
  return { said: trouble ? await saidOf(trouble) : "kept", answers, gone: [] };
}

async function saidOf(trouble) {
  if (!(trouble instanceof Locked)) return "unsent";
  await lock();
  return "locked";
}

/** The names of the pictures that wait, and of those that were refused. */
export async function pictures(store) {
  const all = await store.all("photo");
  const named = (of) => all.filter(([, box]) => of(box)).map(([name]) => name);
  return {
    waiting: named(({ isWanted }) => isWanted),
    refused: named(({ refused }) => refused),
    mine: named(({ isWanted }) => !isWanted),
  };
}

/** What the server knows of some steps, kept for when there is no network. What is older than what is kept stays out. */
export async function keep(store, module, steps) {
  const known = await kept(store, module);
  const newer = Object.entries(steps).filter(([step, { revision }]) => revision >= (known[step]?.revision ?? 0));
  const fresh = newer.map(([step, told]) => [step, { ...known[step], ...told }]);
  await store.write(KEPT, module, { ...known, ...Object.fromEntries(fresh) });
}

// One's own change is known from now on: typing on upon it is no conflict.
function keepAnswer(store, address, { faults, ...told }) {
  const [module, step] = address.split("/");
  return keep(store, module, { [step]: told });
}

/** What was kept of a training: {step: {state, revision, values, others, stuck, seen, shared}}. */
export const kept = async (store, module) => (await store.read(KEPT, module)) ?? {};

/** How far one is with each step of a training, by what the server knows and what was said since. */
export async function states({ store, queue }, module) {
  const known = await kept(store, module);
  const found = Object.fromEntries(Object.entries(known).map(([step, { state }]) => [step, state]));
  for (const [address, { state }] of Object.entries(await queue.said())) {
    const [of, step] = address.split("/");
    const before = found[step] ?? "todo";
    if (of === module) found[step] = state ?? (before === "todo" ? "doing" : before);
  }
  return found;
}

/** Has the pages of trainings kept: they are public, and the worker fetches them without knowing who asks. */
export async function keepPages({ store }, ...modules) {
  // On a shared device they would only be a trace
  if (!store.isKept || !modules.length) return;
  const variant = new URLSearchParams(location.search).get("lang") ? `lang=${document.documentElement.lang}` : "";
  const worker = await navigator.serviceWorker?.ready;
  for (const module of modules)
    worker?.active?.postMessage({ type: "keep-below", variant, below: `/trainings/${module}` });
}

async function send(step, change) {
  const headers = { "Content-Type": "application/json" };
  return post(change.owner, `/my/trainings/${step}/work`, { headers, body: JSON.stringify(change) });
}

async function post(owner, address, { headers = {}, body }, patience = PATIENCE) {
  const all = { ...headers, "X-CSRFToken": await token(owner) };
  const response = await fetch(address, { method: "POST", headers: all, body, signal: within(patience) });
  return { status: response.status, body: await response.json().catch(() => null) };
}

// A page of one's own brings a form token; its copy asks for one, and learns whose log-in this is before anything is sent.
async function token(owner) {
  const field = document.querySelector("[name=csrf_token]");
  if (field && document.body.dataset.owner === owner) return field.value;
  const found = await whoIsHere();
  if (found.owner !== owner) throw new Locked();
  return found.token;
}

async function whoIsHere() {
  const response = await fetch("/my/device.json", { signal: within(PATIENCE) });
  if (response.status === 401 || response.status === 403) throw new Locked();
  return response.json();
}

/** Sends again whenever there may be a network; calls `sent` with each result. A store that went away has nothing to send. */
export function sendWhenever(work, sent) {
  const sendWaiting = async () => ((await work.waiting()).length ? work.sendAll() : null);
  const again = async () => {
    const found = await sendWaiting().catch(() => null);
    if (found) sent(found);
  };
  addEventListener("online", again);
  document.addEventListener("visibilitychange", () => document.visibilityState === "visible" && again());
  setInterval(again, 30_000);
  return again();
}

/** A signal that gives up after `milliseconds`; Safari before 16 has no AbortSignal.timeout. */
export function within(milliseconds) {
  const controller = new AbortController();
  setTimeout(() => controller.abort(), milliseconds);
  return controller.signal;
}
