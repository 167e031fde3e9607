/* global CKEDITOR */
// What is pasted from Word, Google Docs, LibreOffice and web pages, written with what an article may have.
//
// It is read in a document of its own, in which nothing runs and nothing is loaded. Formatting is taken from the styles
// as well as from the elements, because each of those programs says "bold" in its own way.
(() => {
  const BLOCKS = new Set(
    (
      "p h1 h2 h3 h4 h5 h6 div ul ol li table caption thead tbody tfoot tr th td figure figcaption blockquote hr pre " +
      "address article aside center dd details dl dt fieldset footer form header hgroup legend main nav section " +
      "summary"
    ).split(" "),
  );
  // Of these the content stays; their formatting is written anew.
  const FORMATTING = new Set(
    "b strong i em u ins s strike del sub sup span font small big tt o:p st1:place".split(" "),
  );
  const UNREAD = "script,style,title,meta,link,xml,template,noscript,iframe,object";
  const LOOSE = new Set("ul ol table thead tbody tfoot tr colgroup dl".split(" ")); // hold no words of their own
  const HEADINGS = { h1: "h2", h5: "h4", h6: "h4" };
  const OWN_SPAN = /\b(credit|photo-missing)\b/;
  const OWN_FORMAT = /^(strong|em|u|s|sub|sup|span)$/;
  const OWN_CLASS = /\b(image|align-(left|center|right)|text-(left|center|right|justify))\b/; // of this editor
  const ALIGNED = "p,h2,h3,h4,td,th,li,div";
  const READABLE_PICTURE = /^(https?:|data:image\/|\/(?!\/))/i;
  const LIST_TYPES = {
    "lower-alpha": "a",
    "lower-latin": "a",
    "upper-alpha": "A",
    "upper-latin": "A",
    "lower-roman": "i",
    "upper-roman": "I",
  };

  const nameOf = (element) => element.nodeName.toLowerCase();
  const styleOf = (element, property) => element.style?.getPropertyValue(property).trim().toLowerCase() ?? "";
  const isBlock = (node) => node.nodeType === 1 && BLOCKS.has(nameOf(node));
  const hasBlock = (element) => [...element.querySelectorAll("*")].some(isBlock);

  function renamed(element, name) {
    const other = element.ownerDocument.createElement(name);
    for (const { name: key, value } of element.attributes) {
      if (key === "class" || key === "id" || key === "style") other.setAttribute(key, value);
    }
    other.append(...element.childNodes);
    element.replaceWith(other);
    return other;
  }

  const unwrap = (element) => element.replaceWith(...element.childNodes);

  // ---------------------------------------------------------------- what nobody reads

  function removeUnread(body) {
    for (const element of body.querySelectorAll(UNREAD)) element.remove();
    for (const element of body.querySelectorAll("[style]")) {
      const style = element.getAttribute("style");
      if (/display\s*:\s*none|mso-hide\s*:\s*all/i.test(style)) element.remove();
    }
    const comments = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_COMMENT);
    const found = [];
    while (comments.nextNode()) found.push(comments.currentNode);
    for (const comment of found) comment.remove();
  }

  /** Places in the text that a link of the text leads to keep their names; all other names mean nothing here. */
  function keepTargets(body) {
    for (const wrapper of body.querySelectorAll("[id^=docs-internal-guid]")) unwrap(wrapper); // says nothing of weight
    const links = [...body.querySelectorAll("a[href^='#']")].map((link) => link.getAttribute("href").slice(1));
    const targets = new Set(links.map((target) => decodeURI(target)));
    for (const element of body.querySelectorAll("[id], a[name]")) {
      const name = [element.id, element.getAttribute("name")].find((found) => targets.has(found));
      if (name) element.id = name;
      else element.removeAttribute("id");
    }
  }

  // ---------------------------------------------------------------- lists

  function keepNumbers(body) {
    for (const list of body.querySelectorAll("ol")) {
      const style = styleOf(list, "list-style-type") || styleOf(list.querySelector("li") ?? list, "list-style-type");
      if (LIST_TYPES[style] && !list.hasAttribute("type")) list.setAttribute("type", LIST_TYPES[style]);
    }
    // Word on the web makes a list of every item.
    for (const list of body.querySelectorAll("ol")) {
      const before = list.previousElementSibling ?? onlyChildOf(list.parentElement?.previousElementSibling, list);
      if (before?.nodeName !== "OL" || (before.type || "1") !== (list.type || "1")) continue;
      const next = before.start + before.querySelectorAll(":scope > li").length;
      if (list.hasAttribute("start") && list.start === next && !list.querySelector(":scope > li[value]")) {
        before.append(...list.childNodes);
        list.remove();
      }
    }
    for (const list of body.querySelectorAll("ol[start='1']")) list.removeAttribute("start");
  }

  /** The list before this one, where each has a wrapper of its own. */
  function onlyChildOf(wrapper, list) {
    const isWrapped = list.parentElement.children.length === 1 && wrapper?.nodeName === "DIV";
    return isWrapped && wrapper.children.length === 1 ? wrapper.firstElementChild : null;
  }

  // ---------------------------------------------------------------- bold, italic, underlined …

  function formatsOf(text, body) {
    const found = {};
    let isUnderlined = false;
    let isStruck = false;
    let isLinked = false;
    for (let element = text.parentElement; element && element !== body; element = element.parentElement) {
      const name = nameOf(element);
      const weight = styleOf(element, "font-weight");
      const slant = styleOf(element, "font-style");
      const raised = styleOf(element, "vertical-align");
      const line = `${styleOf(element, "text-decoration")} ${styleOf(element, "text-decoration-line")}`;
      if (/^h[1-6]$|^th$/.test(name))
        found.strong ??= false; // bold anyway
      else if (weight) found.strong ??= weight.startsWith("bold") || Number(weight) >= 600;
      else if (name === "b" || name === "strong") found.strong ??= true;
      if (slant) found.em ??= slant !== "normal";
      else if (name === "i" || name === "em") found.em ??= true;
      if (FORMATTING.has(name)) {
        if (raised) found.raised ??= raised;
        else if (name === "sub" || name === "sup") found.raised ??= name;
      }
      const isPlain = /\bnone\b/.test(line);
      isUnderlined ||= /underline/.test(line) || ((name === "u" || name === "ins") && !isPlain);
      isStruck ||= /line-through/.test(line) || (/^(s|strike|del)$/.test(name) && !isPlain);
      isLinked ||= name === "a" && element.hasAttribute("href");
    }
    const raised = /^sub/.test(found.raised ?? "") ? "sub" : /^sup/.test(found.raised ?? "") ? "sup" : null;
    return [
      found.strong && "strong",
      found.em && "em",
      isUnderlined && !isLinked && "u",
      isStruck && "s",
      raised,
    ].filter(Boolean);
  }

  function writeFormatting(body) {
    const walker = body.ownerDocument.createTreeWalker(body, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push([walker.currentNode, formatsOf(walker.currentNode, body)]);
    for (const element of [...body.querySelectorAll("*")].reverse()) {
      if (!FORMATTING.has(nameOf(element))) continue;
      const isMarked = OWN_SPAN.test(element.className) || element.id; // a place that a link leads to
      if (!isMarked) unwrap(element);
      else if (!OWN_FORMAT.test(nameOf(element))) renamed(element, "span");
    }
    for (const [text, found] of texts) {
      const formats = found.filter((name) => !text.parentElement.closest(name));
      const isGap = !text.data.trim() && (text.parentNode === body || LOOSE.has(nameOf(text.parentNode)));
      if (isGap || !formats.length) continue;
      const wrappers = formats.map((name) => body.ownerDocument.createElement(name));
      text.replaceWith(wrappers[0]);
      wrappers.reduce((outer, inner) => outer.appendChild(inner));
      wrappers.at(-1).append(text);
    }
    body.normalize();
    joinNeighbours(body);
  }

  function joinNeighbours(parent) {
    for (let node = parent.firstChild; node; node = node.nextSibling) {
      const isFormat = /^(STRONG|EM|U|S|SUB|SUP)$/.test(node.nodeName);
      while (isFormat && node.nextSibling?.nodeName === node.nodeName) {
        node.append(...node.nextSibling.childNodes);
        node.nextSibling.remove();
      }
      node.normalize?.();
      if (node.nodeType === 1) joinNeighbours(node);
    }
  }

  // ---------------------------------------------------------------- blocks

  function alignmentOf(element) {
    const value = styleOf(element, "text-align") || (element.getAttribute("align") ?? "").toLowerCase();
    if (value === "end") return "right";
    return /^(center|right|justify)$/.test(value) ? value : nameOf(element) === "center" ? "center" : "";
  }

  function writeAlignment(body) {
    for (const element of body.querySelectorAll(ALIGNED)) {
      const alignment = alignmentOf(element);
      if (alignment && !/\btext-(left|center|right|justify)\b/.test(element.className)) {
        element.classList.add(`text-${alignment}`);
      }
    }
  }

  /** Containers of other programs and pages, which mean nothing here, become paragraphs or go. */
  function writeBlocks(body) {
    for (const element of [...body.querySelectorAll("pre")]) {
      for (const text of textsIn(element)) {
        const lines = text.data.replace(/\n$/, "").split("\n");
        text.replaceWith(...lines.flatMap((line, place) => (place ? [make(body, "br"), line] : [line])));
      }
    }
    for (const element of [...body.querySelectorAll("*")].reverse()) {
      const name = nameOf(element);
      if (HEADINGS[name]) renamed(element, HEADINGS[name]);
      else if (
        BLOCKS.has(name) &&
        !/^(p|h[2-4]|ul|ol|li|table|caption|thead|tbody|tfoot|tr|th|td|figure|figcaption|blockquote|hr)$/.test(name)
      ) {
        writeContainer(element);
      }
    }
  }

  const make = (body, name) => body.ownerDocument.createElement(name);

  function textsIn(element) {
    const walker = element.ownerDocument.createTreeWalker(element, NodeFilter.SHOW_TEXT);
    const texts = [];
    while (walker.nextNode()) texts.push(walker.currentNode);
    return texts;
  }

  function writeContainer(element) {
    if (nameOf(element) === "div" && OWN_CLASS.test(element.className)) return;
    const alignment = alignmentOf(element);
    const takesParagraphs = !element.parentElement?.closest("p,h2,h3,h4");
    if (!hasBlock(element)) {
      if (!element.textContent.trim() && !element.querySelector("img,br,[id]")) element.remove();
      else if (!takesParagraphs) element.replaceWith(" ", ...element.childNodes, " ");
      else {
        const paragraph = renamed(element, "p");
        if (alignment) paragraph.style.textAlign = alignment;
      }
      return;
    }
    // Words between its blocks become paragraphs, so that none runs into its neighbour.
    let run = null;
    for (const node of [...element.childNodes]) {
      if (isBlock(node) || (node.nodeType === 1 && hasBlock(node))) {
        run = null;
        if (alignment && node.matches(ALIGNED) && !alignmentOf(node)) node.style.textAlign = alignment;
      } else if (run) run.append(node);
      else if (node.nodeType === 1 || node.textContent.trim()) {
        run = make(element, "p");
        if (alignment) run.style.textAlign = alignment;
        node.before(run);
        run.append(node);
      }
    }
    unwrap(element);
  }

  // ---------------------------------------------------------------- pictures

  /** A picture that cannot be read leaves a box, so that nobody overlooks that it is missing. */
  function markMissingPictures(body, words) {
    let count = 0;
    for (const picture of body.querySelectorAll("img, v\\:imagedata")) {
      if (READABLE_PICTURE.test(picture.getAttribute("src") ?? "")) continue;
      const box = make(body, "span");
      box.className = "photo-missing";
      box.textContent = words;
      picture.replaceWith(box);
      count++;
    }
    return count;
  }

  // ---------------------------------------------------------------- all of it

  /** Returns the HTML, and the number of its pictures that could not be read. */
  function cleanPaste(html, missingPicture) {
    const { body } = new DOMParser().parseFromString(html, "text/html");
    removeUnread(body);
    keepTargets(body);
    CKEDITOR.portalPaste.buildWordLists(body);
    keepNumbers(body);
    const missing = markMissingPictures(body, missingPicture);
    writeFormatting(body);
    writeBlocks(body);
    writeAlignment(body);
    for (const element of body.querySelectorAll("[style]")) element.removeAttribute("style");
    return { html: body.innerHTML, missing };
  }

  /** The words alone, a paragraph for each line; for what cannot be read in any other way. */
  function plainPaste(html, text) {
    const words =
      text ||
      new DOMParser().parseFromString(html.replace(/<\/?(p|div|br|li|tr|h\d)\b/gi, "\n$&"), "text/html").body
        .textContent;
    const lines = words.split(/\s*\n\s*/).filter((line) => line.trim());
    return lines.map((line) => `<p>${CKEDITOR.tools.htmlEncode(line.trim())}</p>`).join("");
  }

  Object.assign(CKEDITOR.portalPaste, { cleanPaste, plainPaste });
})();
