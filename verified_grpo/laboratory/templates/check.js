"use strict";
// "Check it here": the checker itself, in this page, on the certificate as its file holds it, or as one altered it.
(() => {
  const EDITABLE = 400_000; // characters; a longer certificate is checked, and altered outside
  const settings = JSON.parse(document.getElementById("checker-settings").textContent);
  const python = new PagePython(settings.folder, settings.archives, settings.source);
  const missing = PagePython.missing();
  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  class Panel {
    constructor(place) {
      this.place = place;
      this.file = place.dataset.certificate;
      this.name = place.dataset.name;
      this.button = element("button", { type: "button", textContent: "Check it here" });
      this.said = element("output", { ariaLive: "polite" });
      this.printed = element("pre", { hidden: true, tabIndex: 0 });
      this.button.addEventListener("click", () => this.check());
      place.append(element("p", {}, this.button, " ", this.said), this.printed);
    }

    async bytes() {
      const answer = await fetch(new URL(this.file, document.baseURI));
      if (!answer.ok) throw new Error(`${this.file} is not beside this page`);
      return new Uint8Array(await answer.arrayBuffer());
    }

    async check(text, seal) {
      this.show(python.isReady ? "checking ..." : "starting Python in this page ...", "");
      this.button.disabled = true;
      try {
        if (missing) throw new Error(missing);
        if (seal) text = (await python.ask("sealed", [text])).text;
        if (seal) this.field.value = text;
        const data = text === undefined ? await this.bytes() : new TextEncoder().encode(text);
        python.onready = () => this.show("checking ...", "");
        const { text: answer, milliseconds } = await python.ask("check", [this.name], data);
        const { outcome, printed } = JSON.parse(answer);
        this.show(`${text === undefined ? "" : "what stands in the field: "}${outcome} in ${PagePython.seconds(milliseconds)}`, outcome);
        this.printed.textContent = printed;
        this.printed.hidden = false;
        if (!this.field) this.offer(new TextDecoder().decode(data));
        return outcome;
      } catch (error) {
        this.show(error.message, "fault");
        return "fault";
      } finally {
        this.button.disabled = false;
      }
    }

    show(words, outcome) {
      this.said.textContent = words;
      this.said.className = outcome;
      if (outcome !== "accepted") this.printed.hidden = true;
    }

    // The certificate to be altered: whatever stands in the field is text.
    offer(text) {
      const summary = element("summary", { textContent: "Alter the certificate, and see" });
      if (text.length > EDITABLE) {
        const note = element("p", { textContent: `It has ${text.length} characters, too many for a field of a page.` });
        this.place.append(element("details", {}, summary, note));
        this.field = note;
        return;
      }
      this.field = element("textarea", { value: text, rows: 14, spellcheck: false, ariaLabel: "the certificate" });
      const own = element("button", { type: "button", textContent: "Check what stands here" });
      const back = element("button", { type: "button", textContent: "As it was" });
      const seal = element("input", { type: "checkbox" });
      own.addEventListener("click", () => this.check(this.field.value, seal.checked));
      back.addEventListener("click", () => (this.field.value = text));
      const label = element("label", {}, seal, " write its digest anew, so that the mathematics has to find the change");
      this.place.append(element("details", { className: "alter" }, summary, this.field, element("p", {}, own, " ", back, " ", label)));
    }
  }

  const panels = [...document.querySelectorAll("[data-certificate]")].map((place) => new Panel(place));
  const all = document.querySelector(".check-all");
  const button = element("button", { type: "button", textContent: `Check all ${panels.length} here` });
  const said = element("output", { ariaLive: "polite" });
  if (panels.length > 1) all.append(element("p", {}, button, " ", said));
  if (missing) all.append(element("p", { className: "note", textContent: missing }));
  button.addEventListener("click", async () => {
    button.disabled = true;
    const found = {};
    for (const [k, panel] of panels.entries()) {
      const outcome = await panel.check();
      found[outcome] = (found[outcome] ?? 0) + 1;
      const words = Object.entries(found).map(([word, count]) => `${count} ${word}`).join(", ");
      said.textContent = `${k + 1} of ${panels.length}: ${words}`;
    }
    button.disabled = false;
  });
})();
