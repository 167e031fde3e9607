/* global CKEDITOR */
// A plugin for CKEditor 4: the button of the photo library, the CSRF token on uploads, dialogs that offer only what the
// server keeps, and the Vietnamese texts that are missing in CKEditor's own translation.
(() => {
  "use strict";

  const { htmlEncode, htmlEncodeAttr } = CKEDITOR.tools;

  // ---------------------------------------------------------------- pictures

  function captionHtml(editor, { caption, credit }) {
    const by =
      credit && `<span class="credit">${htmlEncode(editor.lang.photolibrary.credit)} ${htmlEncode(credit)}</span>`;
    return [htmlEncode(caption), by].filter(Boolean).join(" ");
  }

  function figureHtml(editor, photo) {
    const image =
      `<img src="${htmlEncodeAttr(photo.url)}" alt="${htmlEncodeAttr(photo.alt)}"` +
      ` width="${photo.width}" height="${photo.height}">`;
    return `<figure class="image">${image}<figcaption>${captionHtml(editor, photo)}</figcaption></figure>`;
  }

  /** Inside the caption of another picture there is no room for a figure: it goes below that picture. */
  function leaveCaption(editor) {
    const place = editor.getSelection()?.getStartElement();
    const widget = place && editor.widgets.getByElement(place);
    if (!widget) return;
    const range = editor.createRange();
    range.moveToPosition(widget.wrapper, CKEDITOR.POSITION_AFTER_END);
    range.select();
  }

  /** Below the picture just inserted, so that writing goes on there. */
  function goBelow(editor, url) {
    const widget = newestPicture(editor, url);
    if (!widget) return;
    let next = widget.wrapper.getNext((node) => node.type === CKEDITOR.NODE_ELEMENT && !node.data("cke-temp"));
    if (!next || next.data("cke-widget-wrapper")) {
      next = new CKEDITOR.dom.element("p");
      next.insertAfter(widget.wrapper);
      next.appendBogus();
    }
    const range = editor.createRange();
    range.moveToElementEditStart(next);
    range.select();
    widget.wrapper.$.scrollIntoView({ block: "nearest" });
  }

  function newestPicture(editor, url) {
    return Object.values(editor.widgets.instances)
      .filter((widget) => widget.name === "image" && widget.data.src === url && widget.wrapper.$.isConnected)
      .at(-1);
  }

  function insertPhoto(editor, photo) {
    editor.focus();
    leaveCaption(editor);
    editor.fire("saveSnapshot");
    editor.insertHtml(figureHtml(editor, photo));
    goBelow(editor, photo.url);
    editor.fire("saveSnapshot");
  }

  /** The picture dialog's own "browse" button: fills in its fields, and the caption once there is one. */
  function fillPictureDialog(dialog, photo) {
    const editor = dialog.getParentEditor();
    const text = captionHtml(editor, photo);
    dialog.setValueOf("info", "src", photo.url);
    dialog.setValueOf("info", "alt", photo.alt);
    if (!text) return;
    dialog.setValueOf("info", "hasCaption", true);
    const setCaption = () => newestPicture(editor, photo.url)?.editables.caption?.setData(text);
    const onOk = dialog.on("ok", () => setTimeout(setCaption, 0));
    dialog.once("hide", () => onOk.removeListener());
  }

  // ---------------------------------------------------------------- uploads

  function sendToken(editor) {
    const form = editor.element.$.form;
    const token = form?.querySelector("input[name=csrfmiddlewaretoken]")?.value;
    if (token) editor.config.fileTools_requestHeaders = { "X-CSRFToken": token };
  }

  /** A picture still on its way would be missing from what is saved. */
  function holdFormWhileUploading(editor) {
    editor.element.$.form?.addEventListener(
      "submit",
      (event) => {
        if (editor.uploadRepository.isFinished()) return;
        event.preventDefault();
        event.stopImmediatePropagation();
        editor.showNotification(editor.lang.photolibrary.wait, "warning");
      },
      true,
    );
  }

  // ---------------------------------------------------------------- untouched texts

  /** The editor writes every text in a spelling of its own: what nobody has touched is sent as it was stored. */
  function keepUntouched(editor) {
    const stored = editor.element.getValue();
    let opened = null;
    const onData = ({ data }) => {
      if (data.dataValue === opened) data.dataValue = stored;
    };
    const remember = () => {
      opened = editor.getData();
      editor.on("getData", onData, null, null, 999);
    };
    editor.on("instanceReady", remember);
  }

  // ---------------------------------------------------------------- pasting

  const PICTURE_TYPES = /image\/(jpeg|png|gif|webp)/;

  /** What comes from elsewhere is written with what an article may have; what that fails on, as plain text. */
  function readPastes(editor) {
    const path = CKEDITOR.plugins.getPath("photolibrary");
    const { pastetools } = CKEDITOR.plugins;
    editor.pasteTools.register({
      filters: [
        ...["common", "image"].map((name) =>
          CKEDITOR.getUrl(`${CKEDITOR.plugins.getPath("pastetools")}filter/${name}.js`),
        ),
        CKEDITOR.getUrl(`${path}paste-word-lists.js`),
        CKEDITOR.getUrl(`${path}paste.js`),
      ],
      canHandle: ({ data }) =>
        data.type !== "text" &&
        data.dataTransfer.getTransferType(editor) !== CKEDITOR.DATA_TRANSFER_INTERNAL &&
        /<\w/.test(pastetools.getClipboardData(data, "text/html") || data.dataValue),
      handle({ data }, next) {
        const html = pastetools.getClipboardData(data, "text/html") || data.dataValue;
        data.dontFilter = true; // the editor's own filter of pastes would take alignment and numbers away
        data.dataValue = readPaste(editor, html, data.dataTransfer);
        next();
      },
    });
  }

  function readPaste(editor, html, transfer) {
    const { missingPicture, missingPictures, pastedAsText } = editor.lang.photolibrary;
    const { cleanPaste, plainPaste } = CKEDITOR.portalPaste;
    try {
      const withPictures = CKEDITOR.pasteFilters.image(html, editor, transfer.getData("text/rtf", true));
      const cleaned = cleanPaste(withPictures, missingPicture);
      if (cleaned.missing) editor.showNotification(missingPictures, "warning");
      return cleaned.html;
    } catch (error) {
      console.warn(error);
      editor.showNotification(pastedAsText, "warning");
      return plainPaste(html, transfer.getData("text/plain"));
    }
  }

  // ---------------------------------------------------------------- dialogs

  const KEPT_PROTOCOLS = ["https://", "http://", ""];

  CKEDITOR.on("dialogDefinition", ({ data: { name, definition } }) => {
    const info = definition.getContents("info");
    if (name === "table") {
      info.get("selHeaders").default = "row";
    } else if (name === "link") {
      info.get("linkType").items = info.get("linkType").items.filter(([, value]) => value !== "anchor");
      info.get("protocol").items = info
        .get("protocol")
        .items.filter(([, value = ""]) => KEPT_PROTOCOLS.includes(value));
    } else if (name === "image2") {
      // Readers see every picture at full or half text width, so a size in pixels has no effect.
      const sizes = info.elements.find((element) => element.children?.some((child) => child.id === "width"));
      sizes.style = "display:none";
    }
  });

  // ---------------------------------------------------------------- words

  function improveWords(editor) {
    override(editor.lang, editor.lang.photolibrary.overrides);
  }

  function override(words, better) {
    for (const [key, value] of Object.entries(better)) {
      if (typeof value === "object" && typeof words[key] === "object") override(words[key], value);
      else words[key] = value;
    }
  }

  // ---------------------------------------------------------------- the plugin

  CKEDITOR.plugins.add("photolibrary", {
    requires: "filebrowser,image2,link,pastetools,table,uploadimage,uploadwidget,widget",
    lang: "vi",

    beforeInit(editor) {
      improveWords(editor);
      editor.config.specialChars = editor.lang.photolibrary.specialChars;
      editor.config.uploadImage_supportedTypes = PICTURE_TYPES;
      editor.on("widgetDefinition", ({ data: definition }) => {
        // Credits are marked inside captions; the picture plugin would strip the mark.
        if (definition.name === "image") definition.editables.caption.allowedContent += "; span(!credit)";
        // A pasted picture gets a caption field like one from the library.
        if (definition.name === "uploadimage") {
          definition.onUploaded = function onUploaded({ responseData: { url, width, height } }) {
            this.replaceWith(figureHtml(editor, { url, width, height, alt: "", caption: "", credit: "" }));
            if (editor.widgets.focused?.data.src === url) goBelow(editor, url); // unless the cursor has moved on
          };
        }
      });
      readPastes(editor);
    },

    init(editor) {
      improveWords(editor); // again: plugins loaded since have added their own texts
      const library = import(`${this.path}library-dialog.js`);
      for (const sheet of ["photo-fields", "editor"]) {
        CKEDITOR.document.appendStyleSheet(CKEDITOR.getUrl(`${this.path}../../css/admin/${sheet}.css`));
      }
      sendToken(editor);
      holdFormWhileUploading(editor);
      keepUntouched(editor);

      editor.addCommand("photolibrary", {
        async: true,
        async exec() {
          const { choosePhoto } = await library;
          const photo = await choosePhoto(editor.config.filebrowserImageBrowseUrl);
          if (photo) insertPhoto(editor, photo);
          editor.fire("afterCommandExec", { name: "photolibrary", command: this });
        },
      });
      editor.ui.addButton("PhotoLibrary", {
        label: editor.lang.photolibrary.button,
        command: "photolibrary",
        icon: `${this.path}photo-library.svg`,
        toolbar: "insert,5",
      });

      // The picture dialog's "browse" button opens the same library instead of a window of its own.
      editor.popup = async (url) => {
        const { choosePhoto } = await library;
        const photo = await choosePhoto(url);
        const dialog = CKEDITOR.dialog.getCurrent();
        if (photo && dialog) fillPictureDialog(dialog, photo);
      };
    },
  });
})();
