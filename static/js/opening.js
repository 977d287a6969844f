// Open now, until when, or open again when. The device only compares instants; the server knows zones and holidays.
// Twin of `open_state` in selfhelp/offer/domain/opening.py.

const DAY = 24 * 60 * 60 * 1000;
const AGED = 7 * DAY;
const KNOWN = 60 * DAY; // as far as the offer reaches

/** `intervals`: sorted [start, end) in epoch seconds. Returns {open, until | null, from | null}. */
export function openState(intervals, nowSeconds) {
  for (const [start, end] of intervals) {
    if (nowSeconds < start) return { open: false, until: null, from: start };
    if (nowSeconds < end) return { open: true, until: end, from: null };
  }
  return { open: false, until: null, from: null };
}

/** Fills every badge on the page, and again as time passes. */
export function showOpening(offer) {
  const fill = () => {
    for (const badge of document.querySelectorAll("[data-open]")) fillBadge(badge, offer, Date.now());
  };
  fill();
  document.addEventListener("visibilitychange", fill);
  setInterval(fill, 60 * 1000);
}

// A way that the offer does not know, or an offer that is too old, leaves the weekly hours that the server wrote.
function fillBadge(badge, offer, now) {
  const intervals = offer.ways?.[badge.dataset.open]?.open;
  if (!intervals || now - Date.parse(offer.as_of) > KNOWN) return;
  const state = openState(intervals, now / 1000);
  badge.classList.toggle("open", state.open);
  badge.classList.toggle("closed", !state.open);
  const text = badgeWords(badge.dataset, state, {
    now,
    asOf: Date.parse(offer.as_of),
    language: badge.closest("[lang]").lang,
  });
  if (badge.textContent !== text) badge.textContent = text;
}

/** The words of a badge from its own data attributes; `words` is its dataset. */
export function badgeWords(words, state, { now, asOf, language }) {
  const day = (at) => dayIn(at, language, words.zone);
  const clock = (seconds) => clockIn(seconds * 1000, words);
  let text = words.wordsUnknown;
  if (state.open) text = words.wordsOpen.replace("{time}", clock(state.until));
  else if (state.from) {
    const isToday = words.wordsToday && day(state.from * 1000) === day(now);
    text = words.wordsClosed
      .replace("{day}", isToday ? words.wordsToday : day(state.from * 1000))
      .replace("{time}", clock(state.from));
  }
  if (now - asOf > AGED && words.wordsAsof) text += `. ${words.wordsAsof.replace("{date}", day(asOf))}`;
  return text;
}

// The same shape as the server's: "donderdag 26 november", "Thursday 26 November".
function dayIn(at, language, timeZone) {
  const shape = { weekday: "long", day: "numeric", month: "long", timeZone };
  const parts = new Intl.DateTimeFormat(language, shape).formatToParts(at);
  return ["weekday", "day", "month"].map((type) => parts.find((part) => part.type === type).value).join(" ");
}

// 17:00, unless the page says how a whole hour ("{h} uur") or another time ("{h}.{m} uur") is written.
function clockIn(at, words) {
  const shape = { hour: "numeric", minute: "2-digit", hourCycle: "h23", timeZone: words.zone };
  const parts = new Intl.DateTimeFormat("en", shape).formatToParts(at);
  const [hour, minute] = ["hour", "minute"].map((type) => parts.find((part) => part.type === type).value);
  const pattern = (minute === "00" && words.wordsHour) || words.wordsTime || "{h}:{m}";
  return pattern.replace("{h}", Number(hour)).replace("{m}", minute);
}
