// Surroundings for the worker's tests: caches, network and events, just enough of each. Real browsers come in the journeys.

import { readFileSync } from "node:fs";
import { runInNewContext } from "node:vm";

const ORIGIN = "https://a.example";
const SOURCE = readFileSync(new URL("sw.js", import.meta.url), "utf8");
export const CORE = ["/", "/offline", "/left", "/offer.json"];
export const CONFIG = {
  version: "2",
  static: ["/static/s2/css/style.css", "/static/s2/js/app.js"],
  core: CORE,
  pages: [...CORE, "/talk", "/trainings/", "/trainings/post", "/trainings/post/a1", "/self-tests/djg6"],
  variants: ["", "lang=en"],
};
const PUBLIC = {
  "Cache-Control": "public, max-age=0",
  Vary: "Accept-Encoding",
  "Content-Type": "text/html; charset=utf-8",
};

export function answer(body, { status = 200, headers = {}, type = "basic", redirected = false } = {}) {
  return dressed(new Response(body, { status, headers: { ...PUBLIC, ...headers } }), { type, redirected });
}

/** A response made here has neither; a browser keeps both on a clone. */
function dressed(response, fields) {
  for (const [name, value] of Object.entries(fields)) Object.defineProperty(response, name, { value });
  response.clone = () => dressed(Response.prototype.clone.call(response), fields);
  return response;
}

function fakeCaches(shelves) {
  const open = (name) => {
    if (!shelves.has(name)) shelves.set(name, new Map());
    const shelf = shelves.get(name);
    return {
      match: async (address) => (shelf.has(address) ? new Response(shelf.get(address)) : undefined),
      keys: async () => [...shelf.keys()].map((address) => ({ url: ORIGIN + address })),
      put: async (address, response) => shelf.set(address, await response.text()),
    };
  };
  return {
    open: async (name) => open(name),
    keys: async () => [...shelves.keys()],
    delete: async (name) => shelves.delete(name),
  };
}

/** `serve(path)` answers the network; it throws when there is none. */
export function worker(serve = (path) => answer(`${path} /static/s2/`), shelves = new Map()) {
  const listeners = {};
  const asked = [];
  const called = [];
  const self = {
    location: { origin: ORIGIN },
    addEventListener: (type, listener) => Object.assign(listeners, { [type]: listener }),
    skipWaiting: async () => called.push("skipWaiting"),
    clients: { claim: async () => called.push("claim") },
  };
  const fetch = async (request) => {
    const { pathname, search } = new URL(request.url);
    asked.push({ path: pathname + search, credentials: request.credentials });
    return serve(pathname + search);
  };
  class AnyRequest extends Request {
    constructor(address, options) {
      super(new URL(address, ORIGIN), options);
    }
  }
  const surroundings = {
    self,
    caches: fakeCaches(shelves),
    fetch,
    Request: AnyRequest,
    Response,
    URL,
    setTimeout: (act, _, value) => setTimeout(act, 20, value),
  };
  runInNewContext(SOURCE.replace('"{{ config }}"', JSON.stringify(CONFIG)), surroundings);
  const dispatch = async (type, event = {}) => {
    const pending = [];
    let response;
    listeners[type]({
      ...event,
      waitUntil: (promise) => pending.push(promise),
      respondWith: (promise) => (response = promise),
    });
    const found = await response;
    await Promise.all(pending);
    return found;
  };
  const visit = (path, { method = "GET", mode = "navigate", origin = ORIGIN } = {}) =>
    dispatch("fetch", { request: { url: origin + path, method, mode } });
  return { asked, called, shelves, dispatch, visit, kept: () => shelves.get("pages-2") ?? new Map() };
}

export const offline = () => {
  throw new TypeError("no network");
};
