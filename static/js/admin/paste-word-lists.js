/* global CKEDITOR */
// Word writes the items of its lists as paragraphs with typed numbers. In legal texts the numbers are the meaning: what
// a list of HTML cannot count, such as "1.1." or "đ)", stays as text in a paragraph.
(() => {
  const ROMAN = { i: 1, v: 5, x: 10, l: 50, c: 100, d: 500, m: 1000 };

  function romanValue(text) {
    let value = 0;
    for (let place = 0; place < text.length; place++) {
      const here = ROMAN[text[place]];
      value += here < (ROMAN[text[place + 1]] ?? 0) ? -here : here;
    }
    return value;
  }

  function romanNumeral(value) {
    const steps = [
      [1000, "m"],
      [900, "cm"],
      [500, "d"],
      [400, "cd"],
      [100, "c"],
      [90, "xc"],
      [50, "l"],
      [40, "xl"],
    ];
    let [rest, text] = [value, ""];
    for (const [step, letters] of [...steps, [10, "x"], [9, "ix"], [5, "v"], [4, "iv"], [1, "i"]]) {
      while (rest >= step) [rest, text] = [rest - step, text + letters];
    }
    return text;
  }

  const alphaValue = (text) => [...text].reduce((value, letter) => value * 26 + letter.charCodeAt(0) - 96, 0);

  /** How the marker counts: [{type, value}, …], the likeliest first; a bullet has no type. Null: no list says it. */
  function readings(marker, isSymbol) {
    const [, text] = /^\(?([0-9]{1,6}|[a-z]{1,8})[.)]?$/i.exec(marker) ?? [];
    if (isSymbol || (text === undefined && !/[\p{L}\p{N}]/u.test(marker)) || marker === "o") return [{ type: "" }];
    if (text === undefined) return null;
    if (/^[0-9]/.test(text)) return String(Number(text)) === text ? [{ type: "1", value: Number(text) }] : null;
    const small = text.toLowerCase();
    if (small !== text && text.toUpperCase() !== text) return null;
    const [alpha, roman] = small === text ? ["a", "i"] : ["A", "I"];
    const found = [];
    if (/^[ivxlcdm]+$/.test(small) && romanNumeral(romanValue(small)) === small) {
      found.push({ type: roman, value: romanValue(small) });
    }
    if (small.length < 3) found.push({ type: alpha, value: alphaValue(small) });
    // "i" and "ii" begin Roman numbers; a single "c", "d" or "v" is more often a letter.
    return found.length === 0 ? null : small.length > 1 || small === "i" ? found : found.reverse();
  }

  function wordItem(paragraph) {
    const style = paragraph.getAttribute("style") ?? "";
    const [, list, level] = /mso-list\s*:\s*(\S+)\s+level(\d+)/i.exec(style) ?? [];
    if (!list) return null;
    const mark = [...paragraph.querySelectorAll("[style]")].find((element) =>
      /mso-list\s*:\s*ignore/i.test(element.getAttribute("style")),
    );
    if (!mark) return null;
    const marker = mark.textContent.replace(/\s+/g, " ").trim();
    const symbol = /Symbol|Wingdings|Webdings|Courier/i;
    const isSymbol = [mark, ...mark.querySelectorAll("*"), mark.parentElement].some(
      (element) => symbol.test(element.style.fontFamily) || symbol.test(element.getAttribute("face") ?? ""),
    );
    return { paragraph, mark, marker, list, level: Number(level), readings: readings(marker, isSymbol) };
  }

  /** Word writes the items of its lists as paragraphs with typed numbers. What a list cannot say stays as text. */
  function buildWordLists(body) {
    const counts = new Map(); // list and level → the last reading, which the next item continues
    let open = []; // lists that the next paragraph may continue, the outermost first
    let last = null;
    for (const paragraph of [...body.querySelectorAll("p,h1,h2,h3,h4,h5,h6")]) {
      const item = wordItem(paragraph);
      if (!item) continue;
      const key = `${item.list} ${item.level}`;
      const before = counts.get(key);
      const reading = item.readings?.find(({ type, value }) => before?.type === type && before?.value + 1 === value);
      const chosen = reading ?? item.readings?.[0];
      if (!chosen) {
        item.mark.replaceWith(`${item.marker} `);
        continue;
      }
      counts.set(key, chosen);
      item.mark.remove();
      if (previousElement(paragraph) !== last || last === null) open = [];
      while (open.length && open.at(-1).level > item.level) open.pop();
      let top = open.at(-1);
      if (top?.level === item.level && !(top.type === chosen.type && (!chosen.type || top.next === chosen.value))) {
        open.pop();
        top = null;
      }
      if (top?.level !== item.level) {
        const list = body.ownerDocument.createElement(chosen.type ? "ol" : "ul");
        if (chosen.type && chosen.type !== "1") list.setAttribute("type", chosen.type);
        if (chosen.type && chosen.value !== 1) list.setAttribute("start", chosen.value);
        const parent = open.at(-1);
        if (parent) parent.list.lastElementChild.append(list);
        else paragraph.before(list);
        top = { list, level: item.level, type: chosen.type };
        open.push(top);
      }
      top.next = chosen.value + 1;
      const entry = body.ownerDocument.createElement("li");
      const align = paragraph.style.textAlign || paragraph.getAttribute("align");
      if (align) entry.style.textAlign = align;
      entry.append(...paragraph.childNodes);
      top.list.append(entry);
      paragraph.remove();
      last = open[0].list;
    }
  }

  function previousElement(element) {
    let node = element.previousSibling;
    while (node && node.nodeType !== 1 && !node.textContent.trim()) node = node.previousSibling;
    return node;
  }

  CKEDITOR.portalPaste = { buildWordLists };
})();
