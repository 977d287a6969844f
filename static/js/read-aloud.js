// Reads the page aloud with voices that live on the device: others would send the text to their maker.

const BLOCKS = "h1, h2, h3, legend, p, li, dt, dd, label, summary, caption, th, td";
const speech = window.speechSynthesis;

/** A voice on this device for `language` ("nl", "en-GB"), or undefined. */
export function localVoice(voices, language) {
  const [wanted] = language.toLowerCase().split("-");
  const fits = voices.filter((voice) => voice.localService === true && voice.lang.toLowerCase().split(/[-_]/)[0] === wanted);
  return fits.find((voice) => voice.lang.toLowerCase() === language.toLowerCase()) ?? fits.find((voice) => voice.default) ?? fits[0];
}

/** Shows `button` once there is a voice for the page's language, which may be later; hides it if there is none. */
export function offerReading(button) {
  if (!speech) return;
  const words = button.textContent;
  let round = 0;

  function stop() {
    round += 1;
    speech.cancel();
    button.textContent = words;
  }

  function next(passages, mine) {
    if (mine !== round) return;
    const passage = passages.shift();
    if (!passage) {
      stop();
      return;
    }
    const { lang } = passage.closest("[lang]");
    const voice = localVoice(speech.getVoices(), lang);
    if (!voice || !isVisible(passage)) {
      next(passages, mine);
      return;
    }
    const utterance = new SpeechSynthesisUtterance(passage.textContent.replace(/\s+/g, " ").trim());
    Object.assign(utterance, { voice, lang: voice.lang });
    utterance.onend = utterance.onerror = () => next(passages, mine);
    speech.speak(utterance);
  }

  button.addEventListener("click", () => {
    const isReading = button.textContent !== words;
    stop();
    if (isReading) return;
    button.textContent = button.dataset.stopWords;
    next(passagesOf(document.getElementById("main") ?? document.body), round);
  });
  // Going on to something else ends it: the old question must not be heard over the new one.
  document.addEventListener("click", (event) => {
    const pressed = event.target.closest?.("a, button");
    if (pressed && pressed !== button) stop();
  });
  addEventListener("pagehide", stop);

  const look = () => {
    button.hidden = !localVoice(speech.getVoices(), document.documentElement.lang);
  };
  speech.addEventListener?.("voiceschanged", look);
  look();
}

// One utterance per passage: long ones are cut off by some browsers, and each keeps the language it is written in.
function passagesOf(root) {
  return [...root.querySelectorAll(BLOCKS)].filter(
    (each) => !each.querySelector(BLOCKS) && each.textContent.trim() && !each.closest('[aria-hidden="true"]') && isVisible(each),
  );
}

function isVisible(element) {
  return element.checkVisibility?.() ?? element.getClientRects().length > 0;
}
