// Keeps public pages for when there is no network. Deny by default: what is not named here goes past this worker.
// No navigation preload: Firefox 153 shows an error page offline with it.

// The server puts {version, static, core, pages, variants} here; `pages` are paths without query, "" is a variant too.
const config = "{{ config }}";

const PREFIX = "pages-";
const CACHE = PREFIX + config.version;
const STATIC = config.static[0].split("/").slice(0, 3).join("/");
const PATIENCE = 4000;
const AT_ONCE = 4;
const running = new Set();

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));
self.addEventListener("message", (event) => event.waitUntil(obey(event.data ?? {})));
self.addEventListener("fetch", (event) => {
  const url = new URL(event.request.url);
  if (event.request.method !== "GET" || url.origin !== self.location.origin) return;
  if (event.request.mode === "navigate") answerPage(event, url);
  else if (url.pathname.startsWith(`${STATIC}/`)) answerStatic(event, url.pathname);
  else if (/^\/(offer|self-tests\/[a-z0-9]+)\.json$/.test(url.pathname))
    answerFresh(event, url, () => Response.error());
});

async function install() {
  await Promise.all([...config.static, ...config.core].map((address) => bring(address)));
  // A newer version must not take pages away: not those of a training that somebody works on, nor a variant kept whole.
  await keep(await addressesKeptBefore());
}

async function activate() {
  await Promise.all((await ownCaches()).filter((name) => name !== CACHE).map((name) => caches.delete(name)));
  await self.clients.claim();
}

async function obey({ type, variant, below }) {
  if (type === "skip-waiting") await self.skipWaiting();
  if (type === "claim") await self.clients.claim();
  if (!config.variants.includes(variant)) return;
  const of = (paths) => paths.map((path) => addressOf(path, variant));
  if (type === "keep") await keep(of(config.pages));
  if (type === "keep-core") await keep(of(config.core));
  if (type === "keep-below") await keep(of([...config.core, ...pagesBelow(below)]));
}

const pagesBelow = (below) =>
  config.pages.filter((path) => path === "/trainings/" || `${path}/`.startsWith(`${below}/`));

function answerPage(event, url) {
  const standIn = url.pathname.match(/^\/my\/(?:trainings\/(.*))?$/);
  if (standIn) answerOwn(event, url, `/trainings/${standIn[1] ?? ""}`);
  if (!config.pages.includes(url.pathname) && !url.pathname.startsWith("/self-tests/")) return;
  // Whoever leaves in a hurry does not wait for a network.
  if (url.pathname === "/left") answerStatic(event, "/left");
  else answerFresh(event, url, () => offlinePage(variantOf(url)));
}

// An own page is never kept. Without a network, or when it takes long, the public page of the same training stands in, and
// a script fills it in.
function answerOwn(event, url, path) {
  const fresh = fetch(event.request);
  const copy = find(addressOf(path, variantOf(url)));
  const stand = async () => ((await copy) ? asOwn(await copy) : offlinePage(variantOf(url)));
  const waited = copy.then((kept) => kept && new Promise((resolve) => setTimeout(resolve, PATIENCE, kept)));
  event.respondWith(Promise.race([fresh, waited.then((kept) => (kept ? stand() : fresh))]).catch(stand));
}

// Its links lead to own pages from the first moment: a quick tap on one must not end where nothing is kept.
async function asOwn(copy) {
  const text = await copy.clone().text();
  const own = text.replace(/href="\/trainings\/(?=[a-z])(?![^"]*\/paper)/g, 'href="/my/trainings/');
  return new Response(own, { headers: copy.headers });
}

async function offlinePage(variant) {
  return (await find(addressOf("/offline", variant))) ?? (await find("/offline")) ?? Response.error();
}

function answerStatic(event, address) {
  event.respondWith(find(address).then((kept) => kept ?? fromNetwork(event, address)));
}

// The network first; a copy after a short wait, or when the server is down.
function answerFresh(event, url, otherwise) {
  const address = addressOf(url.pathname, variantOf(url));
  const fresh = fromNetwork(event, isKnown(url) ? address : null);
  event.respondWith(
    find(address).then((kept) => {
      if (!kept) return fresh.catch(otherwise);
      const sound = fresh.then((response) => (response.status < 500 ? response : kept));
      const waited = new Promise((resolve) => setTimeout(resolve, PATIENCE, kept));
      return Promise.race([sound, waited]).catch(() => kept);
    }),
  );
}

function fromNetwork(event, address) {
  const fresh = fetch(event.request);
  if (address) event.waitUntil(fresh.then((response) => put(address, response.clone())).catch(() => false));
  return fresh;
}

async function keep(addresses) {
  const name = addresses.join();
  if (running.has(name)) return;
  running.add(name);
  // Once more for what did not come: a network falters, a server is busy.
  for (const queue of [[...addresses], [...addresses]]) await keepThose(queue);
  running.delete(name);
}

async function keepThose(queue) {
  // Fetched a few at once, kept in their order: who finds the last page finds those before it that came.
  let before = Promise.resolve();
  const runner = async () => {
    for (let address = queue.shift(); address; address = queue.shift()) {
      if (await find(address)) continue;
      before = bring(address, before).catch(() => false);
      await before;
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, runner));
}

async function bring(address, turn) {
  // Without cookies: a copy can never be somebody's own page.
  const response = await fetch(new Request(address, { credentials: "omit" }));
  await turn;
  if (!(await put(address, response))) throw new Error(`not to be kept: ${address}`);
}

async function put(address, response) {
  if (!isStorable(response) || !(await isOfThisVersion(response))) return false;
  await (await caches.open(CACHE)).put(address, response);
  return true;
}

function isStorable(response) {
  const control = response.headers.get("Cache-Control") ?? "";
  if (!response.ok || response.type !== "basic" || response.redirected) return false;
  return (
    /\bpublic\b/.test(control) &&
    !/no-store|private/.test(control) &&
    !/cookie/i.test(response.headers.get("Vary") ?? "")
  );
}

// A page of a newer version asks for scripts and styles that this cache does not hold: it must wait for its own worker.
async function isOfThisVersion(response) {
  if (!response.headers.get("Content-Type")?.startsWith("text/html")) return true;
  return (await response.clone().text()).includes(`${STATIC}/`);
}

const find = async (address) => (await caches.open(CACHE)).match(address, { ignoreVary: true });
const ownCaches = async () => (await caches.keys()).filter((name) => name.startsWith(PREFIX));

// Every address that an older cache held and that still counts; of a variant kept whole (its last page comes with all the
// others only) also what is new.
async function addressesKeptBefore() {
  const names = (await ownCaches()).filter((name) => name !== CACHE);
  const requests = await Promise.all(names.map(async (name) => (await caches.open(name)).keys()));
  const held = new Set(requests.flat().map(({ url }) => new URL(url).pathname + new URL(url).search));
  return config.variants.flatMap((variant) => {
    const all = config.pages.map((path) => addressOf(path, variant));
    return held.has(all.at(-1)) ? all : all.filter((address) => held.has(address));
  });
}

const queryOf = (url) => url.search.slice(1);
const isKnown = (url) => config.variants.includes(queryOf(url));
const variantOf = (url) => (isKnown(url) ? queryOf(url) : "");

// The offer is the same for every variant.
function addressOf(path, variant) {
  return variant && path !== "/offer.json" ? `${path}?${variant}` : path;
}
