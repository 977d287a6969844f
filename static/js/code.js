// The QR code of a card or an invitation leads to an address ending in #<code>: the part behind # never reaches a server.
// Take it over into the form, and out of the address.

const code = location.hash.slice(1);
const field = document.querySelector("[data-code]");
if (field && /^[a-z0-9]{20,40}$/.test(code)) {
  history.replaceState(null, "", location.pathname + location.search);
  field.value = code;
  for (const each of document.querySelectorAll("[data-typed]")) each.hidden = true;
  document.querySelector("input[type=password]")?.focus();
}
