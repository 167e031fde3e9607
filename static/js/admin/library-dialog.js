// Opens the photo library in a dialog. The page inside reports the chosen photo with postMessage.

const translate = window.gettext ?? ((text) => text);

function buildDialog(url) {
  const dialog = document.createElement("dialog");
  dialog.className = "library-dialog";
  dialog.setAttribute("aria-label", translate("Thư viện ảnh"));

  const bar = document.createElement("div");
  bar.className = "library-dialog__bar";
  const title = document.createElement("p");
  title.className = "library-dialog__title";
  title.textContent = translate("Thư viện ảnh");
  const close = document.createElement("button");
  close.type = "button";
  close.className = "library-dialog__close";
  close.textContent = translate("Đóng");
  close.addEventListener("click", () => dialog.close());
  bar.append(title, close);

  const frame = document.createElement("iframe");
  frame.className = "library-dialog__frame";
  frame.title = translate("Thư viện ảnh");
  frame.src = url;
  frame.autofocus = true;

  dialog.append(bar, frame);
  return { dialog, frame };
}

/** Opens the library at `url`; resolves with the chosen photo, or with null when the dialog is closed without one. */
export function choosePhoto(url) {
  const address = new URL(url, location.href);
  address.searchParams.set("chon", "1");
  const { dialog, frame } = buildDialog(address.href);
  const opener = document.activeElement;

  return new Promise((resolve) => {
    let chosen = null;
    const listen = (event) => {
      if (event.origin !== location.origin || event.source !== frame.contentWindow) return;
      if (event.data?.type === "photo-chosen") {
        chosen = event.data.photo;
        dialog.close();
      } else if (event.data?.type === "library-closed") {
        dialog.close();
      }
    };
    window.addEventListener("message", listen);
    dialog.addEventListener("close", () => {
      window.removeEventListener("message", listen);
      dialog.remove();
      opener?.focus?.();
      resolve(chosen);
    });
    document.body.append(dialog);
    dialog.showModal();
  });
}
