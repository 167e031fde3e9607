// Sends the opinion form without leaving the page. Without this script, or when it fails, the browser submits the form.

class OpinionForm {
  constructor(form) {
    this.form = form;
    this.place = form.querySelector("[data-code-place]");
    this.message = form.querySelector("[data-message]");
    this.sender = form.querySelector("[data-send]");
    this.codeTemplate = document.querySelector("[data-code-template]");
    this.thanksTemplate = document.querySelector("[data-thanks-template]");
    this.scriptFailed = false; // from then on the browser submits the form
    this.busy = false;

    form.noValidate = true; // the server's messages are Vietnamese, the browser's may not be
    form.addEventListener("focusin", () => this.firstCode(), { once: true });
    form.addEventListener("submit", (event) => this.onSubmit(event));
    form.addEventListener("input", (event) => this.clearError(event.target));
  }

  get code() {
    return this.place.querySelector("[data-code]");
  }

  async firstCode() {
    if (!this.code) await this.renew("", { quietly: true });
  }

  onSubmit(event) {
    if (this.scriptFailed) return;
    const job = event.submitter?.value ?? "gui";
    if (job !== "gui") {
      event.preventDefault();
      this.renew(job, {});
    } else if (this.code) {
      event.preventDefault();
      this.send();
    }
    // Without a confirmation code, the browser submits the form and the next page shows one.
  }

  // ---------------------------------------------------------------- the confirmation code

  async renew(kind, { quietly = false }) {
    try {
      const response = await this.post(this.form.dataset.codeAddress, new URLSearchParams({ viec: kind }));
      const data = await response.json();
      if (!response.ok) {
        if (!quietly) this.say(data.message, true);
        return;
      }
      this.showCode(data);
      if (!quietly) {
        this.say("", false);
        this.form.elements.ma.focus();
      }
    } catch {
      if (!quietly) this.say(this.form.dataset.failed, true);
    }
  }

  showCode({ ticket, kind, picture, question, csrf }) {
    if (!this.code) this.place.replaceChildren(this.codeTemplate.content.cloneNode(true));
    const same = this.code.querySelector("[data-ticket]").value === ticket;
    this.code.querySelector("[data-ticket]").value = ticket;
    this.code.querySelector("[data-kind]").value = kind;
    const image = this.code.querySelector("[data-picture]");
    const words = this.code.querySelector("[data-question]");
    image.hidden = !picture;
    if (picture) image.src = picture;
    words.hidden = !question;
    words.textContent = question;
    this.code.querySelector("[data-picture-hint]").hidden = !picture;
    this.code.querySelector("[data-question-hint]").hidden = !question;
    if (!same) this.form.elements.ma.value = "";
    this.showError("ma", "");
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
      body.set("viec", "gui");
      const response = await this.post(this.form.action.split("#")[0], body);
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

  showProblems({ message, errors = {}, focus = "", confirmation = null }) {
    if (confirmation) this.showCode(confirmation);
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
