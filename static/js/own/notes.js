// What a list of trainings or steps says of work on this device: what waits, and pictures that cannot be sent.

import { pictures } from "./work.js";

/** Shows the notes that hold, of what `isMeant` by its name (training, step, and for a picture its exercise). */
export async function showNotes(work, isMeant = () => true) {
  const notes = { unsent: await work.waiting(), refused: (await pictures(work.store)).refused };
  for (const [name, found] of Object.entries(notes))
    for (const note of document.querySelectorAll(`[data-${name}]`)) note.hidden = !found.some(isMeant);
}

// A tap on its way somewhere, logging out for one, must not be undone by loading this page again.
let isPressed = false;
for (const kind of ["click", "submit"])
  addEventListener(kind, ({ target }) => (isPressed ||= Boolean(target.closest?.("a, button, form"))), true);

/** Whether nobody is filling in or pressing anything on this page: it may be loaded again. */
export const isQuiet = () =>
  !isPressed &&
  ![...document.querySelectorAll("main :is(input, textarea):not([type=hidden])")].some(
    (each) => each.value !== each.defaultValue || Boolean(each.checked) !== Boolean(each.defaultChecked),
  );
