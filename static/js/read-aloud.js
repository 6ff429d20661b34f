/* Speaks a question in its own language, with a voice of the device. A button stays hidden
   where no voice speaks that language, and without this script all of them do. */
"use strict";

(() => {
  const synth = window.speechSynthesis;
  if (!synth || typeof window.SpeechSynthesisUtterance !== "function") {
    return;
  }

  // A little slower than talking: people listen to it in a room.
  const RATE = 0.9;
  let speaking = null;

  // Android writes nl_BE where others write nl-BE.
  const tagOf = (voice) => voice.lang.replace("_", "-").toLowerCase();

  // A voice of the device before one from the network: it also works without network.
  const voiceFor = (language) => {
    const fitting = synth.getVoices().filter((voice) => tagOf(voice).split("-")[0] === language);
    const rank = (voice) => (voice.localService ? 0 : 2) + (tagOf(voice) === "nl-be" ? 0 : 1);
    return fitting.sort((one, other) => rank(one) - rank(other))[0];
  };

  const label = (button, isOn) => {
    button.setAttribute("aria-pressed", String(isOn));
    button.querySelector("[data-read-aloud-word]").textContent = isOn ? "Stop" : "Lees voor";
  };

  const stop = () => {
    if (speaking) {
      label(speaking, false);
      speaking = null;
    }
    synth.cancel();
  };

  const speak = (button) => {
    const wasSpeaking = speaking === button;
    stop();
    const voice = voiceFor(button.dataset.language);
    if (wasSpeaking || !voice) {
      return;
    }
    const words = new SpeechSynthesisUtterance(button.dataset.readAloud);
    words.voice = voice;
    words.lang = voice.lang;
    words.rate = RATE;
    words.onend = words.onerror = () => {
      if (speaking === button) {
        label(button, false);
        speaking = null;
      }
    };
    speaking = button;
    label(button, true);
    synth.speak(words);
  };

  const show = () => {
    document.querySelectorAll("[data-read-aloud]").forEach((button) => {
      button.hidden = !voiceFor(button.dataset.language);
    });
  };

  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-read-aloud]");
    if (button) {
      speak(button);
    }
  });
  // Some browsers know their voices only after a while.
  if (typeof synth.addEventListener === "function") {
    synth.addEventListener("voiceschanged", show);
  }
  window.addEventListener("pagehide", stop);

  if (document.readyState === "loading") {
    document.addEventListener("DOMContentLoaded", show);
  } else {
    show();
  }
})();
