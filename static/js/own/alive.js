// Whoever fills in a long form is there: every few minutes of typing are a sign of life, so that the log-in does not end in
// the middle of a talk. Before it ends because nothing happens, the page says so, and a tap goes on.

const EVERY = 5 * 60 * 1000;
const note = document.querySelector("#idle");
let last = Date.now();
let warning;

async function live() {
  last = Date.now();
  const answer = await fetch("/my/alive").catch(() => null);
  if (answer?.ok) watch();
  else if (answer) tell("late");
}

function watch() {
  if (!note) return;
  note.hidden = true;
  clearTimeout(warning);
  warning = setTimeout(() => tell("soon"), note.dataset.after * 1000);
}

function tell(name) {
  if (!note) return;
  for (const each of ["soon", "late"]) note.querySelector(`[data-${each}]`).hidden = each !== name;
  note.querySelector("button").hidden = name === "late";
  note.hidden = false;
}

document.addEventListener("input", () => {
  if (Date.now() - last >= EVERY) live();
});
note?.querySelector("button").addEventListener("click", live);
watch();
