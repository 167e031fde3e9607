// Closes the open part of the menu on Escape. Opening and closing otherwise needs no script.
const menu = document.querySelector(".menu");

if (menu) {
  const sheet = menu.querySelector("details");

  menu.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    if (sheet.open) {
      sheet.open = false;
      sheet.querySelector("summary").focus();
      return;
    }
    const entry = event.target.closest(".menu__entry--parent");
    if (!entry) return;
    entry.querySelector(".menu__link").focus();
    entry.dataset.closed = "";
  });

  // A submenu opened by hovering has no focus, so the menu gets no key events.
  document.addEventListener("keydown", (event) => {
    if (event.key === "Escape") menu.querySelector(".menu__entry--parent:hover")?.setAttribute("data-closed", "");
  });

  for (const entry of menu.querySelectorAll(".menu__entry--parent")) {
    const reopen = () => delete entry.dataset.closed;
    entry.addEventListener("mouseleave", reopen);
    entry.addEventListener("focusout", (event) => {
      if (!entry.contains(event.relatedTarget)) reopen();
    });
  }
}
