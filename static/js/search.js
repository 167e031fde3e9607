// Suggests titles while a reader types into a search box. The search works without this script.
const TYPING_PAUSE = 150; // milliseconds without a key press before a request
const MIN_LENGTH = 2; // characters

document.querySelectorAll("input[data-suggestions]").forEach(suggest);

function suggest(input, number) {
  const list = document.createElement("ul");
  const status = document.createElement("span");
  const field = input.closest(".search-form__field");
  let active = -1;
  let asked = "";
  let timer = 0;
  let request = new AbortController();

  list.className = "suggestions";
  list.id = `suggestions-${number}`;
  list.hidden = true;
  list.setAttribute("role", "listbox");
  list.setAttribute("aria-label", input.dataset.suggestionsLabel);
  status.className = "visually-hidden";
  status.setAttribute("role", "status");
  field.after(list, status);
  field.parentElement.classList.add("search-form--suggesting");
  for (const [name, value] of Object.entries({
    role: "combobox",
    "aria-autocomplete": "list",
    "aria-expanded": "false",
    "aria-controls": list.id,
  })) {
    input.setAttribute(name, value);
  }

  input.addEventListener("input", () => {
    choose(-1); // typing drops the choice of a suggestion
    clearTimeout(timer);
    timer = setTimeout(ask, TYPING_PAUSE);
  });
  input.addEventListener("blur", close);
  input.addEventListener("keydown", (event) => {
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // keeps the browser from clearing the field
      close();
    } else if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      if (list.hidden && list.children.length) open();
      if (list.hidden) return;
      event.preventDefault();
      choose(active + (event.key === "ArrowDown" ? 1 : -1));
    } else if (event.key === "Enter" && active >= 0 && !list.hidden) {
      event.preventDefault();
      location.assign(list.children[active].dataset.url);
    }
  });
  // On pointerdown, because before a click the field would lose its focus and the list would close.
  list.addEventListener("pointerdown", (event) => event.preventDefault());
  list.addEventListener("click", (event) => {
    const option = event.target.closest("[data-url]");
    if (option) location.assign(option.dataset.url);
  });

  async function ask() {
    const typed = input.value.trim();
    if (typed === asked) return;
    asked = typed;
    request.abort();
    request = new AbortController();
    if (typed.length < MIN_LENGTH) return show([]);
    try {
      const answer = await fetch(`${input.dataset.suggestions}?${new URLSearchParams({ q: typed })}`, {
        signal: request.signal,
      });
      show(answer.ok ? (await answer.json()).articles : []);
    } catch (error) {
      if (error.name !== "AbortError") show([]); // an aborted request was replaced by a newer one
    }
  }

  function show(articles) {
    list.replaceChildren(
      ...articles.map((article, place) => {
        const option = document.createElement("li");
        const day = document.createElement("span");
        option.id = `${list.id}-${place}`;
        option.className = "suggestions__item";
        option.setAttribute("role", "option");
        option.setAttribute("aria-selected", "false");
        option.dataset.url = article.url;
        day.className = "suggestions__day";
        day.textContent = article.day;
        option.append(article.title, " ", day);
        return option;
      }),
    );
    status.textContent = articles.length ? input.dataset.suggestionsCount.replace("%s", articles.length) : "";
    if (articles.length && document.activeElement === input) open();
    else close();
  }

  function choose(place) {
    const count = list.children.length;
    list.children[active]?.setAttribute("aria-selected", "false");
    active = place >= count ? -1 : place < -1 ? count - 1 : place; // past either end the field itself is active
    const option = list.children[active];
    option?.setAttribute("aria-selected", "true");
    option?.scrollIntoView({ block: "nearest" });
    if (option) input.setAttribute("aria-activedescendant", option.id);
    else input.removeAttribute("aria-activedescendant");
  }

  function open() {
    choose(-1);
    list.hidden = false;
    input.setAttribute("aria-expanded", "true");
  }

  function close() {
    choose(-1);
    list.hidden = true;
    input.setAttribute("aria-expanded", "false");
  }
}
