// Entry on every page: offline copies, newer versions, small extras. No page needs it to be read.

const page = document.body.dataset.page;
const variant = document.documentElement.dataset.variant ?? "";

if ("serviceWorker" in navigator) {
  if (document.readyState === "complete") startWorker();
  else addEventListener("load", startWorker);
}

if (document.querySelector("[data-open]")) {
  Promise.all([import("./opening.js"), import("./guidance.js")]).then(async ([{ showOpening }, { readOffer }]) => {
    const offer = await readOffer();
    if (offer) showOpening(offer);
  });
}

// The worker gave a public page in place of an own one, for want of a network.
if (location.pathname.startsWith("/my/") && document.documentElement.hasAttribute("data-variant"))
  import("./own/shell.js");

// Reading aloud lives in the menu: its script comes with the first look inside.
const reader = document.getElementById("read-aloud");
const menu = reader?.closest("details");
menu?.addEventListener("toggle", () => import("./read-aloud.js").then(({ offerReading }) => offerReading(reader)), {
  once: true,
});

async function startWorker() {
  try {
    const registration = await navigator.serviceWorker.register(workerAddress(), { updateViaCache: "none" });
    watchForUpdate(registration);
    const { active } = await navigator.serviceWorker.ready;
    // A page that was on its way while the worker began is nobody's, until the worker takes it over.
    if (!navigator.serviceWorker.controller) active.postMessage({ type: "claim" });
    keepPages(active);
  } catch {
    // Blocked or unreachable: the pages work from the network.
  }
}

// Registering is a script sink: under Trusted Types it takes a policy (named in the security headers), not a text.
function workerAddress() {
  const address = "/sw.js";
  if (!self.trustedTypes) return address;
  return trustedTypes.createPolicy("sw", { createScriptURL: () => address }).createScriptURL(address);
}

// The organisation's pages go along as soon as somebody looks around or begins a test: its outcome must not need a network.
function keepPages(worker) {
  if (/^(catalogue|test|outcome)$/.test(page)) worker.postMessage({ type: "keep", variant });
  else if (variant) worker.postMessage({ type: "keep-core", variant });
}

// A new version waits until the person asks: a page never reloads by itself, least of all in the middle of a test.
function watchForUpdate(registration) {
  const banner = document.getElementById("update");
  const { serviceWorker } = navigator;
  if (!banner) return;
  const offer = () => {
    if (registration.waiting && serviceWorker.controller) banner.hidden = false;
  };
  offer();
  registration.addEventListener("updatefound", () => registration.installing?.addEventListener("statechange", offer));
  banner.querySelector("button").addEventListener("click", () => {
    serviceWorker.addEventListener("controllerchange", () => location.reload(), { once: true });
    if (registration.waiting) registration.waiting.postMessage({ type: "skip-waiting" });
    else location.reload();
  });
}
