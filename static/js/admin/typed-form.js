// Forms of the admin: a button sends once however often it is pressed, leaving unsaved text asks first, and a field
// that is nearly full says how much room is left. The server refuses a second press too, see portal/typed_forms.

const PENDING_LIMIT = 10_000; // milliseconds; a page that has not been replaced by then was stopped by hand
const NEARLY_FULL = 0.8; // share of the longest text at which the counter appears
const COUNT_DELAY = 400; // milliseconds after the last key; reading a long text out of the editor takes time

const number = new Intl.NumberFormat("vi");
const translated = window.gettext ?? ((text) => text); // pages without Django's catalogue

function editorsOf(form) {
  return Object.values(window.CKEDITOR?.instances ?? {}).filter((editor) => editor.element.$.form === form);
}

// What is typed outside the rich text editor, which keeps its own record of changes.
function typedText(form) {
  const inEditors = new Set(editorsOf(form).map((editor) => editor.element.$.name));
  const fields = [...new FormData(form)].filter(([name]) => !inEditors.has(name));
  return JSON.stringify(fields.map(([name, value]) => [name, value.name === undefined ? value : value.name]));
}

function guard(form) {
  let sentAt = -PENDING_LIMIT;
  let opened = null;
  const cameBackUnsaved = form.querySelector(".errornote") !== null;

  const isPending = () => performance.now() - sentAt < PENDING_LIMIT;
  const isUnsaved = () =>
    cameBackUnsaved ||
    (opened !== null && typedText(form) !== opened) ||
    editorsOf(form).some((editor) => editor.checkDirty());

  // A browser that fills in the fields after Back knows nothing of the editor: a new title would stand over an old body.
  form.autocomplete = "off";
  const remember = () => {
    opened = typedText(form);
  };
  if (document.readyState === "complete") remember();
  else addEventListener("load", () => setTimeout(remember)); // other scripts of the page have then set up their fields

  form.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.submitter?.getAttribute("formtarget") === "_blank") return;
    if (isPending()) event.preventDefault();
    else sentAt = performance.now();
  });
  addEventListener("pageshow", (event) => {
    if (event.persisted) sentAt = -PENDING_LIMIT;
  });
  addEventListener("beforeunload", (event) => {
    if (isPending() || !isUnsaved()) return;
    event.preventDefault();
    event.returnValue = true; // for browsers that do not take the line above
  });
}

// ---------------------------------------------------------------- how much room is left

function counterAfter(element) {
  const counter = document.createElement("p");
  counter.className = "help typed-left";
  counter.setAttribute("aria-live", "polite");
  element.after(counter);
  return (length, limit) => {
    counter.hidden = length < limit * NEARLY_FULL;
    counter.textContent =
      length < limit
        ? translated("Còn %s trong %s ký tự.")
            .replace("%s", number.format(limit - length))
            .replace("%s", number.format(limit))
        : translated("Đã hết chỗ: nhiều nhất %s ký tự.").replace("%s", number.format(limit));
  };
}

function countIn(field) {
  const limit = Number(field.getAttribute("maxlength"));
  let show = null;
  field.addEventListener("input", () => {
    if (!show && field.value.length < limit * NEARLY_FULL) return;
    show ??= counterAfter(field);
    show(field.value.length, limit);
  });
}

function countInEditor(editor, limit) {
  let show = null;
  let timer = 0;
  editor.on("change", () => {
    clearTimeout(timer);
    timer = setTimeout(() => {
      const length = editor.getData().length;
      if (!show && length < limit * NEARLY_FULL) return;
      show ??= counterAfter(editor.container.$);
      show(length, limit);
    }, COUNT_DELAY);
  });
}

for (const form of document.querySelectorAll("form[data-typed-form], #content-main > form[id$=_form]")) {
  guard(form);
  for (const field of form.querySelectorAll("textarea[maxlength], input[type=text][maxlength]")) countIn(field);
  const limit = Number(form.querySelector("[data-rich-text-limit]")?.dataset.richTextLimit);
  if (!limit || !window.CKEDITOR) continue;
  const counted = new Set();
  const count = (editor) => {
    if (editor.element.$.form === form && !counted.has(editor)) countInEditor(editor, limit);
    counted.add(editor);
  };
  editorsOf(form).forEach(count);
  window.CKEDITOR.on("instanceReady", ({ editor }) => count(editor));
}
