// Passkeys: adding one, and logging in with one. The server says what to ask; the browser asks, signs, and we send it on.

const place = document.querySelector("[data-passkey]");
const fault = place?.querySelector("[data-fault]");
const address = place?.dataset.passkey;

// A passkey belongs to a name: at a bare address (a demonstration on 127.0.0.1, say) no browser makes one.
const isNamed = !/^[\d.]+$|:/.test(location.hostname);

if (place && isNamed && window.PublicKeyCredential && navigator.credentials) {
  place.hidden = false;
  for (const each of document.querySelectorAll("[data-no-passkey]")) each.hidden = true;
  const button = place.querySelector("button");
  button.addEventListener("click", async () => {
    if (button.getAttribute("aria-disabled") === "true") return;
    // Not `disabled`: whoever pressed it with a keyboard would lose their place.
    button.setAttribute("aria-disabled", "true");
    fault.hidden = true;
    try {
      await begin();
    } catch (error) {
      show(error.name === "InvalidStateError" ? "known" : "stopped");
    }
    button.removeAttribute("aria-disabled");
  });
}

async function begin() {
  const options = await ask(`${address}/options`, {});
  if (!options) return;
  const isAdding = "rp" in options;
  const credential = isAdding ? await create(options) : await get(options);
  const shared = Boolean(document.querySelector("input[name=shared]")?.checked);
  const answer = await ask(address, { credential, shared });
  if (answer) location.assign(answer.next);
}

async function create(options) {
  const parse = PublicKeyCredential.parseCreationOptionsFromJSON;
  const publicKey = parse ? parse.call(PublicKeyCredential, options) : (await oldWay()).readCreation(options);
  return asJson(await navigator.credentials.create({ publicKey }));
}

async function get(options) {
  const parse = PublicKeyCredential.parseRequestOptionsFromJSON;
  const publicKey = parse ? parse.call(PublicKeyCredential, options) : (await oldWay()).readRequest(options);
  return asJson(await navigator.credentials.get({ publicKey }));
}

async function asJson(credential) {
  return credential.toJSON ? credential.toJSON() : (await oldWay()).write(credential);
}

// Browsers of before 2024 cannot read and write the JSON themselves.
function oldWay() {
  return import("./passkey-json.js");
}

// Returns what the server answers; null when it is said on the page, or another page is on its way.
async function ask(path, body) {
  const headers = { "Content-Type": "application/json", "X-CSRFToken": place.dataset.token };
  const response = await fetch(path + location.search, { method: "POST", headers, body: JSON.stringify(body) });
  if (response.ok) return response.json();
  // The session ended meanwhile, or the log-in is not fresh enough: the server has a page for both.
  if (response.status === 401) location.assign(`/login${location.search}`);
  else if (response.status === 403) location.assign((await response.json()).next);
  else show(response.status === 429 ? "wait" : "refused");
  return null;
}

function show(kind) {
  fault.textContent = fault.dataset[kind];
  fault.hidden = false;
  fault.focus();
}
