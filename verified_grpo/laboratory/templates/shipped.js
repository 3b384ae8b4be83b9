"use strict";
// The shipped maps: what the cell of a question says, before anything is proved for the very point. Cells and their
// verdicts are those of certificates that were checked when the maps were made; they are not checked again here.
const Shipped = (() => {
  const BORDER = 1e-9; // in log beta and in log-odds: so near to a side the cell is not told
  const OTHERS = ["omega", "step_size", "true_positive", "false_positive", "errors", "kl_clamp", "drop_dead_groups"];
  const TITLES = { cells: "the exact iteration", contours: "small steps" };
  const MAPS = { cells: Cells.map, contours: Contours.map };
  const made = new Map();

  const covers = (data, question) =>
    data.contrast === question.contrast &&
    (!data.group || (data.group[0] === Number(question.group_size) && data.group[1] === Number(question.ddof ?? 0))) &&
    Enclosure.same(data.eps, question.eps ?? "") && Enclosure.same(data.alpha, question.alpha ?? "1");

  // The point in the plane of the maps; nothing for ranges, or what is no number of it.
  function place({ beta = "", p_ref = "" }) {
    const [b, p] = [beta, p_ref].map((text) => (text.length > 40 ? null : Enclosure.read(text)));
    if (!b || !p || !(b[0] > 0) || !(p[0] > 0 && p[1] < 1)) return null;
    return [Math.log(Enclosure.middle(b)), Numerals.odds(Enclosure.middle(p))];
  }
  // The number of the cell that a point is surely in, or -1.
  function inside(map, [u, v]) {
    const near = [-BORDER, BORDER].flatMap((du) => [-BORDER, BORDER].map((dv) => [u + du, v + dv]));
    const found = new Set(near.map(([x, y]) => `${map.find(x, y)} ${map.also?.(x, y)}`));
    return found.size === 1 ? map.find(u, v) : -1;
  }

  // What maps say of a question: for each that covers it a title, the words of the cell, and the map with the point.
  function answers(question) {
    const at = place(question);
    if (!at || (question.kl ?? "reverse") !== "reverse" || OTHERS.some((name) => question[name])) return [];
    const found = [];
    for (const [name, data] of Object.entries(SHIPPED_MAPS)) {
      if (!covers(data, question)) continue;
      if (!made.has(name)) made.set(name, MAPS[data.map](data));
      const map = made.get(name), cell = inside(map, at);
      if (cell >= 0) found.push({ name, title: TITLES[data.map], lines: map.describe(cell, at).filter(Boolean), digest: data.digest, map, data, at });
    }
    return found;
  }

  // The whole map as an image, with the point marked.
  function picture({ map, data, at, title }) {
    const width = 420, height = 300, [x0, x1] = data.x, [y0, y1] = data.y;
    const pixels = map.paint({ x0, x1, y0, y1 }, width, height), flipped = new Uint32Array(width * height);
    for (let row = 0; row < height; row++) flipped.set(pixels.subarray(row * width, (row + 1) * width), (height - 1 - row) * width);
    const canvas = Object.assign(document.createElement("canvas"), { width, height, className: "plot" });
    canvas.setAttribute("role", "img");
    canvas.setAttribute("aria-label", `The map of ${title} with the point of the question: its cell is told in words above.`);
    const pen = canvas.getContext("2d");
    pen.putImageData(new ImageData(new Uint8ClampedArray(flipped.buffer), width), 0, 0);
    const x = ((at[0] - x0) / (x1 - x0)) * width, y = height - ((at[1] - y0) / (y1 - y0)) * height;
    for (const [colour, wide] of [["#ffffff", 5], ["#d0021b", 2]]) {
      Object.assign(pen, { strokeStyle: colour, lineWidth: wide });
      pen.beginPath();
      pen.arc(x, y, 7, 0, 2 * Math.PI);
      pen.moveTo(x - 13, y);
      pen.lineTo(x + 13, y);
      pen.moveTo(x, y - 13);
      pen.lineTo(x, y + 13);
      pen.stroke();
    }
    return canvas;
  }

  // What its colours and hatchings mean, in words.
  function legend({ map }) {
    const list = Object.assign(document.createElement("ul"), { className: "legend" });
    for (const { words, looks } of map.legend()) {
      const canvas = Object.assign(document.createElement("canvas"), { width: 22, height: 14, ariaHidden: "true" });
      canvas.getContext("2d").putImageData(Rectangles.sample([...map.ground, ...looks], 22, 14), 0, 0);
      const entry = document.createElement("li");
      entry.append(canvas, " ", words);
      list.append(entry);
    }
    return list;
  }

  return { answers, picture, legend };
})();
