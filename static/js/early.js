// Runs before the first paint, so that the stored theme and text size cause no flash.
(() => {
  const root = document.documentElement;
  root.dataset.js = "";
  try {
    for (const [key, name] of [
      ["theme", "theme"],
      ["text-size", "textSize"],
    ]) {
      const stored = localStorage.getItem(key);
      if (stored) root.dataset[name] = stored;
    }
  } catch {
    // Storage is switched off: the reader gets the defaults.
  }
})();
