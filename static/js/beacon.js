// Reports the page once it is really seen: a page that is prerendered or opened in a tab nobody looks at is no visit.
// No cookie, no storage; the page works the same without it.
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

// Back and forward bring a kept page to life again: that is another view of it.
addEventListener("pageshow", (event) => {
  if (event.persisted) report();
});
