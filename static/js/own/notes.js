// What a list of trainings or steps says of work on this device: what waits, and pictures that cannot be sent.

import { pictures } from "./work.js";

/** Shows the notes that hold, of what `isMeant` by its name (training, step, and for a picture its exercise). */
export async function showNotes(work, isMeant = () => true) {
  const notes = { unsent: await work.waiting(), refused: (await pictures(work.store)).refused };
  for (const [name, found] of Object.entries(notes))
    for (const note of document.querySelectorAll(`[data-${name}]`)) note.hidden = !found.some(isMeant);
}

// A tap on its way somewhere, logging out for one, must not be undone by loading this page again: not from then on, nor
// when that has begun and its answer is under way.
let isPressed = false;
let isLoading = false;
for (const kind of ["click", "submit"])
  addEventListener(
    kind,
    ({ target }) => {
      isPressed ||= Boolean(target.closest?.("a, button, form"));
      if (isPressed && isLoading) stop();
    },
    true,
  );

/** Loads this page again, unless somebody is filling in or pressing anything on it. */
export function loadAgain() {
  if (isPressed || isFilledIn()) return;
  isLoading = true;
  location.reload();
}

const isFilledIn = () =>
  [...document.querySelectorAll("main :is(input, textarea):not([type=hidden])")].some(
    (each) => each.value !== each.defaultValue || Boolean(each.checked) !== Boolean(each.defaultChecked),
  );
