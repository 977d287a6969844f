// A card's QR code leads to /card#<code>: the part behind # never reaches a server. Take it over, and out of the address.

const code = location.hash.slice(1);
if (/^[a-z0-9]{20,40}$/.test(code)) {
  history.replaceState(null, "", location.pathname + location.search);
  const field = document.getElementById("card");
  field.value = code;
  document.getElementById("typed").hidden = true;
  document.getElementById("known").hidden = true;
  document.getElementById("pin").focus();
}
