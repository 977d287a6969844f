// Moving somebody on the map by hand: dragging, or the arrow keys. Each person is a link to a page with a form that does the
// same. What is moved is kept at once; what could not be kept stands where it was.

const map = document.querySelector("svg[data-radii]");
const STEP = 15; // degrees, as the buttons of the form: selfhelp/network/domain.py
const SETTLED = 500; // after the last arrow
const STILL = 5; // pixels: less is a tap
const TAP = 300; // from letting go to the click that belongs to it

if (map) begin();

function begin() {
  const [centreX, centreY] = map.dataset.centre.split(" ").map(Number);
  const radii = new Map(
    map.dataset.radii
      .trim()
      .split(" ")
      .map((each) => each.split(":"))
      .map(([ring, radius]) => [ring, Number(radius)]),
  );
  const rings = [...radii.keys()];
  const word = (ring) => document.querySelector(`[data-ring-word="${ring}"]`).textContent;

  for (const each of document.querySelectorAll("[data-by-hand]")) each.hidden = false;
  for (const link of map.querySelectorAll("a.person")) bind(link);

  function bind(link) {
    let kept = placeOf(link);
    let waiting = 0;
    let dragging = null;
    const movedAt = Number.NEGATIVE_INFINITY;
    let sending = Promise.resolve();

    const put = (place) => {
      show(link, place);
      if (place.ring !== kept.ring) tell(link, place.ring);
    };
    const keep = () => {
      clearTimeout(waiting);
      waiting = 0;
      const place = placeOf(link);
      if (place.ring === kept.ring && place.angle === kept.angle) return;
      sending = sending.then(async () => {
        if (await send(link, place)) {
          kept = place;
          return;
        }
        show(link, kept);
        tell(link, "");
      });
    };

    link.addEventListener("keydown", (event) => {
      const place = next(placeOf(link), event.key);
      if (!place || event.altKey || event.ctrlKey || event.metaKey) return;
      event.preventDefault();
      put(place);
      clearTimeout(waiting);
      waiting = setTimeout(keep, SETTLED);
    });
    for (const kind of ["blur", "pagehide"])
      (kind === "blur" ? link : window).addEventListener(kind, () => waiting && keep());

    // The click that some browsers make of a drop is none.
    link.addEventListener("click", (event) => event.timeStamp - movedAt < TAP && event.preventDefault());
    // Neither the link itself nor the page moves along. (`touch-action` alone does not hold inside a drawing.)
    for (const kind of ["dragstart", "touchmove"])
      link.addEventListener(kind, (event) => event.preventDefault(), { passive: false });
    link.addEventListener("pointerdown", (event) => {
      if (event.button || dragging) return;
      dragging = { x: event.clientX, y: event.clientY, id: event.pointerId, from: placeOf(link), isMoved: false };
      link.setPointerCapture(event.pointerId); // a fast hand is elsewhere before it moves here
    });
    link.addEventListener("pointermove", (event) => {
      if (dragging?.id !== event.pointerId) return;
      const far = Math.hypot(event.clientX - dragging.x, event.clientY - dragging.y);
      if (!dragging.isMoved && far < STILL) return;
      dragging.isMoved = true;
      put(under(event));
    });
    const drop = (event) => {
      if (dragging?.id !== event.pointerId) return;
      if (dragging.isMoved && event.type === "pointerup") keep();
      else if (dragging.isMoved) put(dragging.from); // the browser took the pointer for something else
      if (dragging.isMoved)
        link.addEventListener("click", (click) => click.preventDefault(), { once: true, capture: true });
      dragging = null;
    };
    for (const kind of ["pointerup", "pointercancel"]) link.addEventListener(kind, drop);
  }

  /** The place one step further for an arrow key; null for any other key. */
  function next({ ring, angle }, key) {
    const at = rings.indexOf(ring);
    if (key === "ArrowUp") return { ring: rings[Math.max(at - 1, 0)], angle };
    if (key === "ArrowDown") return { ring: rings[Math.min(at + 1, rings.length - 1)], angle };
    if (key === "ArrowLeft") return { ring, angle: (angle + 360 - STEP) % 360 };
    return key === "ArrowRight" ? { ring, angle: (angle + STEP) % 360 } : null;
  }

  /** The place under the pointer: the nearest ring, and the angle from the top. */
  function under({ clientX, clientY }) {
    const at = new DOMPoint(clientX, clientY).matrixTransform(map.getScreenCTM().inverse());
    const [x, y] = [at.x - centreX, at.y - centreY];
    const away = ([, radius]) => Math.abs(radius - Math.hypot(x, y));
    const [ring] = [...radii].reduce((best, each) => (away(each) < away(best) ? each : best));
    return { ring, angle: (Math.round((Math.atan2(x, -y) * 180) / Math.PI) + 360) % 360 };
  }

  function show(link, { ring, angle }) {
    const turn = (angle * Math.PI) / 180;
    const x = (centreX + radii.get(ring) * Math.sin(turn)).toFixed(1);
    const y = (centreY - radii.get(ring) * Math.cos(turn)).toFixed(1);
    Object.assign(link.dataset, { ring, angle });
    for (const part of [link.querySelector("g"), map.querySelector(`[data-name-of="${link.dataset.person}"]`)])
      part.setAttribute("transform", `translate(${x} ${y})`);
    const line = map.querySelector(`[data-line="${link.dataset.person}"]`);
    line.setAttribute("x2", x);
    line.setAttribute("y2", y);
    const parts = link.getAttribute("aria-label").split(", ");
    link.setAttribute("aria-label", [...parts.slice(0, -1), word(ring)].join(", "));
    document.querySelector(`[data-ring-of="${link.dataset.person}"]`).textContent = word(ring);
  }

  /** Says where somebody stands now, or (without a ring) that it could not be kept. */
  function tell(link, ring) {
    const says = document.querySelector("[data-map-word]");
    says.textContent = ring ? `${link.dataset.name}: ${word(ring)}` : "";
    says.hidden = !ring;
    document.querySelector('[data-map-says="unsent"]').hidden = Boolean(ring);
  }
}

function placeOf({ dataset }) {
  return { ring: dataset.ring, angle: Number(dataset.angle) };
}

async function send(link, { ring, angle }) {
  const address = new URL(link.href.baseVal, location.href);
  const token = document.querySelector("[name=csrf_token]").value;
  const body = new URLSearchParams({ csrf_token: token, ring, angle, by: "script" });
  const sent = fetch(`${address.pathname}/place`, { method: "POST", body, keepalive: true });
  return sent.then(
    ({ status }) => status === 204,
    () => false,
  );
}
