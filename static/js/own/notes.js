// What a list of trainings or steps says of work on this device: what waits, and pictures that cannot be sent.

import { pictures } from "./work.js";

/** Shows the notes that hold, of what `isMeant` by its name (training, step, and for a picture its exercise). */
export async function showNotes(work, isMeant = () => true) {
  const notes = { unsent: await work.waiting(), refused: (await pictures(work.store)).refused };
  for (const [name, found] of Object.entries(notes))
    for (const note of document.querySelectorAll(`[data-${name}]`)) note.hidden = !found.some(isMeant);
}

// Somebody on the way elsewhere, logging out for one, must not be brought back by loading this page again: not from then on,
// nor when that has begun and its answer is under way. A bookmark or the address bar is no tap on this page.
let isLeaving = false;
let isLoading = false;
for (const kind of ["click", "submit"])
  addEventListener(
    kind,
    ({ target }) => {
      isLeaving ||= Boolean(target.closest?.("a, button, form"));
      if (isLeaving && isLoading) stop();
    },
    true,
  );
addEventListener("beforeunload", () => (isLeaving = true));

/** Loads this page again, unless somebody is filling in anything on it, or is on the way elsewhere. */
export function loadAgain() {
  if (isLeaving || isFilledIn()) return;
  isLoading = true;
  location.reload();
}

const isFilledIn = () =>
  [...document.querySelectorAll("main :is(input, textarea):not([type=hidden])")].some(
    (each) => each.value !== each.defaultValue || Boolean(each.checked) !== Boolean(each.defaultChecked),
  );
