// Reports a visit once the page is visible: a prerendered page or a background tab does not count.
// Uses no cookie and no storage.
const { beacon, status } = document.querySelector("script[data-beacon]").dataset;

const report = () => {
  const body = new URLSearchParams({ path: location.pathname, referrer: document.referrer, status });
  if (!navigator.sendBeacon?.(beacon, body)) {
    fetch(`${beacon}?${body}`, { method: "GET", keepalive: true, credentials: "same-origin" }).catch(() => {});
  }
};

if (document.prerendering) {
  document.addEventListener("prerenderingchange", report, { once: true });
} else if (document.visibilityState === "visible") {
  report();
} else {
  document.addEventListener("visibilitychange", report, { once: true });
}

// Back and forward may restore the page from the browser's cache, which counts as another view.
addEventListener("pageshow", (event) => {
  if (event.persisted) report();
});
