"use strict";
// The laboratory: a question out of the form or the address, its proof and its check in a worker, the answer as
// text. Whatever was typed stays text: nothing of it becomes markup.
(() => {
  const PATIENCE = 3000; // milliseconds that an old question may go on when a new one waits
  const PAUSE = 700; // between typing and asking
  const VIEWS = ["small steps", "steps of this size", "the exact iteration"];
  const ORDER = [...VIEWS, "all fixed points", "where the two part"];
  const form = document.getElementById("question");
  const status = document.getElementById("status");
  const answer = document.getElementById("answer");
  const settings = JSON.parse(document.getElementById("settings").textContent);
  const python = new PagePython(settings.folder, settings.archives, settings.source);
  const missing = PagePython.missing();
  const README = { contrast: "mean-var", eps: "1e-5", beta: "5", p_ref: "0.001", kl: "reverse" };
  let asked = 0;
  let pause = null;

  const element = (name, properties, ...children) => {
    const made = Object.assign(document.createElement(name), properties);
    made.append(...children);
    return made;
  };

  function fields() {
    const { contrast } = form.elements;
    for (const label of form.querySelectorAll("[data-of]")) label.hidden = !label.dataset.of.split(" ").includes(contrast.value);
    const shown = [...form.elements].filter((field) => field.name && !field.closest("label").hidden);
    return Object.fromEntries(shown.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value));
  }

  function fill(values) {
    for (const field of form.elements) {
      if (field.name) field.value = values[field.name] ?? "";
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
    fields();
  }

  function clear(words, kind = "") {
    asked += 1;
    answer.replaceChildren();
    status.textContent = words;
    status.className = kind;
    return asked;
  }

  function download(title, text) {
    const name = `${title.replaceAll(" ", "-")}.json`;
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type: "application/json" })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // One statement: how its check goes, and then what is claimed.
  function card(into, title, text) {
    const word = element("strong", { textContent: "not checked yet" });
    const said = element("span", {});
    const banner = element("p", { className: "banner declined" }, word, " ", said);
    const time = element("span", { className: "time" });
    const save = element("button", { type: "button", textContent: "download the certificate" });
    save.addEventListener("click", () => download(title, text));
    const words = element("pre", { tabIndex: 0 });
    const more = element("details", { hidden: true }, element("summary", { textContent: "the statement, as the checker read it" }), words);
    into.append(element("section", {}, element("h2", { textContent: title }), banner, element("p", {}, save, " ", time), more));
    return ({ outcome, headline, message, statement, arithmetic }, milliseconds) => {
      const accepted = outcome === "accepted";
      word.textContent = accepted ? "proved" : outcome;
      said.textContent = accepted ? headline : `${message}. The statement is NOT established.`;
      banner.className = `banner ${accepted ? "proved" : outcome}`;
      time.textContent = `${outcome} by the checker in ${PagePython.seconds(milliseconds)}${arithmetic ? `, with ${arithmetic}` : ""}`;
      words.textContent = statement;
      more.hidden = !statement;
      return accepted;
    };
  }

  function undecided({ title, reason }) {
    const banner = element("p", { className: "banner declined" }, element("strong", { textContent: "undecided" }), " ", reason);
    answer.append(element("section", {}, element("h2", { textContent: title }), banner));
  }

  function numbers(into, { facts, fixed_points: points }) {
    const section = element("section", {}, element("h2", { textContent: "numbers" }));
    const pairs = facts.map(([name, value]) => element("div", {}, element("dt", { textContent: name }), element("dd", { textContent: value })));
    if (pairs.length) section.append(element("dl", { className: "numbers" }, ...pairs));
    if (points.length) {
      const names = { p: "p", one_minus_p: "1 - p", logit: "log-odds", multiplier: "multiplier", kind: "kind" };
      const head = element("tr", {}, ...Object.values(names).map((name) => element("th", { scope: "col", textContent: name })));
      const rows = points.map((point) => element("tr", {}, ...Object.keys(names).map((key) => element("td", { textContent: point[key] }))));
      const table = element("table", {}, element("caption", { textContent: "Fixed points; multiplier and kind are of whole updates" }), element("thead", {}, head), element("tbody", {}, ...rows));
      section.append(element("div", { className: "scroll", tabIndex: 0, role: "group", ariaLabel: "fixed points" }, table));
    }
    section.append(element("p", { className: "time", textContent: "Rounded outward from the certificates, or computed from their numbers." }));
    if (pairs.length || points.length) into.append(section);
  }

  function pictures(into, { picture }) {
    if (!picture) return;
    const shown = [[Drawing.rise(picture.rise), `p after so many steps of size ${Number(picture.rise.size.toPrecision(3))}`]];
    if (picture.cobweb) shown.push([Drawing.cobweb(picture.cobweb), "the sequence of whole updates, as a cobweb"]);
    const figures = shown.map(([svg, words]) => element("figure", {}, svg, element("figcaption", { textContent: `${words} (drawn in floating point; not proved)` })));
    into.append(element("div", { className: "pictures" }, ...figures));
  }

  async function ask() {
    clearTimeout(pause);
    const question = fields();
    const own = clear(python.isReady ? "proving ..." : "starting Python in this page ...");
    const stale = () => own !== asked;
    history.replaceState(null, "", `#${new URLSearchParams(question)}`);
    if (missing) return clear(missing, "fault");
    python.cancel(PATIENCE);
    python.onready = () => stale() || (status.textContent = "proving ...");
    try {
      let { text, milliseconds } = await python.ask("answer", [JSON.stringify(question)]);
      const later = settings.later[JSON.parse(text).needs];
      if (later && !stale()) {
        status.textContent = "deriving its formulas, with SymPy: the first time takes a while ...";
        await python.add(later);
        ({ text, milliseconds } = await python.ask("answer", [JSON.stringify(question)]));
      }
      if (stale()) return;
      const found = JSON.parse(text);
      if (found.error) return clear(found.error, "fault");
      await show(found, milliseconds, stale);
    } catch (error) {
      if (!stale()) clear(error.message, "fault");
    }
  }

  async function show(found, proving, stale) {
    const place = (title) => (ORDER.includes(title) ? ORDER.indexOf(title) : ORDER.length);
    const titles = Object.keys(found.certificates).sort((a, b) => place(a) - place(b));
    for (const view of found.views) if (view.verdict === "undecided") undecided(view);
    const [views, middle, others] = [1, 2, 3].map(() => answer.appendChild(element("div", {})));
    const cards = titles.map((title) => card(VIEWS.includes(title) ? views : others, title, found.certificates[title]));
    let all = true;
    let checking = 0;
    for (const [k, title] of titles.entries()) {
      status.textContent = `proved in ${PagePython.seconds(proving)}; checking ...`;
      const data = new TextEncoder().encode(found.certificates[title]);
      const { text, milliseconds } = await python.ask("judged", ["certificate.json"], data);
      if (stale()) return;
      all = cards[k](JSON.parse(text), milliseconds) && all;
      checking += milliseconds;
    }
    if (all) {
      numbers(middle, found);
      pictures(middle, found);
    }
    answer.append(element("p", { className: "same" }, "The same on the command line: ", element("code", { textContent: found.command })));
    if (!titles.length) status.textContent = `undecided after ${PagePython.seconds(proving)}`;
    else status.textContent = all ? `proved in ${PagePython.seconds(proving)}, checked in ${PagePython.seconds(checking)}, in this page` : "not everything was accepted";
    status.className = all ? "done" : "fault";
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("input", () => {
    fields();
    clear("");
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  const follow = () => fill(location.hash.length > 1 ? Object.fromEntries(new URLSearchParams(location.hash.slice(1))) : README);
  addEventListener("hashchange", () => {
    follow();
    ask();
  });
  follow();
  ask();
})();
