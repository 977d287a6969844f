// Copy a text as it stands in its field now. Without the clipboard it is selected, to be copied by hand.

for (const button of document.querySelectorAll("[data-copy]")) {
  const field = document.getElementById(button.dataset.copy);
  const copied = document.querySelector("[data-copied]");
  const byHand = document.querySelector("[data-by-hand]");
  button.hidden = false;
  byHand.hidden = true;
  field.addEventListener("input", () => {
    copied.hidden = true;
  });
  button.addEventListener("click", async () => {
    try {
      await navigator.clipboard.writeText(field.value);
      copied.hidden = false;
    } catch {
      field.select();
      byHand.hidden = false;
    }
  });
}
