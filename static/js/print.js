// A button that prints, where there is a script to do it; without one, the browser's own menu does.

for (const each of document.querySelectorAll("[data-print]")) {
  each.hidden = false;
  each.addEventListener("click", () => print());
}
