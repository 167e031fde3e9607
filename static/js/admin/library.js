// Pages of the photo library: report the chosen photo to the page that opened the library, and mark running uploads.

const inDialog = window.parent !== window;

function tell(message) {
  window.parent.postMessage(message, location.origin);
}

function choose(element) {
  const { photo, ...facts } = element.dataset;
  tell({
    type: "photo-chosen",
    photo: {
      id: photo,
      url: facts.url,
      thumbnail: facts.thumbnail,
      alt: facts.alt,
      caption: facts.caption,
      credit: facts.credit,
      name: facts.name,
      width: Number(facts.width),
      height: Number(facts.height),
    },
  });
}

if (inDialog) {
  document.addEventListener("click", (event) => {
    const button = event.target.closest("[data-choose]");
    if (button) choose(button.closest("[data-photo]"));
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") tell({ type: "library-closed" });
  });
  const chosen = document.querySelector("[data-chosen]");
  if (chosen) choose(chosen);
}

for (const form of document.querySelectorAll("form[data-uploading]")) {
  form.addEventListener("submit", () => {
    const button = form.querySelector("button[type=submit]");
    button.textContent = form.dataset.uploading;
    button.disabled = true;
  });
}
