// Moves the headlines slowly to the left. Without this script, or with reduced motion, they are a plain list.
const SPEED = 45; // pixels per second, slow enough to read

const still = matchMedia("(prefers-reduced-motion: reduce)");

for (const ticker of document.querySelectorAll("[data-ticker]")) start(ticker);

function start(ticker) {
  const view = ticker.querySelector("[data-ticker-window]");
  const track = ticker.querySelector("[data-ticker-track]");
  const button = ticker.querySelector("[data-ticker-button]");
  const words = ticker.querySelector("[data-ticker-words]");
  const list = track.firstElementChild;
  const pauseReasons = new Set(); // "button", "hover", "focus"
  let motion = null;
  let copies = [];

  const apply = () => (pauseReasons.size ? motion?.pause() : motion?.play());
  const hold = (reason) => {
    pauseReasons.add(reason);
    apply();
  };
  const release = (reason) => {
    pauseReasons.delete(reason);
    apply();
  };

  function run() {
    stop();
    if (still.matches) return;
    ticker.dataset.moving = "";
    const width = list.getBoundingClientRect().width;
    if (!width) return stop();
    const needed = Math.ceil(view.clientWidth / width);
    copies = Array.from({ length: needed }, () => {
      const copy = list.cloneNode(true);
      copy.setAttribute("aria-hidden", "true");
      copy.inert = true;
      return copy;
    });
    track.append(...copies);
    motion = track.animate([{ transform: "none" }, { transform: `translateX(${-width}px)` }], {
      duration: (width / SPEED) * 1000,
      iterations: Infinity,
    });
    button.hidden = false;
    apply();
  }

  function stop() {
    motion?.cancel();
    motion = null;
    for (const copy of copies) copy.remove();
    copies = [];
    button.hidden = true;
    delete ticker.dataset.moving;
  }

  function press(paused) {
    ticker.toggleAttribute("data-paused", paused);
    words.textContent = paused ? button.dataset.play : button.dataset.pause;
    paused ? hold("button") : release("button");
  }

  button.addEventListener("click", () => {
    const paused = !ticker.hasAttribute("data-paused");
    press(paused);
    try {
      localStorage.setItem("ticker", paused ? "paused" : "moving");
    } catch {
      // Storage is switched off: the choice lasts for this page.
    }
  });
  view.addEventListener("pointerenter", () => hold("hover"));
  view.addEventListener("pointerleave", () => release("hover"));
  view.addEventListener("focusin", (event) => {
    hold("focus");
    if (!motion) return;
    // Moves the focused headline to the left edge, so that its beginning is visible.
    const width = list.getBoundingClientRect().width;
    const offset = event.target.getBoundingClientRect().left - track.getBoundingClientRect().left;
    motion.currentTime = (Math.max(0, Math.min(offset, width - 1)) / SPEED) * 1000;
    view.scrollLeft = 0;
  });
  view.addEventListener("focusout", () => release("focus"));

  let stored = null;
  try {
    stored = localStorage.getItem("ticker");
  } catch {
    // Storage is switched off.
  }
  press(stored === "paused");

  still.addEventListener("change", run);
  new ResizeObserver(debounced(run)).observe(ticker);
  document.fonts?.ready.then(run);
}

// A resize fires many events; the layout runs once, after the last of them.
function debounced(action) {
  let timer = 0;
  return () => {
    clearTimeout(timer);
    timer = setTimeout(action, 150);
  };
}
