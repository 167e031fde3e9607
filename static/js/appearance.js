// The button that switches between dark and light, whatever the device prefers.
const root = document.documentElement;
const darkDevice = matchMedia("(prefers-color-scheme: dark)");
const button = document.querySelector("[data-theme-toggle]");

const isDark = () => (root.dataset.theme ? root.dataset.theme === "dark" : darkDevice.matches);
const show = () => button.setAttribute("aria-pressed", String(isDark()));

if (button) {
  button.addEventListener("click", () => {
    root.dataset.theme = isDark() ? "light" : "dark";
    try {
      localStorage.setItem("theme", root.dataset.theme);
    } catch {
      // Storage is switched off: the choice lasts for this page.
    }
    show();
  });
  darkDevice.addEventListener("change", show);
  show();
  button.hidden = false;
}
