/* The one line that says where things stand. It says saved only when everything is. */

const fields = (count) => (count === 1 ? "1 veld" : `${count} velden`);

/* Return what to say and in which tone, from bare facts. */
export const describe = ({ waiting, problems, held, isSending, network, stuck, keepsOnDevice, saved }) => {
  if (stuck) {
    return ["bad", `Niet bewaard: ${stuck}`];
  }
  if (problems) {
    return ["bad", `Niet bewaard: ${fields(problems)}. Kijk het na.`];
  }
  if (waiting && network === "sign-in") {
    return ["wait", "Alleen op dit toestel. Meld je opnieuw aan."];
  }
  if (waiting && network !== "up") {
    return keepsOnDevice
      ? ["wait", `Alleen op dit toestel: ${fields(waiting)}`]
      : ["bad", "Niet bewaard: er is geen verbinding. Laat dit blad open."];
  }
  if (isSending || waiting > held) {
    return ["busy", "Wordt bewaard…"];
  }
  if (held) {
    return ["wait", `Nog niet bewaard: ${fields(held)} waar je bezig bent`];
  }
  return saved ? ["good", `Bewaard om ${saved.time} · blad ${saved.receipt}`] : ["", ""];
};

const ICONS = { good: "check-lg", wait: "wifi-off", bad: "exclamation-circle-fill", busy: "arrow-repeat" };

export const say = (line, facts) => {
  const [tone, words] = describe(facts);
  const text = line.querySelector("[data-words]");
  // A status that is written again is read aloud again.
  if (text.textContent !== words) {
    text.textContent = words;
  }
  line.dataset.tone = tone;
  line.hidden = !words;
  const use = line.querySelector("use");
  if (tone) {
    use.setAttribute("href", `${use.getAttribute("href").split("#")[0]}#${ICONS[tone]}`);
  }
};
