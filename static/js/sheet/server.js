/* Talking with the server: every outcome has a name, and nothing is called saved that was
   not answered as saved. */

const PATIENCE = 20_000;

let token = "";

export const useToken = (given) => {
  token = given || token;
};

const ask = async (url, options = {}) => {
  const response = await fetch(url, {
    credentials: "same-origin",
    redirect: "manual",
    signal: AbortSignal.timeout(PATIENCE),
    ...options,
    headers: { Accept: "application/json", ...options.headers },
  });
  const isData = response.headers.get("Content-Type")?.startsWith("application/json");
  return { response, told: isData ? await response.json() : null };
};

/* Return who is signed in, with a fresh secret for posts, or null without network. */
export const askWho = async (url) => {
  try {
    const { response, told } = await ask(url);
    if (!told || !response.ok) {
      return null;
    }
    useToken(told.token);
    return told;
  } catch {
    return null;
  }
};

const outcomeOf = (response, told) => {
  if (told?.written) {
    return { kind: "answered", told };
  }
  if (response.status === 401 || response.type === "opaqueredirect") {
    return { kind: "sign-in" };
  }
  if (told?.reason === "other-user") {
    return { kind: "sign-in", sentence: told.sentence };
  }
  if (response.status === 429 || response.status >= 500) {
    return { kind: "later" };
  }
  const gone = "Je kunt dit blad niet meer wijzigen. Download wat je typte, of vraag de coördinator om hulp.";
  return { kind: "turned-down", sentence: told?.sentence ?? gone, reason: told?.reason ?? "" };
};

const post = async (url, body) => {
  const { response, told } = await ask(url, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-CSRFToken": token },
    body,
  });
  return { response, told };
};

/* Send one request. The secret of an old page may be stale: then it is renewed once. */
export const send = async ({ url, who, body }) => {
  try {
    let { response, told } = await post(url, body);
    if (response.status === 403 && !told) {
      const person = await askWho(who);
      if (!person) {
        return { kind: "offline" };
      }
      if (person.user === null) {
        return { kind: "sign-in" };
      }
      ({ response, told } = await post(url, body));
    }
    return outcomeOf(response, told);
  } catch {
    return { kind: "offline" };
  }
};

/* Sign in without leaving the page. Returns "in", "more" (a second step) or a sentence. */
export const signIn = async (url, fields) => {
  try {
    const { response, told } = await ask(url, {
      method: "POST",
      headers: { "X-Requested-With": "XMLHttpRequest", "X-CSRFToken": token },
      body: new URLSearchParams(fields),
    });
    if (response.ok && told?.location) {
      return "done";
    }
    const errors = told?.form ? [...told.form.errors, ...Object.values(told.form.fields).flatMap((field) => field.errors)] : [];
    return errors[0] ?? "Aanmelden lukte niet. Probeer het in een nieuw tabblad.";
  } catch {
    return "Er is nog geen verbinding. Probeer het zo opnieuw.";
  }
};
