// What is wrong with a field, said beside it. Fetched when something is.

import { all } from "./fields.js";

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
