"use strict";
// Files that are dropped on the page or chosen: a certificate is checked, a configuration becomes the question, and of
// a table each rate is one, of whatever else stands in the form. Nothing of a file leaves the page.
(() => {
  const LARGEST = 64 * 2 ** 20; // bytes, as the checker has it
  const TABLES = ["csv", "tsv", "jsonl", "ndjson", "parquet", "gz", "zst", "xz", "xlsx", "arrow", "feather"];
  const { answer, begin, call, card, download, element, fault, fields, fill, missing, note, python, tell, ask } = Laboratory;
  const chosen = document.getElementById("file");
  const plain = (name) => name.replace(/[^A-Za-z0-9._-]+/g, "-").replace(/^[.-]+/, "").slice(-80) || "file";

  async function take(file) {
    const stale = begin(`reading ${file.name} ...`);
    note.textContent = "";
    if (file.size > LARGEST) return fault(`${file.name} has more than ${LARGEST / 2 ** 20} MB: the checker reads no longer certificate, and a page no longer table`);
    if (missing) return fault(missing);
    const data = new Uint8Array(await file.arrayBuffer()), name = plain(file.name);
    if (stale()) return;
    const ending = name.split(".").at(-1).toLowerCase();
    try {
      if (isCertificate(data)) await check(name, data, stale);
      else if (TABLES.includes(ending)) await table(name, data, stale);
      else await configuration(name, data, stale);
    } catch (error) {
      if (!stale()) fault(error.message);
    }
  }

  // Each certificate begins with its digest, and each has the format among its last keys.
  const isCertificate = (data) => /^\s*\{\s*"digest"\s*:\s*"sha256:/.test(new TextDecoder().decode(data.subarray(0, 200)));

  async function check(name, data, stale) {
    tell(`checking ${name} ...`, "", true);
    const { text, milliseconds } = await python.ask("judged", [name], data);
    if (stale()) return;
    const told = JSON.parse(text);
    const accepted = card(answer, name, null)(told, milliseconds);
    tell(`${told.outcome} in ${PagePython.seconds(milliseconds)}, in this page`, accepted ? "done" : "fault");
  }

  async function configuration(name, data, stale) {
    tell(`reading ${name} ...`, "", true);
    const { text } = await call("configuration", [name, fields().p_ref ?? ""], data, stale);
    if (stale()) return;
    const found = JSON.parse(text);
    if (found.error) return fault(found.error);
    const { p_ref } = fields();
    fill({ ...found.fields, p_ref: p_ref ?? "0.3" });
    const lists = [["assumed", found.assumptions], ["not covered", found.not_covered], ["other keys", found.others]];
    const items = lists.filter(([, lines]) => lines.length).flatMap(([title, lines]) => [
      element("p", { textContent: `${title}:` }), element("ul", {}, ...lines.map((line) => element("li", { textContent: line }))),
    ]);
    note.replaceChildren(`${name}: ${found.read} `, element("details", {}, element("summary", { textContent: "assumed, and not covered" }), ...items));
    await ask();
  }

  async function table(name, data, stale) {
    const { text } = await call("table", [name], data, stale);
    if (stale()) return;
    const found = JSON.parse(text), question = fields();
    if (found.error) return fault(found.error);
    if (question.errors) return fault("a table's rates are taken to be those of a verifier that is right: leave the fields of one that errs empty");
    delete question.p_ref;
    const head = ["p_ref", "prompts", "small steps", "solved exactly", "by the checker"];
    const body = element("tbody", {});
    const ends = found.ends ? ` ${found.ends} of its prompts have the rate 0 or 1, and stay there.` : "";
    const asked = Object.entries(question).map(([key, value]) => `${key} ${value}`).join(", ");
    const read = element("p", { className: "time", textContent: `${name}: ${found.sentence}.${ends} Each rate is taken as exact, with ${asked}.` });
    const shown = element("table", {}, element("thead", {}, element("tr", {}, ...head.map((words) => element("th", { scope: "col", textContent: words })))), body);
    const save = element("button", { type: "button", textContent: "download the table" });
    const lines = [head];
    save.addEventListener("click", () => download(`${name}-answered`, lines.map((cells) => cells.map(quoted).join(",")).join("\n") + "\n", "csv"));
    answer.append(element("section", {}, element("h2", { textContent: "the table, rate by rate" }), read, element("div", { className: "scroll", tabIndex: 0, role: "group", ariaLabel: "the table" }, shown), element("p", {}, save)));
    let accepted = 0;
    for (const [k, rate] of found.rates.entries()) {
      tell(`${k} of ${found.rates.length} rates ...`, "", true);
      const cells = await row({ ...question, p_ref: rate.p_ref }, rate, stale);
      if (stale()) return;
      accepted += cells.at(-1) === "accepted";
      lines.push(cells);
      body.append(element("tr", {}, ...cells.map((words) => element("td", { textContent: words }))));
    }
    tell(`${accepted} of ${found.rates.length} rates proved and checked, in this page`, accepted === found.rates.length ? "done" : "fault");
  }

  // One rate: what is proved of it, if the checker accepts all of that.
  async function row(question, rate, stale) {
    const prompts = `${rate.prompts}: ${rate.first.join(", ")}${rate.prompts > rate.first.length ? " ..." : ""}`;
    const { text } = await call("answer", [JSON.stringify(question)], undefined, stale);
    const found = JSON.parse(text);
    if (stale() || found.error) return [rate.p_ref, prompts, found.error ?? "", "", "nothing to check"];
    const outcomes = new Set();
    for (const certificate of Object.values(found.certificates)) {
      const { text: verdict } = await python.ask("judged", ["certificate.json"], new TextEncoder().encode(certificate));
      outcomes.add(JSON.parse(verdict).outcome);
      if (stale()) return [];
    }
    const outcome = outcomes.size === 1 ? [...outcomes][0] : outcomes.size ? "not all accepted" : "nothing to check";
    const said = (title) => {
      const view = found.views.find((one) => one.title === title);
      if (!view || outcome !== "accepted") return "";
      const fact = found.facts.find(([name]) => name.startsWith(`${title}: `));
      return fact ? `${fact[0].slice(title.length + 2)} ${fact[1]}` : [view.verdict, view.reason].filter(Boolean).join(": ");
    };
    return [rate.p_ref, prompts, said("small steps") || said("steps of this size"), said("the exact iteration"), outcome];
  }
  // A cell that a spreadsheet takes for a formula is text to it behind an apostrophe.
  const quoted = (words) => `"${(/^[=+\-@\t\r]/.test(words) ? `'${words}` : words).replaceAll('"', '""')}"`;

  chosen.addEventListener("change", () => {
    const [file] = chosen.files;
    chosen.value = ""; // the same file may be chosen once more
    if (file) take(file);
  });
  document.getElementById("choose").addEventListener("click", () => chosen.click());
  for (const kind of ["dragover", "dragleave", "drop"])
    addEventListener(kind, (event) => {
      event.preventDefault(); // a browser would open the file in the place of the page
      document.body.classList.toggle("dropping", kind === "dragover");
    });
  addEventListener("drop", ({ dataTransfer: { files } }) => {
    if (files.length === 1) take(files[0]);
    else fault("one file at a time: a configuration, a table of pass rates, or a certificate");
  });
})();
