// A picture at a step: it stays on this device, sealed, until its owner says to send it. Made small before anything else,
// which also takes out place, time and camera.

import { sendPhoto } from "./work.js";

const SIDE = 1600;
const PREVIEW = 480;
const KIND = "photo";

/** Binds the picture fields of a step, and sends what waits; a page on which nobody is typing then shows what was sent. */
export function offerPhotos(root, address, work, isQuiet) {
  const send = (...told) => sendPhoto(work.owner, ...told);
  for (const part of root.querySelectorAll("[data-photo]")) bind(part, `${address}/${part.dataset.photo}`, work, send);
  const again = async () => {
    const gone = await sendPhotos(work, send);
    if (gone.length && isQuiet()) location.reload();
  };
  addEventListener("online", again);
  again();
}

// Sends every picture that waits; resolves to the names of those that went.
async function sendPhotos(work, send) {
  const gone = [];
  for (const [name, box] of await work.store.all(KIND)) {
    if (!box.isWanted) continue;
    const isSent = await send(name, box.id, asFile(box.picture)).catch(() => false);
    if (!isSent) continue;
    gone.push(name);
    const now = await work.store.read(KIND, name); // another one may have been chosen meanwhile
    if (now?.id === box.id) await work.store.remove(KIND, name);
  }
  return gone;
}

function bind(part, name, work, send) {
  const field = part.querySelector("input");
  const preview = part.querySelector("[data-preview]");
  const erase = part.querySelector("[data-photo-erase]");
  const say = (what) => {
    for (const each of part.querySelectorAll("[data-photo-says]")) each.hidden = each.dataset.photoSays !== what;
  };

  async function show() {
    const box = await work.store.read(KIND, name);
    preview.hidden = erase.hidden = !box;
    if (!box) return;
    await draw(await createImageBitmap(asFile(box.picture)), preview, PREVIEW);
    say(box.isWanted ? "waiting" : work.store.isKept ? "kept" : "here");
  }

  field.addEventListener("change", async () => {
    const [file] = field.files;
    field.value = "";
    if (!file) return;
    try {
      await work.store.write(KIND, name, { id: crypto.randomUUID(), picture: await small(file), isWanted: false });
      await show();
    } catch {
      say("unreadable");
    }
  });
  part.querySelector("[data-photo-send]").addEventListener("click", async (event) => {
    event.preventDefault();
    const box = await work.store.read(KIND, name);
    if (!box) return field.focus();
    await work.store.write(KIND, name, { ...box, isWanted: true });
    await show();
    if (!(await sendPhotos(work, send)).includes(name)) return;
    await show();
    say("sent");
  });
  erase.addEventListener("click", async () => {
    await work.store.remove(KIND, name);
    await show();
    say("");
  });
  show();
  if (field.files.length) field.dispatchEvent(new Event("change")); // chosen before this script was there
}

async function small(file) {
  const canvas = document.createElement("canvas");
  await draw(await createImageBitmap(file), canvas, SIDE);
  return canvas.toDataURL("image/jpeg", 0.8).split(",")[1];
}

// On a canvas and not as an image: pages of ours show no picture that does not come from the server.
async function draw(picture, canvas, side) {
  const scale = Math.min(1, side / Math.max(picture.width, picture.height));
  canvas.width = Math.round(picture.width * scale);
  canvas.height = Math.round(picture.height * scale);
  canvas.getContext("2d").drawImage(picture, 0, 0, canvas.width, canvas.height);
}

const asFile = (base64) =>
  new Blob([Uint8Array.from(atob(base64), (each) => each.charCodeAt(0))], { type: "image/jpeg" });
