/* The inputs of a sheet as named values. A quote or a barrier is one value of several
   inputs; everything else is one text. */

const ROW = /^((?:quote|barrier)-[0-9]+)-([a-z]+)$/;
const FIELD = /^(t-[0-9]+-[a-z]+|s-[0-9]+|p|o-[0-9]+|disagreement|text)$/;
const MOST_ROWS = 20;

const inputsOf = (form, name) => form.querySelectorAll(`[name="${CSS.escape(name)}"]`);

const rowsOf = (form) => [...form.querySelectorAll("[data-row]")];

const rowOf = (form, name) => form.querySelector(`[data-row="${CSS.escape(name)}"]`);

/* Return the name of the field that an input belongs to, or "" for another input. */
export const nameOf = (input) => {
  const row = ROW.exec(input.name ?? "");
  if (row) {
    return row[1];
  }
  return FIELD.test(input.name ?? "") ? input.name : "";
};

const readInput = (input) => {
  if (input.type === "checkbox") {
    return input.checked ? "on" : "";
  }
  return input.value;
};

const readRow = (row) => {
  const inputs = [...row.querySelectorAll("[name]")].filter((input) => ROW.test(input.name));
  return Object.fromEntries(inputs.map((input) => [ROW.exec(input.name)[2], readInput(input)]));
};

export const readField = (form, name) => {
  const row = rowOf(form, name);
  if (row) {
    return readRow(row);
  }
  const inputs = [...inputsOf(form, name)];
  if (inputs[0]?.type === "radio") {
    return inputs.find((input) => input.checked)?.value ?? "";
  }
  return inputs[0]?.value ?? "";
};

export const namesOn = (form) => {
  const names = [...form.elements].map(nameOf).filter(Boolean);
  return [...new Set(names)];
};

export const readPage = (form) => Object.fromEntries(namesOn(form).map((name) => [name, readField(form, name)]));

/* Return the page as it came, whatever was typed before this script ran. */
export const readServed = (form) => {
  const served = form.cloneNode(true);
  served.reset();
  return readPage(served);
};

/* From now on, what stands here is the page as it came. */
export const settleAsServed = (form) => {
  for (const input of form.elements) {
    input.defaultValue = input.value;
    input.defaultChecked = input.checked;
    for (const option of input.options ?? []) {
      option.defaultSelected = option.selected;
    }
  }
};

const writeInput = (input, value) => {
  if (input.type === "checkbox") {
    input.checked = value === "on";
  } else {
    input.value = value;
  }
};

const writeRow = (row, value) => {
  row.querySelectorAll("[name]").forEach((input) => {
    const part = ROW.exec(input.name)?.[2];
    if (part) {
      writeInput(input, value?.[part] ?? "");
    }
  });
};

/* Put a value on the screen; false when this page has no such field. */
export const writeField = (form, name, value) => {
  const prefix = /^(quote|barrier)-/.exec(name)?.[1];
  if (prefix) {
    while (!rowOf(form, name) && addRow(form, prefix));
    const row = rowOf(form, name);
    if (row) {
      writeRow(row, value);
    }
    return Boolean(row);
  }
  const inputs = [...inputsOf(form, name)];
  if (!inputs.length) {
    return false;
  }
  if (inputs[0].type === "radio") {
    inputs.forEach((input) => {
      input.checked = input.value === value;
    });
  } else {
    inputs[0].value = value || (name.startsWith("t-") ? "0" : "");
  }
  const opened = inputs[0].closest("details");
  if (opened && value) {
    opened.open = true;
  }
  inputs[0].dispatchEvent(new CustomEvent("sheet:written", { bubbles: true }));
  return true;
};

// --- rows that grow -------------------------------------------------------------------

const renumber = (node, from, to) => {
  for (const name of ["id", "name", "for", "data-row", "aria-describedby"]) {
    const value = node.getAttribute(name);
    if (value?.startsWith(from)) {
      node.setAttribute(name, value.replace(from, to));
    }
  }
};

/* Add an empty row like the last one; false when there are no more. */
const addRow = (form, prefix) => {
  const rows = rowsOf(form).filter((row) => row.dataset.row.startsWith(`${prefix}-`));
  const last = rows.at(-1);
  const from = last && Number(last.dataset.row.slice(prefix.length + 1));
  if (!last || from + 1 >= MOST_ROWS) {
    return false;
  }
  const row = last.cloneNode(true);
  [row, ...row.querySelectorAll("*")].forEach((node) => renumber(node, `${prefix}-${from}`, `${prefix}-${from + 1}`));
  row.querySelectorAll(".privacy-line, .error-text, [data-problem]").forEach((node) => node.remove());
  const legend = row.querySelector("legend");
  legend.textContent = legend.textContent.replace(/[0-9]+/, String(from + 2));
  writeRow(row, null);
  last.after(row);
  return true;
};

/* Keep one empty row under the filled ones. */
export const growRows = (form, name) => {
  const prefix = /^(quote|barrier)-/.exec(name)?.[1];
  if (!prefix) {
    return;
  }
  const last = rowsOf(form).filter((row) => row.dataset.row.startsWith(`${prefix}-`)).at(-1);
  if (readRow(last).text.trim()) {
    addRow(form, prefix);
  }
};

/* The part of the page that is about one field: a problem is shown at its end. */
export const placeOn = (form, name) => {
  const row = rowOf(form, name);
  const input = inputsOf(form, name)[0];
  return row ?? input?.closest(".field, .counter, .mb-3, fieldset") ?? form;
};

export const labelOf = (form, name) => {
  const row = rowOf(form, name);
  if (row) {
    return row.querySelector("legend").textContent.trim();
  }
  const input = inputsOf(form, name)[0];
  const around = input?.closest("fieldset")?.querySelector("legend")?.textContent.trim();
  const own = input?.type === "radio" ? "" : input?.labels?.[0]?.textContent.trim();
  return [around, own].filter(Boolean).join(": ");
};
