// Photo fields of admin forms: shows the chosen photo and two buttons instead of its number.

import { choosePhoto } from "./library-dialog.js";

function show(chooser, photo) {
  const part = (name) => chooser.querySelector(`[data-${name}]`);
  const input = part("number").querySelector("input");
  input.value = photo ? photo.id : "";
  part("frame").querySelector("img")?.remove();
  if (photo) {
    const image = document.createElement("img");
    image.src = photo.thumbnail;
    image.alt = photo.alt;
    part("frame").prepend(image);
  }
  part("caption").textContent = photo ? photo.caption || photo.alt || photo.name : "";
  part("empty").hidden = Boolean(photo);
  part("remove").hidden = !photo;
  input.dispatchEvent(new Event("change", { bubbles: true }));
}

function enable(chooser) {
  if (chooser.dataset.enabled) return;
  chooser.dataset.enabled = "yes";
  chooser.querySelector("[data-number]").hidden = true;
  chooser.querySelector("[data-buttons]").hidden = false;
  const choose = chooser.querySelector("[data-choose]");
  choose.addEventListener("click", async () => {
    const photo = await choosePhoto(chooser.dataset.library);
    if (photo) show(chooser, photo);
  });
  chooser.querySelector("[data-remove]").addEventListener("click", () => {
    show(chooser, null);
    choose.focus();
  });
}

function enableAll(root) {
  for (const chooser of root.querySelectorAll("[data-photo-chooser]")) {
    if (!chooser.closest(".empty-form")) enable(chooser);
  }
}

enableAll(document);
// A row added to an inline formset brings a chooser of its own.
document.addEventListener("formset:added", (event) => enableAll(event.target));
