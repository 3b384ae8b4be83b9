"use strict";
// The atlas to be explored: Bokeh draws axes, curves, marks and the image; the image itself is made here from the
// certificate's tree, for the part in view and at the screen's own resolution, so that the number of cells counts little.
(() => {
  const LOOKS = {
    r: { letter: "R", words: "rises to the least fixed point", colour: [246, 244, 234], hatch: "none" },
    f: { letter: "F", words: "tends to a fixed point", colour: [195, 215, 234], hatch: "dots" },
    c2: { letter: "C2", words: "caught by a cycle of 2 points", colour: [227, 155, 79], hatch: "slash" },
    c: { letter: "C", words: "caught by a longer cycle", colour: [140, 59, 18], hatch: "cross" },
    o: { letter: "O", words: "rises to 1", colour: [246, 244, 234], hatch: "none" },
    u: { letter: "?", words: "undecided", colour: [26, 26, 26], hatch: "none" },
  };
  const STROKES = { fold: "#5b2a86", flip: "#0b6e4f", "settling bound": "#b3123b" };
  const DASHES = [[], [6], [2, 4], [2, 4, 6, 4]];
  const stroke = (curve) => STROKES[curve.name] ?? "#000000";
  // Ink and paper; what the cobweb draws can be seen on both papers.
  const LIGHT = ["#1a1a1a", "#ffffff"], DARK = ["#e4e4e2", "#16181b"];
  const GREY = "#808080", BLUE = "#3f7fd0", OCHRE = "#c06a10";
  const KINDS = Object.keys(LOOKS);
  const HATCHES = {
    none: null,
    dots: (x, y) => x % 9 === 4 && y % 9 === 4,
    slash: (x, y) => (x - y + 9000) % 9 === 0,
    cross: (x, y) => (x + y) % 8 === 0 || (x - y + 8000) % 8 === 0,
  };
  const { word, inward, odds, oddsText, betaTicks, oddsTicks, bracketWords, oddsRange, probabilityWords } = Numerals;
  const rgb = (colour, part = 1) => (0xff << 24) | ((colour[2] * part) << 16) | ((colour[1] * part) << 8) | (colour[0] * part);

  // ---- the tree of the certificate: "|" cuts log beta in the middle, "^" the log-odds of p_ref, lower half first
  function parse(data) {
    const tokens = (text, pattern) => text.match(new RegExp(pattern, "g")) ?? [];
    const nodes = tokens(data.nodes, data.node), proofs = tokens(data.proofs, data.proof);
    const count = nodes.length;
    const kind = new Int8Array(count).fill(-1), cut = new Uint8Array(count), other = new Int32Array(count);
    const box = [0, 1, 2, 3].map(() => new Float64Array(count)), proof = new Int32Array(count);
    const waiting = [[-1, data.x[0], data.x[1], data.y[0], data.y[1]]];
    const leaves = [];
    let used = 0;
    for (let k = 0; k < count; k++) {
      const [parent, left, right, low, high] = waiting.pop();
      if (parent >= 0) other[parent] = k;
      box[0][k] = left; box[1][k] = right; box[2][k] = low; box[3][k] = high;
      const node = nodes[k];
      if (node === "|" || node === "^") {
        cut[k] = node === "|" ? 1 : 2;
        const x = (left + right) / 2, y = (low + high) / 2;
        waiting.push(node === "|" ? [k, x, right, low, high] : [k, left, right, y, high]);
        waiting.push(node === "|" ? [-1, left, x, low, high] : [-1, left, right, low, y]);
      } else {
        kind[k] = KINDS.indexOf(node in LOOKS ? node : "c");
        proof[k] = node === "u" ? -1 : used++;
        leaves.push(k);
      }
    }
    const inside = (x, y) => x >= data.x[0] && x <= data.x[1] && y >= data.y[0] && y <= data.y[1];
    const find = (x, y) => {
      if (!inside(x, y)) return -1;
      let k = 0;
      while (cut[k]) k = (cut[k] === 1 ? x < (box[0][k] + box[1][k]) / 2 : y < (box[2][k] + box[3][k]) / 2) ? k + 1 : other[k];
      return k;
    };
    return { nodes, proofs, kind, box, proof, leaves: Int32Array.from(leaves), find };
  }

  // ---- the image of a window of the plane
  function paint(tree, view, width, height) {
    const image = new Uint32Array(width * height).fill(0);
    const [left, right, low, high] = tree.box, { x0, x1, y0, y1 } = view;
    const sx = width / (x1 - x0), sy = height / (y1 - y0);
    // Hatching is anchored to the plane, so that it moves along with it.
    const ax = (Math.round(x0 * sx) % 5040 + 5040) % 5040, ay = (Math.round(y0 * sy) % 5040 + 5040) % 5040;
    const plain = KINDS.map((name) => rgb(LOOKS[name].colour));
    const marked = KINDS.map((name) => rgb(LOOKS[name].colour, 0.6));
    const edged = KINDS.map((name) => rgb(LOOKS[name].colour, name === "u" ? 3 : 0.8));
    const hatches = KINDS.map((name) => HATCHES[LOOKS[name].hatch]);
    for (const k of tree.leaves) {
      if (right[k] < x0 || left[k] > x1 || high[k] < y0 || low[k] > y1) continue;
      // A pixel belongs to the cell that its centre is in.
      const a = Math.max(0, Math.ceil((left[k] - x0) * sx - 0.5)), b = Math.min(width, Math.ceil((right[k] - x0) * sx - 0.5));
      const c = Math.max(0, Math.ceil((low[k] - y0) * sy - 0.5)), d = Math.min(height, Math.ceil((high[k] - y0) * sy - 0.5));
      if (a >= b || c >= d) continue;
      const kind = tree.kind[k], hatched = hatches[kind], edge = (right[k] - left[k]) * sx > 7 && (high[k] - low[k]) * sy > 7;
      for (let y = c; y < d; y++) {
        const row = y * width;
        if (!hatched) image.fill(plain[kind], row + a, row + b);
        else for (let x = a; x < b; x++) image[row + x] = hatched(x + ax, y + ay) ? marked[kind] : plain[kind];
        if (edge) image[row + a] = edged[kind];
      }
      if (edge) image.fill(edged[kind], c * width + a, c * width + b);
    }
    return image;
  }

  // The numbers that the address names; nothing where it leads to a part of the page.
  function asked() {
    const numbers = new URLSearchParams(location.hash.slice(1));
    return numbers.has("beta") || numbers.has("p_ref") ? numbers : null;
  }

  async function begin(root) {
    const data = JSON.parse(root.querySelector("script[type='application/json']").textContent);
    const tree = parse(data);
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

    // -- the cobweb
    const cobweb = look(Bokeh.Plotting.figure({
      width: narrow ? root.clientWidth : 420, height: 400, sizing_mode: "scale_width", tools: "pan,wheel_zoom,reset", toolbar_location: "above",
      x_range: range([-1, 1]), y_range: range([-1, 1]), x_axis_label: "log-odds of p, one step", y_axis_label: "log-odds of p, the next", lod_threshold: null,
    }));
    cobweb.toolbar.logo = null;
    const line = (line_color, line_width) => {
      const source = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
      cobweb.line({ x: { field: "x" }, y: { field: "y" }, source, line_color, line_width });
      return source;
    };
    const diagonal = line(GREY, 0.8), curve = line(BLUE, 1.8), web = line(OCHRE, 1.2);
    const tubes = new Bokeh.ColumnDataSource({ data: { left: [], right: [], bottom: [], top: [] } });
    cobweb.quad({ left: { field: "left" }, right: { field: "right" }, bottom: { field: "bottom" }, top: { field: "top" }, source: tubes, fill_color: OCHRE, fill_alpha: 0.3, line_color: null });
    const rest = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
    cobweb.scatter({ x: { field: "x" }, y: { field: "y" }, source: rest, marker: "circle", size: 9, fill_color: null, line_color: GREY, line_width: 2 });
    dress();
    for (const media of [scheme, paper]) media.addEventListener("change", dress);

    const [view, other] = await Promise.all([
      Bokeh.Plotting.show(plane, root.querySelector(".plane")),
      Bokeh.Plotting.show(cobweb, root.querySelector(".cobweb")),
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
      const pixels = paint(tree, view, across, up);
      image.data = { image: [ndarray(pixels, { dtype: "uint32", shape: [up, across] })], x: [view.x0], y: [view.y0], dw: [view.x1 - view.x0], dh: [view.y1 - view.y0] };
      drawn = { ...view, wide, tall, w, h };
      label(w, h);
    }
    function label(w, h) {
      const found = { x: [], y: [], text: [], colour: [] }, [left, right, low, high] = tree.box;
      const least = 26 * (x.end - x.start) / w, lowest = 18 * (y.end - y.start) / h;
      for (const k of tree.leaves) {
        if (right[k] - left[k] < least || high[k] - low[k] < lowest) continue;
        const a = Math.max(left[k], x.start), b = Math.min(right[k], x.end), c = Math.max(low[k], y.start), d = Math.min(high[k], y.end);
        if (b - a < least || d - c < lowest || found.x.length > 400) continue;
        found.x.push((a + b) / 2); found.y.push((c + d) / 2);
        found.colour.push(tree.nodes[k] === "u" || (tree.nodes[k][0] === "c" && tree.nodes[k] !== "c2") ? "#ffffff" : "#000000");
        found.text.push(tree.nodes[k][0] === "c" ? tree.nodes[k].toUpperCase() : LOOKS[tree.nodes[k]].letter);
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

    // -- what a cell says
    function describe(k) {
      if (k < 0) return ["Outside the atlas:", "nothing is said there."];
      const [left, right, low, high] = tree.box.map((ends) => ends[k]);
      const node = tree.nodes[k], verdict = node[0] === "c" ? `caught by a cycle of ${node.slice(1)} points` : LOOKS[node].words;
      const [b0, b1] = inward(Math.exp(left), Math.exp(right)), [p0, p1] = oddsRange(low, high);
      const proof = tree.proofs[tree.proof[k]];
      const letter = node[0] === "c" ? node.toUpperCase() : LOOKS[node].letter;
      return [
        `${letter}: ${verdict},`,
        `for every beta from ${b0} to ${b1} and p_ref from ${p0} to ${p1} (eps ${data.eps}, alpha ${data.alpha}).`,
        where(node, brackets(k)),
        proof ? `Proved by: ${data.rules[proof[0]] ?? "a rule of the certificate"}.` : "",
        `Certificate ${data.digest}.`,
      ].filter(Boolean);
    }
    const brackets = (k) => Brackets.limits(tree.nodes[k], tree.proofs[tree.proof[k]], Enclosure.recursion(data, ...sides(k)));
    // The box of a cell as intervals that contain it: the corners here are those of the certificate to a few roundings.
    function sides(k) {
      const [left, right, low, high] = tree.box.map((ends) => ends[k]), wider = (x, sign) => x + sign * 1e-12 * (1 + Math.abs(x));
      const beta = [Enclosure.power(wider(left, -1))[0], Enclosure.power(wider(right, 1))[1]];
      return [beta, [wider(low, -1), wider(high, 1)]];
    }
    function where(node, brackets) {
      if (!brackets.length) return "";
      const said = (brackets.length > 6 ? [[brackets[0][0], brackets.at(-1)[1]]] : brackets).map(bracketWords).join(" or ");
      if (node[0] !== "c") return `Limit: ${said}.`;
      return `Each of its points: ${said}${brackets.length > Number(node.slice(1)) ? " (a fixed point may be among these)" : ""}.`;
    }
    function show(k) {
      const [left, right, low, high] = tree.box;
      outline.data = k < 0 ? { left: [], right: [], bottom: [], top: [] } : { left: [left[k]], right: [right[k]], bottom: [low[k]], top: [high[k]] };
      say(describe(k));
    }
    function say(lines) {
      reading.replaceChildren(...lines.flatMap((line, n) => {
        const part = document.createElement(n ? "span" : "strong");
        part.textContent = line;
        return n ? [" ", part] : [part];
      }));
    }
    let last = null;
    const point = (event) => {
      const k = tree.find(event.x, event.y);
      if (k !== last) show((last = k));
    };
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
    const ownSources = [own, diagonal, curve, web, rest, tubes];
    // Whatever was said and drawn of other numbers goes first: what fails afterwards leaves nothing standing.
    function forget() {
      for (const source of ownSources) source.data = Object.fromEntries(Object.keys(source.data).map((name) => [name, []]));
      show((last = -1));
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
      if (answers(value.eps)) show((last = tree.find(u, v)));
      else say([`The atlas is for eps ${data.eps};`, `of eps ${value.eps} it says nothing.`]);
      try {
        spin({ ...value, contrast: data.contrast, group: data.group, alpha: data.alpha });
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
    function spin(given) {
      const terms = Enclosure.orbit(given), map = Enclosure.model(given);
      if (!terms) {
        note.textContent = "The orbit of this contrast is not drawn here.";
        return;
      }
      const mid = terms.map(Enclosure.middle), xs = [], ys = [];
      for (let k = 0; k + 1 < mid.length; k++) {
        xs.push(mid[k], mid[k]);
        ys.push(mid[k], mid[k + 1]);
      }
      web.data = { x: xs, y: ys };
      const pairs = terms.slice(0, -1).map((term, k) => [term, terms[k + 1]]);
      tubes.data = { left: pairs.map((p) => p[0][0]), right: pairs.map((p) => p[0][1]), bottom: pairs.map((p) => p[1][0]), top: pairs.map((p) => p[1][1]) };
      const low = Math.min(...mid), high = Math.max(...mid), room = 0.08 * (high - low) + 0.5, a = low - room, b = high + room;
      diagonal.data = { x: [a, b], y: [a, b] };
      const across = Array.from({ length: 241 }, (_, k) => a + ((b - a) * k) / 240);
      curve.data = { x: across, y: across.map((L) => Enclosure.middle(map.step([L, L]))) };
      for (const ends of [cobweb.x_range, cobweb.y_range]) ends.setv({ start: a, end: b });
      const found = Brackets.fixedPoints(map, 1e-9), heights = found.map((point) => Enclosure.middle(point.bracket));
      rest.data = { x: heights, y: heights };
      const end = terms.at(-1), wide = end[1] - end[0], [p0, p1] = probabilityWords(end, 9);
      note.textContent =
        `Cobweb of the sequence from p_ref = ${given.p_ref} for beta = ${given.beta} and eps = ${given.eps}: ${terms.length - 1} steps, enclosed by outward-rounded arithmetic in this page ` +
        `(not part of the certificate). After them p lies in [${p0}, ${p1}], its log-odds in an interval ` +
        `of width ${wide.toExponential(1)}${terms.length < 61 ? "; the next enclosure would be too wide to say anything" : ""}. ` +
        restWords(found);
    }
    function restWords(found) {
      if (!found.length || found.length > 5) return "";
      const brackets = found.map((point) => bracketWords(point.bracket) + (point.sure ? "" : " or none")).join("; ");
      return `Fixed points (rings in the cobweb), none outside: ${brackets}.`;
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
        show((last = tree.find(...cursor)));
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
    const area = new Map(), [left, right, low, high] = tree.box;
    for (const k of tree.leaves) {
      const name = KINDS[tree.kind[k]];
      area.set(name, (area.get(name) ?? 0) + (right[k] - left[k]) * (high[k] - low[k]));
    }
    const whole = (data.x[1] - data.x[0]) * (data.y[1] - data.y[0]);
    const legend = root.querySelector(".legend");
    function entry(words) {
      const item = document.createElement("li"), swatch = document.createElement("canvas");
      swatch.width = 44; swatch.height = 26;
      swatch.setAttribute("aria-hidden", "true");
      item.append(swatch, ` ${words}`);
      legend.append(item);
      return swatch.getContext("2d");
    }
    function fill(context, name) {
      const sample = paint({ leaves: [0], kind: [KINDS.indexOf(name)], box: [[0], [44], [0], [26]] }, { x0: 0, x1: 44, y0: 0, y1: 26 }, 44, 26);
      context.putImageData(new ImageData(new Uint8ClampedArray(sample.buffer), 44), 0, 0);
    }
    for (const name of KINDS.filter((kind) => area.has(kind))) {
      const share = (100 * area.get(name)) / whole;
      const shown = share < 0.1 ? share.toPrecision(1) : share > 99.9 && share < 100 ? "above 99.9" : share.toFixed(1);
      fill(entry(`${LOOKS[name].letter}: ${LOOKS[name].words} (${shown} %)`), name);
    }
    // A curve as on the map, on a cell of it.
    data.curves.forEach((shown, k) => {
      const context = entry(shown.name);
      fill(context, "r");
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
    root.explorer = { answers, tree, x, y, draw, view, describe: (k) => describe(k).join(" "), brackets };
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
