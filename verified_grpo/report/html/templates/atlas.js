"use strict";
// A map to be explored: Bokeh draws axes, curves, marks and the image, which the map makes of what is in view. Maps
// (cells.js, contours.js) know their rectangles: find(x, y) gives the number of one, describe(k) says what it says.
(() => {
  const STROKES = { fold: "#5b2a86", flip: "#0b6e4f", "settling bound": "#b3123b" };
  const DASHES = [[], [6], [2, 4], [2, 4, 6, 4]];
  const stroke = (curve) => STROKES[curve.name] ?? "#000000";
  // Ink and paper; what the cobweb draws can be seen on both papers.
  const LIGHT = ["#1a1a1a", "#ffffff"], DARK = ["#e4e4e2", "#16181b"];
  const MAPS = { cells: Cells.map, contours: Contours.map };
  const { word, odds, oddsText, betaTicks, oddsTicks } = Numerals;

  // The numbers that the address names; nothing where it leads to a part of the page.
  function asked() {
    const numbers = new URLSearchParams(location.hash.slice(1));
    return numbers.has("beta") || numbers.has("p_ref") ? numbers : null;
  }

  async function begin(root) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const map = MAPS[data.map](data), tree = map.tree;
    const form = root.querySelector("form"), reading = root.querySelector(".reading");
    const narrow = root.clientWidth < 560;
    // Axes follow the page's scheme; paper is light. Cells and curves look the same in each.
    const scheme = matchMedia("(prefers-color-scheme: dark)"), paper = matchMedia("print");
    const figures = [], views = [];
    function dress() {
      const [ink, page] = scheme.matches && !paper.matches ? DARK : LIGHT;
      for (const figure of figures) {
        figure.setv({ background_fill_color: page, border_fill_color: page, outline_line_color: ink });
        for (const axis of [...figure.xaxes, ...figure.yaxes])
          axis.setv({ axis_label_text_color: ink, major_label_text_color: ink, axis_line_color: ink, major_tick_line_color: ink });
      }
      // Paper does not wait for the next frame of the screen.
      for (const view of views) view.paint();
    }
    const look = (figure) => {
      for (const axis of [...figure.xaxes, ...figure.yaxes])
        Object.assign(axis, { minor_tick_line_color: null, axis_label_text_font_style: "normal" });
      for (const grid of [...figure.xgrids, ...figure.ygrids]) grid.grid_line_color = null;
      figures.push(figure);
      return figure;
    };

    // -- the plane
    const range = (ends) => new Bokeh.Range1d({ start: ends[0], end: ends[1], bounds: null });
    const x = range(data.x), y = range(data.y);
    const plane = look(Bokeh.Plotting.figure({
      width: narrow ? root.clientWidth : 620, height: narrow ? 420 : 560, sizing_mode: "scale_width", x_range: x, y_range: y,
      tools: "pan,wheel_zoom,box_zoom,reset", toolbar_location: "above", lod_threshold: null,
      x_axis_label: "beta", y_axis_label: "p_ref", output_backend: "canvas",
    }));
    plane.toolbar.active_scroll = plane.toolbar.tools.find((tool) => tool.type === "WheelZoomTool");
    plane.toolbar.logo = null;
    const image = new Bokeh.ColumnDataSource({ data: { image: [], x: [], y: [], dw: [], dh: [] } });
    plane.image_rgba({ image: { field: "image" }, x: { field: "x" }, y: { field: "y" }, dw: { field: "dw" }, dh: { field: "dh" }, source: image });
    data.curves.forEach((curve, k) => {
      const columns = { data: { x: curve.points.map((p) => p?.[0] ?? NaN), y: curve.points.map((p) => p?.[1] ?? NaN) } };
      plane.line({ x: { field: "x" }, y: { field: "y" }, source: new Bokeh.ColumnDataSource(columns), line_color: stroke(curve), line_width: 1.8, line_dash: DASHES[k % 4] });
    });
    const letters = new Bokeh.ColumnDataSource({ data: { x: [], y: [], text: [], colour: [] } });
    plane.text({ x: { field: "x" }, y: { field: "y" }, text: { field: "text" }, source: letters, text_align: "center", text_baseline: "middle", text_font_size: "11px", text_color: { field: "colour" } });
    const outline = new Bokeh.ColumnDataSource({ data: { left: [], right: [], bottom: [], top: [] } });
    plane.quad({ left: { field: "left" }, right: { field: "right" }, bottom: { field: "bottom" }, top: { field: "top" }, source: outline, fill_color: null, line_color: "#d0021b", line_width: 2 });
    const own = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
    plane.scatter({ x: { field: "x" }, y: { field: "y" }, source: own, marker: "circle_cross", size: 15, fill_color: "#ffffff", fill_alpha: 0.7, line_color: "#000000", line_width: 2 });

    const sequence = Sequence.panel(narrow, root.clientWidth);
    look(sequence.figure);
    dress();
    for (const media of [scheme, paper]) media.addEventListener("change", dress);

    const [view, other] = await Promise.all([
      Bokeh.Plotting.show(plane, root.querySelector(".plane")),
      Bokeh.Plotting.show(sequence.figure, root.querySelector(".cobweb")),
    ]);
    views.push(view, other);
    const { ndarray } = Bokeh.require("core/util/ndarray");

    // -- drawing of what is in view, with a margin so that a pan finds something there already
    let drawn = null, waiting = 0;
    const inner = () => [view.frame.bbox.width, view.frame.bbox.height].map((size) => Math.max(200, size || 0));
    function draw() {
      waiting = 0;
      const [w, h] = inner(), ratio = Math.min(2, devicePixelRatio || 1);
      const wide = x.end - x.start, tall = y.end - y.start, margin = 0.5;
      const view = { x0: x.start - margin * wide, x1: x.end + margin * wide, y0: y.start - margin * tall, y1: y.end + margin * tall };
      const across = Math.round(w * ratio * (1 + 2 * margin)), up = Math.round(h * ratio * (1 + 2 * margin));
      const pixels = map.paint(view, across, up);
      image.data = { image: [ndarray(pixels, { dtype: "uint32", shape: [up, across] })], x: [view.x0], y: [view.y0], dw: [view.x1 - view.x0], dh: [view.y1 - view.y0] };
      drawn = { ...view, wide, tall, w, h };
      label(w, h);
    }
    function label(w, h) {
      const found = { x: [], y: [], text: [], colour: [] }, [left, right, low, high] = tree.box;
      const put = (u, v, said) => { found.x.push(u); found.y.push(v); found.text.push(said.text); found.colour.push(said.colour); };
      // Levels stand on their contours, near the right side; those too near to the last one are left out.
      const edge = x.end - (28 * (x.end - x.start)) / w;
      let taken = -Infinity;
      for (const mark of map.marks?.(edge) ?? []) {
        if (mark.y < y.start || mark.y > y.end || mark.y - taken < (16 * (y.end - y.start)) / h) continue;
        put(edge, (taken = mark.y), mark);
      }
      if (!map.label) {
        letters.data = found;
        return;
      }
      const least = 26 * (x.end - x.start) / w, lowest = 18 * (y.end - y.start) / h;
      for (const k of tree.leaves) {
        if (right[k] - left[k] < least || high[k] - low[k] < lowest) continue;
        const a = Math.max(left[k], x.start), b = Math.min(right[k], x.end), c = Math.max(low[k], y.start), d = Math.min(high[k], y.end);
        if (b - a < least || d - c < lowest || found.x.length > 400) continue;
        put((a + b) / 2, (c + d) / 2, map.label(k));
      }
      letters.data = found;
    }
    function ticks() {
      for (const [axis, made] of [[plane.xaxes[0], betaTicks(x.start, x.end)], [plane.yaxes[0], oddsTicks(y.start, y.end)]]) {
        axis.ticker = new Bokeh.FixedTicker({ ticks: made.map((tick) => tick[0]), minor_ticks: [] });
        axis.major_label_overrides = new Map(made);
      }
    }
    let moved = 0;
    function move() {
      cancelAnimationFrame(moved);
      moved = requestAnimationFrame(ticks);
      const inImage = drawn && x.start >= drawn.x0 && x.end <= drawn.x1 && y.start >= drawn.y0 && y.end <= drawn.y1;
      const zoom = drawn ? (x.end - x.start) / drawn.wide : 1;
      // A pan inside the image needs nothing; a zoom is drawn again when it rests.
      clearTimeout(waiting);
      if (!inImage) draw();
      else waiting = setTimeout(draw, Math.abs(zoom - 1) > 1e-9 ? 60 : 200);
    }
    for (const property of [x.properties.start, x.properties.end, y.properties.start, y.properties.end]) property.change.connect(move);

    // -- what a rectangle says
    function describe(k, at) {
      if (k < 0) return ["Outside the atlas:", "nothing is said there."];
      return [...map.describe(k, at), `Certificate ${data.digest}.`].filter(Boolean);
    }
    function show(k, at) {
      const [left, right, low, high] = tree.box;
      outline.data = k < 0 ? { left: [], right: [], bottom: [], top: [] } : { left: [left[k]], right: [right[k]], bottom: [low[k]], top: [high[k]] };
      say(describe(k, at));
    }
    function say(lines) {
      reading.replaceChildren(...lines.flatMap((line, n) => {
        const part = document.createElement(n ? "span" : "strong");
        part.textContent = line;
        return n ? [" ", part] : [part];
      }));
    }
    let last = "";
    function pointAt(u, v) {
      const k = map.find(u, v), both = `${k} ${map.also?.(u, v)}`;
      if (both !== last) show(k, [u, v]);
      last = both;
    }
    const point = (event) => pointAt(event.x, event.y);
    plane.on_event("mousemove", point);
    plane.on_event("tap", (event) => {
      point(event);
      askAt(event.x, event.y);
    });
    function askAt(u, v) {
      form.elements.beta.value = word(Number(Math.exp(u).toPrecision(4)));
      form.elements.p_ref.value = oddsText(v);
      askAndKeep();
    }

    // -- one's own numbers
    const answers = (eps) => Enclosure.same(eps, data.eps);
    const ALLOWED =
      "No answer: beta and eps are positive, p_ref is between 0 and 1, as 0.04, 1e-5 or 3/10 in at most 40 characters " +
      "(numbers from 1e-300 to 1e300, no p_ref within 1e-15 of 1).";
    function allowed({ beta, p_ref, eps }) {
      if ([beta, p_ref, eps].some((text) => text.length > 40)) return false;
      const found = [beta, p_ref, eps].map(Enclosure.read);
      return found.every((ends) => ends && ends[1] > 1e-300 && ends[0] < 1e300) && found[1][1] < 1;
    }
    const invitation = reading.textContent, note = root.querySelector(".note");
    const ownSources = [own, ...sequence.sources];
    // Whatever was said and drawn of other numbers goes first: what fails afterwards leaves nothing standing.
    function forget() {
      for (const source of ownSources) source.data = Object.fromEntries(Object.keys(source.data).map((name) => [name, []]));
      show(-1);
      last = "";
      reading.textContent = invitation;
      note.textContent = "";
    }
    function ask() {
      const value = Object.fromEntries(["beta", "p_ref", "eps"].map((name) => [name, form.elements[name].value.trim()]));
      forget();
      if (!allowed(value)) {
        note.textContent = ALLOWED;
        return null;
      }
      const u = Math.log(Enclosure.middle(Enclosure.read(value.beta))), v = odds(Enclosure.middle(Enclosure.read(value.p_ref)));
      own.data = { x: [u], y: [v] };
      if (answers(value.eps)) pointAt(u, v);
      else say([`The atlas is for eps ${data.eps};`, `of eps ${value.eps} it says nothing.`]);
      try {
        const given = { ...value, contrast: data.contrast, group: data.group, alpha: data.alpha };
        note.textContent = data.map === "cells" ? sequence.exactly(given) : sequence.bySmallSteps(given);
      } catch (error) {
        if (!(error instanceof RangeError)) throw error;
        note.textContent = "The sequence from these numbers cannot be enclosed in this page's arithmetic.";
      }
      return new URLSearchParams(value);
    }
    // What a person asks of one map goes into the address; what the address asks goes to every map, each with
    // its own eps where none is named. An address of other numbers does not stay.
    function askAndKeep() {
      const address = ask();
      if (address && location.hash.slice(1) === address.toString()) return;
      if (address || asked()) history.replaceState(null, "", address ? `#${address}` : location.href.split("#")[0]);
    }
    form.addEventListener("submit", (event) => { event.preventDefault(); askAndKeep(); });
    form.addEventListener("change", askAndKeep);
    // An answer never stands beside numbers that are being changed.
    form.addEventListener("input", ask);
    function follow() {
      const numbers = asked();
      if (!numbers) return;
      for (const name of ["beta", "p_ref", "eps"])
        form.elements[name].value = numbers.get(name) ?? (name === "eps" ? data.eps : "");
      ask();
    }
    addEventListener("hashchange", follow);

    // -- keyboard: arrows move the cursor by cells of the screen, + and - zoom, 0 shows everything, Enter asks for its point
    const frame = root.querySelector(".plane");
    const cursor = [(data.x[0] + data.x[1]) / 2, (data.y[0] + data.y[1]) / 2];
    frame.addEventListener("keydown", (event) => {
      const step = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, 1], ArrowDown: [0, -1] }[event.key];
      const zoom = { "+": 0.5, "=": 0.5, "-": 2 }[event.key];
      if (step) {
        const far = event.shiftKey ? 0.005 : 0.03;
        cursor[0] = Math.min(x.end, Math.max(x.start, cursor[0] + far * step[0] * (x.end - x.start)));
        cursor[1] = Math.min(y.end, Math.max(y.start, cursor[1] + far * step[1] * (y.end - y.start)));
        pointAt(...cursor);
      } else if (zoom) {
        for (const [ends, at] of [[x, cursor[0]], [y, cursor[1]]])
          ends.setv({ start: at - (at - ends.start) * zoom, end: at + (ends.end - at) * zoom });
      } else if (event.key === "0") {
        x.setv({ start: data.x[0], end: data.x[1] });
        y.setv({ start: data.y[0], end: data.y[1] });
      } else if (event.key === "Enter") askAt(...cursor);
      else return;
      event.preventDefault();
    });

    // -- legend, with the share of the picture
    const legend = root.querySelector(".legend");
    legend.classList.toggle("levels", data.map === "contours");
    function entry(words, looks, brief = false) {
      const item = document.createElement("li"), swatch = document.createElement("canvas");
      swatch.width = 44; swatch.height = 26;
      swatch.setAttribute("aria-hidden", "true");
      item.append(swatch, ` ${words}`);
      item.classList.toggle("brief", brief);
      legend.append(item);
      const context = swatch.getContext("2d");
      context.putImageData(Rectangles.sample(looks, 44, 26), 0, 0);
      return context;
    }
    for (const { words, looks, brief } of map.legend()) entry(words, looks, brief);
    // A curve as on the map, on a cell of it.
    data.curves.forEach((shown, k) => {
      const context = entry(shown.name, map.ground);
      Object.assign(context, { strokeStyle: stroke(shown), lineWidth: 2 });
      context.setLineDash(DASHES[k % 4]);
      context.beginPath();
      context.moveTo(0, 13);
      context.lineTo(44, 13);
      context.stroke();
    });

    ticks();
    draw();
    follow();
    root.hidden = false;
    // For tests and for whoever reads the page by program.
    root.explorer = { answers, tree, x, y, draw, view, describe: (k) => describe(k).join(" "), brackets: map.brackets };
    root.dataset.ready = "yes";
  }
  Bokeh.set_log_level("warn");
  const atlases = [...document.querySelectorAll(".atlas")];
  Promise.all(atlases.map(begin)).then(() => {
    // An address with one's numbers leads to the first map that is about them.
    const numbers = asked();
    if (!numbers) return;
    const about = (root) => !numbers.has("eps") || root.explorer.answers(numbers.get("eps"));
    (atlases.find(about) ?? atlases[0]).scrollIntoView();
  });
})();
