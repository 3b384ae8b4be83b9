"use strict";
// The laboratory: a question out of the form or the address, its proof and its check in a worker, the answer as
// text. Whatever was typed stays text: nothing of it becomes markup.
const Laboratory = (() => {
  const PATIENCE = 3000; // milliseconds that an old question may go on when a new one waits
  const WAITS = {
    yaml: "loading what reads YAML ...",
    sympy: "deriving its formulas, with SymPy: the first time takes a while ...",
  };
  const PAUSE = 700; // between typing and asking
  const VIEWS = ["small steps", "steps of this size", "the exact iteration"];
  const ORDER = [...VIEWS, "right answers", "all fixed points", "where the two part"];
  const [form, preset, note, stop, more, status, said, answer] =
    ["question", "preset", "note", "stop", "more", "status", "said", "answer"].map((name) => document.getElementById(name));
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
    const { contrast, kl } = form.elements;
    for (const label of form.querySelectorAll("[data-of]"))
      label.hidden = !label.dataset.of.split(" ").some((name) => name === contrast.value || name === kl.value);
    const shown = [...form.elements].filter((field) => field.name && !field.closest("label").hidden);
    return Object.fromEntries(shown.map((field) => [field.name, field.value.trim()]).filter(([, value]) => value));
  }

  function fill(values) {
    preset.value = "";
    note.textContent = "";
    for (const field of form.elements) {
      if (field.name) field.value = values[field.name] ?? "";
      if (field.selectedIndex < 0) field.selectedIndex = 0;
    }
    if ([...more.querySelectorAll("[name]")].some((field) => values[field.name])) more.open = true;
    fields();
  }

  // A framework's defaults in the place of what stands in the form, but for p_ref; or why there are none.
  function choose() {
    const { fields: chosen, note: words } = settings.presets[preset.value] ?? {};
    clear("");
    if (chosen) {
      const own = preset.value;
      fill({ ...chosen, p_ref: form.elements.p_ref.value });
      preset.value = own;
    }
    note.textContent = words ?? "";
    if (chosen) ask();
  }

  function clear(words, kind = "") {
    asked += 1;
    answer.replaceChildren();
    said.textContent = "";
    tell(words, kind);
    return asked;
  }

  function tell(words, kind = "", working = false) {
    status.textContent = words;
    status.className = kind;
    stop.hidden = !working;
  }

  // What is wrong: nothing of an answer stands beside it.
  const fault = (words) => clear(words, "fault");

  // A new piece of work in the place of what ran: whether it is still the one that is wanted.
  function begin(words) {
    clearTimeout(pause);
    const own = clear("");
    tell(words, "", true);
    python.cancel(PATIENCE);
    return () => own !== asked;
  }

  function download(title, text, ending = "json") {
    const name = `${title.replaceAll(" ", "-")}.${ending}`, type = ending === "json" ? "application/json" : "text/csv";
    const link = element("a", { href: URL.createObjectURL(new Blob([text], { type })), download: name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  }

  // One statement: how its check goes, and then what is claimed; its text is null where the reader has it.
  function card(into, title, text) {
    const word = element("strong", { textContent: "not checked yet" });
    const claim = element("span", {});
    const banner = element("p", { className: "banner declined" }, word, " ", claim);
    const time = element("span", { className: "time" });
    const save = element("button", { type: "button", textContent: "download the certificate" });
    save.addEventListener("click", () => download(title, text));
    const words = element("pre", { tabIndex: 0 });
    const more = element("details", { hidden: true }, element("summary", { textContent: "the statement, as the checker read it" }), words);
    into.append(element("section", {}, element("h2", { textContent: title }), banner, element("p", {}, ...(text === null ? [] : [save, " "]), time), more));
    return ({ outcome, headline, message, statement, arithmetic }, milliseconds) => {
      const accepted = outcome === "accepted";
      word.textContent = accepted ? "proved" : outcome;
      claim.textContent = accepted ? headline : `${message}. The statement is NOT established.`;
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

  // What the shipped maps say at once, while the proof for the very point runs.
  function instant(question) {
    const found = Shipped.answers(question);
    const place = element("div", { className: "mapped" });
    if (!found.length) return place;
    for (const one of found) {
      const banner = element("p", { className: "banner" }, element("strong", { textContent: "from the map" }), " ", one.lines.join(" "));
      const source = `Of the whole cell, so in a wide bracket; ${one.name}, whose certificate ${one.digest.slice(0, 19)}... was checked when the map was made, not here.`;
      const section = element("section", {}, element("h2", { textContent: `${one.title}, from the map` }), banner, element("p", { className: "time", textContent: source }));
      place.append(section);
    }
    const figures = found.map((one) =>
      element("figure", {}, Shipped.picture(one), Shipped.legend(one), element("figcaption", { textContent: `the map of ${one.title}: beta to the right, p_ref upwards, both in logarithmic scale; the circle is the question` })));
    const maps = element("details", { className: "maps" }, element("summary", { textContent: "where that lies on the map" }), element("div", { className: "pictures" }, ...figures));
    place.append(maps);
    answer.append(place);
    return place;
  }

  // A function of the page's Python, and once more with a library that it turns out to need.
  async function call(name, texts, data, stale) {
    const first = await python.ask(name, texts, data);
    const { needs } = JSON.parse(first.text), later = settings.later[needs];
    if (!later || stale()) return first;
    tell(WAITS[needs] ?? `loading ${needs} ...`, "", true);
    await python.add(later);
    return python.ask(name, texts, data);
  }

  async function ask() {
    const question = fields();
    const stale = begin(python.isReady ? "proving ..." : "starting Python in this page ...");
    history.replaceState(null, "", `#${new URLSearchParams(question)}`);
    const mapped = instant(question);
    if (missing) return tell(missing, "fault");
    python.onready = () => stale() || tell("proving ...", "", true);
    try {
      const { text, milliseconds } = await call("answer", [JSON.stringify(question)], undefined, stale);
      if (stale()) return;
      const found = JSON.parse(text);
      if (found.error) return fault(found.error);
      await show(found, milliseconds, stale);
      if (!stale()) answer.append(mapped); // below what is proved for the very point
    } catch (error) {
      if (!stale()) fault(error.message);
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
      tell(`proved in ${PagePython.seconds(proving)}; checking ...`, "", true);
      const data = new TextEncoder().encode(found.certificates[title]);
      const { text, milliseconds } = await python.ask("judged", ["certificate.json"], data);
      if (stale()) return;
      all = cards[k](JSON.parse(text), milliseconds) && all;
      checking += milliseconds;
    }
    if (all) {
      numbers(middle, found);
      middle.append(...(found.verifier ?? []).map((words) => element("p", { textContent: words })));
      pictures(middle, found);
    }
    answer.append(element("p", { className: "same" }, "The same on the command line: ", element("code", { textContent: found.command })));
    if (!titles.length) tell(`undecided after ${PagePython.seconds(proving)}`, "done");
    else if (all) tell(`proved in ${PagePython.seconds(proving)}, checked in ${PagePython.seconds(checking)}, in this page`, "done");
    else tell("not everything was accepted", "fault");
    said.textContent = [...views.querySelectorAll(".banner")].map((banner) => banner.textContent).join(" ");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    ask();
  });
  form.addEventListener("input", (event) => {
    fields();
    if (event.target === preset) return choose();
    preset.value = "";
    note.textContent = "";
    clear("");
    clearTimeout(pause);
    pause = setTimeout(ask, PAUSE);
  });
  stop.addEventListener("click", () => {
    clear("stopped; prove begins anew");
    python.stop("stopped");
  });
  const follow = () => fill(location.hash.length > 1 ? Object.fromEntries(new URLSearchParams(location.hash.slice(1))) : README);
  addEventListener("hashchange", () => {
    follow();
    ask();
  });
  for (const [k, { name, fields: own }] of settings.presets.entries())
    preset.append(element("option", { value: String(k), textContent: own ? name : `${name} (not here)` }));
  follow();
  ask();
  return { answer, begin, call, download, element, fault, fields, fill, missing, note, python, tell, ask, card };
})();
