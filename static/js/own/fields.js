// The fields of a step, read and written, and what the page says of them. A value is a text, a list for a checklist, and
// null for what is empty.

const every = (root) => [...root.querySelectorAll("[data-exercises] [name]:not([type=file])")];
const all = (root, name) => every(root).filter((each) => each.name === name);
const isChoice = ({ type }) => type === "checkbox" || type === "radio";

export function readField(root, name) {
  const fields = all(root, name);
  if (!fields.length) return null;
  if (!isChoice(fields[0])) return fields[0].value.trim() || null;
  const chosen = fields.filter((each) => each.checked).map((each) => each.value);
  if (!chosen.length) return null;
  return fields[0].closest("[data-list]") ? chosen : chosen[0];
}

export function writeField(root, name, value) {
  const chosen = [value].flat();
  for (const each of all(root, name)) {
    if (isChoice(each)) each.checked = chosen.includes(each.value);
    else each.value = value ?? "";
  }
  for (const each of all(root, name)) each.closest("details")?.setAttribute("open", "");
}

/** The names of fields that are not as the server wrote them. */
export function touched(root) {
  return every(root)
    .filter((each) => (isChoice(each) ? each.checked !== each.defaultChecked : each.value !== each.defaultValue))
    .map((each) => each.name);
}

/** Says at the field itself what is wrong with it; the words come from the server. */
export function showFault(root, name, words) {
  const [field] = all(root, name);
  const place = field?.closest("p, label, fieldset, .exercise");
  if (!place) return;
  const id = `${name}-fault`;
  const told = document.getElementById(id) ?? document.createElement("p");
  Object.assign(told, { id, className: "fault", textContent: words });
  told.setAttribute("role", "alert");
  place.before(told);
  field.setAttribute("aria-describedby", id);
  field.setAttribute("aria-invalid", "true");
  const mended = () => {
    told.remove();
    field.removeAttribute("aria-invalid");
  };
  field.addEventListener("input", mended, { once: true });
}

/** How far one is: which buttons stand there. */
export function showState(root, state) {
  root.dataset.state = state;
  const isFinished = state === "done" || state === "skipped";
  for (const each of root.querySelectorAll("[data-while]"))
    each.hidden = (each.dataset.while === "finished") !== isFinished;
}

/** What became of what was typed. */
export function say(root, what) {
  for (const each of root.querySelectorAll("[data-say]")) each.hidden = each.dataset.say !== what;
}

/** Why it does not work out yet: a reason, and words. */
export function readReason(stuck) {
  const chosen = stuck.querySelector("input:checked")?.value ?? "other";
  return { reason: chosen, words: stuck.querySelector("textarea").value.trim() };
}
