// Sends the opinion form without leaving the page. Without this script, or when it fails, the browser submits the form.

class OpinionForm {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-captcha-place]");
    this.message = form.querySelector("[data-message]");
    this.sender = form.querySelector("[data-send]");
    this.captchaTemplate = document.querySelector("[data-captcha-template]");
    this.thanksTemplate = document.querySelector("[data-thanks-template]");
    this.scriptFailed = false; // from then on the browser submits the form
    this.busy = false;

    form.noValidate = true; // the server's messages are Vietnamese, the browser's may not be
    form.addEventListener("focusin", () => this.firstCaptcha(), { once: true });
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("input", (event) => this.clearError(event.target));
  }

  get captcha() {
    return this.place.querySelector("[data-captcha]");
  }

  async firstCaptcha() {
    if (!this.captcha) await this.newCaptcha("picture", { quietly: true });
  }

  onSubmit(event) {
    if (this.scriptFailed) return;
    const kind = event.submitter?.dataset.newCaptcha;
    if (kind) {
      event.preventDefault();
      this.newCaptcha(kind, {});
    } else if (this.captcha) {
      event.preventDefault();
      this.send();
    }
    // Without a captcha yet, the browser sends the form and the next page shows one.
  }

  // ---------------------------------------------------------------- the captcha

  async newCaptcha(kind, { quietly = false }) {
    try {
      const response = await this.post(this.form.dataset.captchaUrl, new URLSearchParams({ captcha_kind: kind }));
      const data = await response.json();
      if (!response.ok) {
        if (!quietly) this.say(data.message, true);
        return;
      }
      this.showCaptcha(data);
      if (!quietly) {
        this.say("", false);
        this.form.elements.captcha.focus();
      }
    } catch {
      if (!quietly) this.say(this.form.dataset.failed, true);
    }
  }

  showCaptcha({ ticket, kind, picture, question, csrf }) {
    if (!this.captcha) this.place.replaceChildren(this.captchaTemplate.content.cloneNode(true));
    const same = this.captcha.querySelector("[data-ticket]").value === ticket;
    this.captcha.querySelector("[data-ticket]").value = ticket;
    this.captcha.querySelector("[data-kind]").value = kind;
    const image = this.captcha.querySelector("[data-picture]");
    const words = this.captcha.querySelector("[data-question]");
    image.hidden = !picture;
    if (picture) image.src = picture;
    words.hidden = !question;
    words.textContent = question;
    this.captcha.querySelector("[data-picture-hint]").hidden = !picture;
    this.captcha.querySelector("[data-question-hint]").hidden = !question;
    if (!same) this.form.elements.captcha.value = "";
    this.showError("captcha", "");
    this.hidden("csrfmiddlewaretoken", csrf);
  }

  hidden(name, value) {
    let input = this.form.querySelector(`input[name="${name}"]`);
    if (!input) {
      input = document.createElement("input");
      input.type = "hidden";
      input.name = name;
      this.form.append(input);
    }
    input.value = value;
  }

  // ---------------------------------------------------------------- sending

  async send() {
    if (this.busy) return;
    this.setBusy(true);
    try {
      const body = new URLSearchParams(new FormData(this.form));
      body.set("action", "send");
      const url = this.form.getAttribute("action").split("#")[0]; // form.action is the button of that name
      const response = await this.post(url, body);
      const data = await response.json();
      if (response.status === 201) this.thank(data);
      else this.showProblems(data);
    } catch {
      this.scriptFailed = true;
      this.say(this.form.dataset.failed, true);
      this.message.focus();
    } finally {
      this.setBusy(false);
    }
  }

  post(address, body) {
    return fetch(address, {
      method: "POST",
      body,
      headers: { Accept: "application/json" },
      credentials: "same-origin",
    });
  }

  setBusy(busy) {
    this.busy = busy;
    this.sender.setAttribute("aria-disabled", String(busy));
    if (busy) this.say(this.form.dataset.sending, false);
  }

  thank({ code, address }) {
    const thanks = this.thanksTemplate.content.cloneNode(true);
    thanks.querySelector("[data-receipt-code]").textContent = code;
    thanks.querySelector("[data-receipt-address]").href = address;
    const box = thanks.querySelector("[data-thanks]");
    this.form.replaceWith(thanks);
    box.focus();
  }

  showProblems({ message, errors = {}, focus = "", captcha = null }) {
    if (captcha) this.showCaptcha(captcha);
    for (const field of this.form.querySelectorAll("[data-field]")) {
      this.showError(field.dataset.field, errors[field.dataset.field]?.[0] ?? "");
    }
    this.say(message || Object.values(errors)[0]?.[0] || this.form.dataset.failed, true);
    const next = this.form.elements[focus];
    (next ?? this.message).focus();
  }

  showError(name, text) {
    const field = this.form.querySelector(`[data-field="${name}"]`);
    const input = this.form.elements[name];
    if (!field || !input) return;
    field.classList.toggle("opinion-form__field--wrong", Boolean(text));
    field.querySelector("[data-error]").textContent = text;
    if (text) {
      const note = field.querySelector("[data-error]").id;
      const notes = new Set((input.getAttribute("aria-describedby") ?? "").split(" ").filter(Boolean)).add(note);
      input.setAttribute("aria-describedby", [...notes].join(" "));
      input.setAttribute("aria-invalid", "true");
    } else {
      input.removeAttribute("aria-invalid");
    }
  }

  clearError(input) {
    if (input.getAttribute?.("aria-invalid") === "true") this.showError(input.name, "");
  }

  say(text, isProblem) {
    this.message.setAttribute("role", isProblem ? "alert" : "status");
    const line = document.createElement("p");
    line.className = isProblem ? "problem" : "opinion-form__next";
    line.textContent = text;
    this.message.replaceChildren(...(text ? [line] : []));
  }
}

for (const form of document.querySelectorAll("[data-opinion-form]")) new OpinionForm(form);
