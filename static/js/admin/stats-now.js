// Renews “online now” and its neighbours while somebody looks. Without it the line is as old as the page.

const EVERY = 30_000; // milliseconds; the numbers behind change every five seconds
const PATIENCE = 15 * 60_000; // milliseconds without a key or a pointer: asking on would keep a forgotten log-in alive

const line = document.querySelector("[data-now-url]");
let touched = Date.now();

async function renew() {
  if (document.hidden || Date.now() - touched > PATIENCE) return;
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
        touched = Date.now();
      },
      { passive: true },
    );
  }
  setInterval(() => renew().catch(() => {}), EVERY);
}
