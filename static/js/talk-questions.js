// Counts the ticked questions while somebody chooses. Advice only: nothing is blocked.
(function () {
  "use strict";
  const line = document.querySelector("[data-question-count]");
  const form = document.querySelector("main form[method=post]");
  if (!line || !form) return;
  const fewest = Number(line.dataset.fewest);
  const most = Number(line.dataset.most);

  form.addEventListener("change", (event) => {
    if (event.target.type !== "checkbox") return;
    const count = form.querySelectorAll("input[type=checkbox][name^=ask-]:checked").length;
    const number = document.createElement("strong");
    number.textContent = String(count);
    const advice = count > most ? " Dat is veel voor één gesprek." : count < fewest ? " Er kunnen er nog bij." : "";
    line.replaceChildren("Je koos nu ", number, (count === 1 ? " vraag." : " vragen.") + advice);
  });
})();
