// Keyboard shortcuts of the moderators' pages. Every key presses a button or follows a link of the page.

const SHORTCUTS_KEY = "cong-tin-phim-tat"; // in localStorage: "off" disables the shortcuts
const PLACE_KEY = "cong-tin-hang-doi"; // in sessionStorage: {page, index} of the row to select after a decision

const root = document.querySelector("[data-moderation]");
if (root) start(root);

function start(root) {
  const rows = [...root.querySelectorAll("[data-row]")];
  const dialog = root.querySelector("[data-keys]");
  const onSwitch = root.querySelector("[data-keys-on]");
  let current = rows.length === 1 ? 0 : -1;
  let marked = null; // the last text selection in a row; a click on a button clears the browser's own

  // ---------------------------------------------------------------- rows

  function go(index, focus = true) {
    if (!rows.length) return;
    rows[current]?.classList.remove("opinion-row--current");
    current = Math.max(0, Math.min(index, rows.length - 1));
    const row = rows[current];
    row.classList.add("opinion-row--current");
    if (focus) {
      row.focus({ preventScroll: true });
      row.scrollIntoView({ block: "nearest" });
    }
  }

  function press(key) {
    const target = rows[current]?.querySelector(`[data-key="${key}"]`);
    target?.click();
    return Boolean(target);
  }

  function openMenu(name) {
    const menu = rows[current]?.querySelector(`[data-${name}]`);
    if (!menu) return null;
    for (const other of root.querySelectorAll(".menu[open]")) if (other !== menu) other.open = false;
    menu.open = true;
    menu.querySelector(".menu__panel").scrollIntoView({ block: "nearest" });
    return menu;
  }

  function openReasons() {
    return rows[current]?.querySelector("[data-reject][open]");
  }

  for (const [index, row] of rows.entries()) {
    row.addEventListener("focusin", () => {
      if (index !== current) go(index, false);
    });
    row.addEventListener("pointerdown", () => {
      if (index !== current) go(index, false);
    });
  }

  // ---------------------------------------------------------------- redaction

  // The selected text and its offsets in the stored text, in code points as Python counts them, not UTF-16 units.
  function markedWords() {
    const selection = document.getSelection();
    if (!selection || selection.isCollapsed || !selection.rangeCount) return null;
    const range = selection.getRangeAt(0);
    const place = range.commonAncestorContainer;
    const field = (place.nodeType === Node.ELEMENT_NODE ? place : place.parentElement)?.closest("[data-field]");
    if (!field || !root.contains(field)) return null;
    const before = document.createRange();
    before.selectNodeContents(field);
    before.setEnd(range.startContainer, range.startOffset);
    const words = range.toString();
    const begin = [...before.toString()].length;
    return {
      row: field.closest("[data-row]"),
      field: field.dataset.field,
      start: begin,
      end: begin + [...words].length,
      words,
    };
  }

  function fillRedaction(menu, found) {
    const form = menu.querySelector("[data-redact-form]");
    form.elements.words.value = found.words;
    form.elements.field.value = found.field;
    form.elements.start.value = found.start;
    form.elements.end.value = found.end;
    return form;
  }

  function redactMarked() {
    const found = markedWords() ?? marked;
    const index = found ? rows.indexOf(found.row) : -1;
    if (index >= 0) go(index, false);
    const menu = openMenu("redact");
    if (!menu) return;
    if (index >= 0) {
      fillRedaction(menu, found).requestSubmit();
    } else {
      menu.querySelector("[name=words]").focus();
    }
  }

  document.addEventListener("selectionchange", () => {
    const found = markedWords();
    if (found) marked = found;
    else if (document.activeElement?.closest(".menu") === null) marked = null;
  });
  for (const menu of root.querySelectorAll("[data-redact]")) {
    menu.addEventListener("toggle", () => {
      if (menu.open && marked && marked.row === menu.closest("[data-row]")) fillRedaction(menu, marked);
    });
    menu.querySelector("[name=words]").addEventListener("input", (event) => {
      event.target.form.elements.field.value = ""; // typed by hand: the server masks every occurrence
    });
  }

  // ---------------------------------------------------------------- keys

  const keys = {
    j: () => go(current + 1),
    k: () => go(current - 1),
    a: () => press("a"),
    A: () => press("A"),
    s: () => press("s"),
    o: () => press("o"),
    m: redactMarked,
    r: () => openMenu("reject")?.querySelector("button").focus(),
    x: () => rows[current]?.querySelector("[data-select]")?.click(),
    u: () => root.querySelector("[data-undo] button")?.click(),
    "?": () => dialog?.showModal(),
  };

  function isOn() {
    return localStorage.getItem(SHORTCUTS_KEY) !== "off";
  }

  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.isComposing || dialog?.open) return;
    if (event.key === "Escape") {
      const open = [...root.querySelectorAll(".menu[open]")];
      for (const menu of open) menu.open = false;
      if (open.length) rows[current]?.focus({ preventScroll: true });
      return;
    }
    if (event.target.closest("input:not([type=checkbox]), textarea, select, [contenteditable]")) return;
    if (event.key !== "?" && !isOn()) return;
    const reasons = openReasons();
    if (reasons && /^[1-9]$/.test(event.key)) {
      event.preventDefault();
      const button = reasons.querySelector(`[data-reason="${event.key}"]`);
      const note = button?.closest("li").querySelector("[data-note]");
      if (note && !note.value.trim()) note.focus();
      else button?.click();
      return;
    }
    const action = keys[event.key];
    if (!action || (event.repeat && !"jk".includes(event.key))) return; // a key held down must not decide twice
    event.preventDefault();
    action();
  });

  // ---------------------------------------------------------------- help and switch

  const helpButton = root.querySelector("[data-open-help]");
  if (helpButton && dialog) {
    helpButton.hidden = false;
    helpButton.addEventListener("click", () => dialog.showModal());
  }
  if (onSwitch) {
    onSwitch.checked = isOn();
    onSwitch.addEventListener("change", () => localStorage.setItem(SHORTCUTS_KEY, onSwitch.checked ? "on" : "off"));
  }

  // ---------------------------------------------------------------- bulk decisions

  const picks = [...root.querySelectorAll("[data-select]")];
  const all = root.querySelector("[data-all]");
  const number = root.querySelector("[data-number]");

  function count() {
    const chosen = new Set();
    for (const box of root.querySelectorAll("[data-select]:checked, [data-select-same]:checked")) chosen.add(box.value);
    for (const box of root.querySelectorAll("[data-select-group]:checked")) {
      for (const value of root.querySelector(`[name="same-${box.value}"]`).value.split(",")) chosen.add(value);
    }
    if (number)
      number.textContent = chosen.size ? number.dataset.chosen.replace("0", chosen.size) : number.dataset.none;
    if (all) all.querySelector("input").checked = picks.length > 0 && picks.every((box) => box.checked);
  }

  if (all && picks.length) {
    all.hidden = number.hidden = false;
    all.addEventListener("change", (event) => {
      for (const box of picks) box.checked = event.target.checked;
      count();
    });
    root.addEventListener("change", count);
    count();
  }

  // ---------------------------------------------------------------- undo bar with its countdown

  const undo = root.querySelector("[data-undo]");
  if (undo) {
    const end = Date.now() + Number(undo.dataset.seconds) * 1000;
    const timer = setInterval(() => {
      const left = Math.max(0, Math.round((end - Date.now()) / 1000));
      undo.querySelector("[data-left]").textContent = left;
      if (left === 0) {
        clearInterval(timer);
        undo.remove();
      }
    }, 1000);
  }

  // ---------------------------------------------------------------- current row after a decision

  const page = location.pathname + location.search;
  document.addEventListener("submit", () =>
    sessionStorage.setItem(PLACE_KEY, JSON.stringify({ page, index: current })),
  );
  const place = JSON.parse(sessionStorage.getItem(PLACE_KEY) ?? "null");
  sessionStorage.removeItem(PLACE_KEY);
  if (place?.page === page && place.index >= 0) go(place.index);
}
