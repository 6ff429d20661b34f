/* Counts the ticked questions while somebody chooses. Advice only: nothing is blocked, and
   without this script the number is that of what was saved last. */
"use strict";

(() => {
  const line = document.querySelector("[data-question-count]");
  const boxes = document.querySelectorAll("input[type='checkbox'][name^='ask-']");
  if (!line || !boxes.length) {
    return;
  }
  const fewest = Number(line.dataset.fewest);
  const most = Number(line.dataset.most);

  const adviceOn = (count) => {
    if (count > most) {
      return " Dat is veel voor één gesprek.";
    }
    return count < fewest ? " Er kunnen er nog bij." : "";
  };

  document.addEventListener("change", (event) => {
    if (!event.target.matches("input[type='checkbox'][name^='ask-']")) {
      return;
    }
    const count = Array.from(boxes).filter((box) => box.checked).length;
    const number = document.createElement("strong");
    number.textContent = String(count);
    line.replaceChildren("Je koos nu ", number, `${count === 1 ? " vraag." : " vragen."}${adviceOn(count)}`);
  });
})();
