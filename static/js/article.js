// The buttons of an article: text size, print, copy the link.
const SMALLEST = -1;
const LARGEST = 3;
const root = document.documentElement;

const sizes = document.querySelector("[data-text-size-tools]");
if (sizes) {
  const current = () => Number(root.dataset.textSize ?? 0);

  const show = () => {
    for (const button of sizes.querySelectorAll("[data-text-step]")) {
      const step = Number(button.dataset.textStep);
      const spent = step === 0 ? current() === 0 : current() === (step < 0 ? SMALLEST : LARGEST);
      button.setAttribute("aria-disabled", String(spent));
    }
  };

  sizes.addEventListener("click", (event) => {
    const button = event.target.closest("[data-text-step]");
    if (!button) return;
    const step = Number(button.dataset.textStep);
    const size = step === 0 ? 0 : Math.max(SMALLEST, Math.min(LARGEST, current() + step));
    root.dataset.textSize = String(size);
    try {
      localStorage.setItem("text-size", String(size));
    } catch {
      // Storage is switched off: the choice lasts for this page.
    }
    show();
  });
  show();
  sizes.hidden = false;
}

const printer = document.querySelector("[data-print]");
if (printer) {
  printer.addEventListener("click", () => print());
  printer.hidden = false;
}

const copier = document.querySelector("[data-copy-link]");
const status = document.querySelector("[data-copy-status]");
if (copier && navigator.clipboard) {
  copier.addEventListener("click", async () => {
    status.textContent = "";
    try {
      await navigator.clipboard.writeText(copier.dataset.copyLink);
      status.textContent = copier.dataset.copied;
    } catch {
      status.textContent = copier.dataset.notCopied;
    }
  });
  copier.hidden = false;
}
