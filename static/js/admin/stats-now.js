// Refreshes the line “online now” while the page is in use. Without this script it stays as the server sent it.

const REFRESH_INTERVAL = 30_000; // milliseconds; the server's numbers change every five seconds
const IDLE_LIMIT = 15 * 60_000; // milliseconds without input; further requests would keep an abandoned session alive

const line = document.querySelector("[data-now-url]");
let lastInput = Date.now();

async function refresh() {
  if (document.hidden || Date.now() - lastInput > IDLE_LIMIT) return;
  const answer = await fetch(line.dataset.nowUrl, { headers: { Accept: "application/json" }, redirect: "error" });
  if (!answer.ok) return;
  const words = await answer.json();
  for (const place of line.querySelectorAll("[data-now]"))
    place.textContent = words[place.dataset.now] ?? place.textContent;
}

if (line) {
  for (const kind of ["pointermove", "keydown", "scroll"]) {
    addEventListener(
      kind,
      () => {
        lastInput = Date.now();
      },
      { passive: true },
    );
  }
  setInterval(() => refresh().catch(() => {}), REFRESH_INTERVAL);
}
