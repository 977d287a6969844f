// The sheet on which somebody says why a step does not work out yet. What is typed there stays on this device, sealed,
// until its owner presses the button: others read it before the talk.

const KIND = "reason"; // a draft of it
const SETTLED = 300;
const sheet = document.getElementById("stuck");

/** Binds the sheet of a step; `known` is what was said before; `say` gets {reason, words}, and what to do once they are safe. */
export async function bindStuck(root, address, workNow, known, say) {
  let settling = 0;
  fill((await workNow().store.read(KIND, address)) ?? known);
  sheet.addEventListener("input", () => {
    clearTimeout(settling);
    settling = setTimeout(keepDraft, SETTLED);
  });
  sheet.addEventListener("change", keepDraft);
  sheet.querySelector("[data-back]").addEventListener("click", () => turn(false));
  sheet.querySelector("[data-stuck]").addEventListener("click", () => {
    clearTimeout(settling);
    say(read(), () => inStore((store) => store.remove(KIND, address)));
  });

  function keepDraft() {
    clearTimeout(settling);
    return inStore((store) => store.write(KIND, address, read()));
  }

  const inStore = (act) => act(workNow().store).catch(() => {}); // logged out elsewhere: it stays typed

  function turn(isStuck) {
    root.hidden = isStuck;
    sheet.hidden = !isStuck;
    if (isStuck) sheet.querySelector("h2").focus();
  }

  return { turn, isOpen: () => !sheet.hidden };
}

function fill(told) {
  if (!told) return;
  for (const each of sheet.querySelectorAll("input"))
    each.checked = each.value === told.reason && (told.reason !== "other" || Boolean(told.words));
  sheet.querySelector("textarea").value = told.words;
}

function read() {
  const chosen = sheet.querySelector("input:checked")?.value ?? "other";
  return { reason: chosen, words: sheet.querySelector("textarea").value.trim() };
}
