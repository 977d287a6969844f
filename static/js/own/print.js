// A page that was asked for to be printed opens the printer's window by itself, and again at its button.

const button = document.querySelector("[data-print]");

if (button) {
  button.addEventListener("click", (event) => {
    event.preventDefault();
    print();
  });
  if (document.readyState === "complete") print();
  else addEventListener("load", () => print(), { once: true });
}
