// What somebody types in a diary stays on this device, sealed, until the server has it: a page that is left, a log-in that
// ended, a phone that rang. On a device that is shared nothing is kept.

import { openStore } from "./store.js";

const KIND = "draft";
const SETTLED = 300;

begin(document.querySelector("form[data-draft]"), document.body.dataset.owner);

async function begin(form, owner) {
  if (typeof owner !== "string") return;
  const store = await openStore(owner);
  await forgetWhatIsKept(store);
  if (form && store.isKept) await keep(form, store);
  const removing = document.querySelector("form[data-removes]");
  removing?.addEventListener("submit", () => store.remove(KIND, removing.dataset.removes));
}

// The page shows what the server has: a draft of that, or of a version before it, is done with.
async function forgetWhatIsKept(store) {
  for (const [name, draft] of await store.all(KIND)) {
    const entry = document.querySelector(`[data-entry="${draft.id || name}"]`);
    if (entry && Number(entry.dataset.revision) > draft.base) await store.remove(KIND, name);
  }
}

async function keep(form, store) {
  const name = form.dataset.draft;
  const { text, mood, id, base } = form.elements;
  const drop = form.querySelector("[data-draft-drop]");
  const say = (what) => {
    for (const each of form.querySelectorAll("[data-draft-says]")) each.hidden = each.dataset.draftSays !== what;
    drop.hidden = !what;
  };
  const read = () => ({ text: text.value, mood: mood.value, id: id?.value ?? "", base: Number(base?.value ?? 0) });
  const asWritten = read();
  let settling = 0;

  // What stands there after an error was typed later than what was kept.
  const draft = form.querySelector("[aria-invalid]") ? null : await store.read(KIND, name);
  if (draft && text.value === text.defaultValue) {
    text.value = draft.text;
    mood.value = draft.mood;
    if (id) id.value = draft.id; // so that what went through after all is not there twice
    form.closest("details")?.setAttribute("open", "");
    say("back");
  }

  const note = async () => {
    clearTimeout(settling);
    const now = read();
    const isEmpty = now.text === asWritten.text && now.mood === asWritten.mood;
    await (isEmpty ? store.remove(KIND, name) : store.write(KIND, name, now));
    say(isEmpty ? "" : "kept");
  };
  form.addEventListener("input", () => {
    clearTimeout(settling);
    settling = setTimeout(note, SETTLED);
  });
  addEventListener("pagehide", () => settling && note());
  drop.addEventListener("click", async () => {
    text.value = asWritten.text;
    mood.value = asWritten.mood;
    await note();
    text.focus();
  });
}
