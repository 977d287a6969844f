// The fields of a step, read and written, and what the page says of them. A value is a text, a list for a checklist, and
// null for what is empty.

const every = (root) => [...root.querySelectorAll("[data-exercises] [name]:not([type=file], [data-photo-until])")];
/** The fields of one name: several for a list or a choice. */
export const all = (root, name) => every(root).filter((each) => each.name === name);
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

/** What the server knows of a step, by what it wrote into its page. */
export function knownOf(root) {
  const [base, seen] = ["base", "seen"].map((name) => root.querySelector(`[name=${name}]`).value);
  const sheet = document.getElementById("stuck");
  const [chosen, words] = [sheet.querySelector("input[checked]"), sheet.querySelector("textarea").defaultValue];
  const said = chosen || words ? { reason: chosen?.value ?? "other", words } : null;
  const told = { state: root.dataset.state, revision: Number(base), values: writtenFields(root), seen: seen || null };
  return { ...told, stuck: said, shared: "isShared" in root.dataset };
}

function writtenFields(root) {
  const names = [...new Set(every(root).map((each) => each.name))];
  const written = names.map((name) => {
    const fields = all(root, name);
    if (!isChoice(fields[0])) return [name, fields[0].defaultValue || null];
    const chosen = fields.filter((each) => each.defaultChecked).map((each) => each.value);
    return [name, fields[0].closest("[data-list]") ? chosen : (chosen[0] ?? null)];
  });
  return Object.fromEntries(written.filter(([, value]) => value?.length));
}
