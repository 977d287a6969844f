// A picture at a step: it stays on this device, sealed, until its owner says to send it. Made small before anything else,
// which also takes out place, time and camera.

import { freshId } from "./queue.js";
import { asFile, KIND } from "./sending.js";

const SIDE = 1600;
const PREVIEW = 480;

/** Binds the picture fields of a step; `heard` is told what became of sending. Resolves to {show, loadAgain}: both show anew. */
export async function bindPhotos(root, address, workNow, heard) {
  const parts = [...root.querySelectorAll("[data-photo]")];
  const shows = parts.map((part) => bind(part, `${address}/${part.dataset.photo}`, workNow, heard));
  let isLeaving = false; // by a bookmark, say: loading this page again would bring its owner back to it
  addEventListener("beforeunload", () => (isLeaving = true));
  return { show: () => Promise.all(shows.map((show) => show())), loadAgain: () => isLeaving || location.reload() };
}

function bind(part, name, workNow, heard) {
  const field = part.querySelector("input[type=file]");
  const until = part.querySelector("[data-photo-until]");
  const preview = part.querySelector("[data-preview]");
  const erase = part.querySelector("[data-photo-erase]");
  let [shown, choosing] = [null, null];
  const say = (what) => {
    for (const each of part.querySelectorAll("[data-photo-says]")) each.hidden = each.dataset.photoSays !== what;
  };

  async function show() {
    const box = await workNow().store.read(KIND, name);
    preview.hidden = erase.hidden = !box;
    if (!box && shown?.isWanted) say("sent");
    if (box && box.id !== shown?.id) await draw(await createImageBitmap(asFile(box.picture)), preview, PREVIEW);
    if (box?.refused === "late" && !shown?.refused) askDay(box.until);
    shown = box;
    if (!box) return;
    say(box.refused ? box.refused : box.isWanted ? "waiting" : workNow().store.isKept ? "kept" : "here");
  }

  // The day that passed stands there again: a picture that was meant for some days is not shared for ever by one more tap.
  function askDay(passed) {
    until.value ||= passed;
    until.closest("details").open = true;
  }

  async function choose(file) {
    try {
      await workNow().store.write(KIND, name, { id: freshId(), picture: await small(file), isWanted: false });
      await show();
    } catch {
      say("unreadable");
    }
  }

  field.addEventListener("change", () => {
    const [file] = field.files;
    field.value = "";
    if (file) choosing = choose(file);
  });
  part.querySelector("[data-photo-send]").addEventListener("click", async (event) => {
    event.preventDefault();
    await choosing; // a large picture takes a while on a small phone, and a tap meanwhile counts
    const box = await workNow().store.read(KIND, name);
    if (!box) return field.focus();
    if (!until.reportValidity()) return;
    await workNow().store.write(KIND, name, { ...box, until: until.value, isWanted: true, refused: null });
    await show();
    heard(await workNow().sendAll());
  });
  erase.addEventListener("click", async () => {
    await workNow().store.remove(KIND, name);
    shown = null;
    await show();
    say("");
  });
  show();
  if (field.files.length) field.dispatchEvent(new Event("change")); // chosen before this script was there
  return show;
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
