// Reads the page aloud with voices that live on the device: others would send the text to their maker.

const BLOCKS = "h1, h2, h3, legend, p, li, dt, dd, label, summary, caption, th, td";
const speech = globalThis.speechSynthesis;

/** A voice on this device for `language` ("nl", "en-GB"), or undefined. */
export function localVoice(voices, language) {
  const tag = language.toLowerCase();
  const tagOf = (voice) => voice.lang.toLowerCase().replace("_", "-");
  const fits = voices.filter(
    (voice) => voice.localService === true && tagOf(voice).split("-")[0] === tag.split("-")[0],
  );
  return fits.find((voice) => tagOf(voice) === tag) ?? fits.find((voice) => voice.default) ?? fits[0];
}

/** Shows `button` while there is a voice for the page's language; voices may come late. */
export function offerReading(button) {
  if (!speech) return;
  const words = button.textContent;
  const reading = makeReading(() => {
    button.textContent = words;
  });
  button.addEventListener("click", () => {
    const wasReading = button.textContent !== words;
    reading.stop();
    if (wasReading) return;
    button.textContent = button.dataset.stopWords;
    reading.start(passagesOf(document.getElementById("main") ?? document.body));
  });
  // Going on to something else ends it: the old question must not be heard over the new one.
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("a, button");
    if (pressed && pressed !== button) reading.stop();
  });
  addEventListener("pagehide", reading.stop);
  const look = () => {
    button.hidden = !localVoice(speech.getVoices(), document.documentElement.lang);
  };
  speech.addEventListener?.("voiceschanged", look);
  look();
}

// One utterance per passage: browsers cut off long ones, and each keeps the language it is written in.
function makeReading(ended) {
  let round = 0;

  function stop() {
    round += 1;
    speech.cancel();
    ended();
  }

  function next(passages, mine) {
    if (mine !== round) return;
    const passage = passages.shift();
    if (!passage) {
      ended();
      return;
    }
    const voice = isVisible(passage) && localVoice(speech.getVoices(), languageOf(passage));
    if (!voice) {
      next(passages, mine);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(passage.textContent.replace(/\s+/g, " ").trim());
    Object.assign(utterance, { voice, lang: voice.lang });
    utterance.onend = utterance.onerror = () => next(passages, mine);
    speech.speak(utterance);
  }

  return { stop, start: (passages) => next(passages, round) };
}

// An answer stands in a span of its own, which may be in the language of the questions.
function languageOf(passage) {
  return (passage.querySelector(":scope > span[lang]") ?? passage).closest("[lang]").lang;
}

function passagesOf(root) {
  const isPassage = (each) =>
    !each.querySelector(BLOCKS) && each.textContent.trim() && !each.closest('[aria-hidden="true"]');
  return [...root.querySelectorAll(BLOCKS)].filter((each) => isPassage(each) && isVisible(each));
}

function isVisible(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}
