"use strict";
// Rectangles of the plane of (log beta, log-odds of p_ref), as certificates give them, and their image. The number of
// rectangles counts little: an image is made for the part in view, at the screen's own resolution.
const Rectangles = (() => {
  const HATCHES = {
    none: null,
    dots: (x, y) => x % 9 === 4 && y % 9 === 4,
    slash: (x, y) => (x - y + 9000) % 9 === 0,
    cross: (x, y) => (x + y) % 8 === 0 || (x - y + 8000) % 8 === 0,
  };
  const rgb = (colour, part = 1) => (0xff << 24) | ((colour[2] * part) << 16) | ((colour[1] * part) << 8) | (colour[0] * part);
  const tokens = (text, pattern) => text.match(new RegExp(pattern, "g")) ?? [];

  // A tree of cells: "|" cuts log beta in the middle, "^" the log-odds of p_ref, the lower half first. `box` holds the
  // sides of every node, `leaves` the numbers of those that are not cut.
  function tree(nodes, x, y) {
    const count = nodes.length, cut = new Uint8Array(count), other = new Int32Array(count);
    const box = [0, 1, 2, 3].map(() => new Float64Array(count)), leaves = [];
    const waiting = [[-1, x[0], x[1], y[0], y[1]]];
    for (let k = 0; k < count; k++) {
      const [parent, left, right, low, high] = waiting.pop();
      if (parent >= 0) other[parent] = k;
      box[0][k] = left; box[1][k] = right; box[2][k] = low; box[3][k] = high;
      if (nodes[k] === "|" || nodes[k] === "^") {
        cut[k] = nodes[k] === "|" ? 1 : 2;
        const u = (left + right) / 2, v = (low + high) / 2;
        waiting.push(nodes[k] === "|" ? [k, u, right, low, high] : [k, left, right, v, high]);
        waiting.push(nodes[k] === "|" ? [-1, left, u, low, high] : [-1, left, right, low, v]);
      } else leaves.push(k);
    }
    const find = (u, v) => {
      if (!inside(x, y, u, v)) return -1;
      let k = 0;
      while (cut[k]) k = (cut[k] === 1 ? u < (box[0][k] + box[1][k]) / 2 : v < (box[2][k] + box[3][k]) / 2) ? k + 1 : other[k];
      return k;
    };
    return { nodes, box, leaves: Int32Array.from(leaves), find };
  }
  const inside = (x, y, u, v) => u >= x[0] && u <= x[1] && v >= y[0] && v <= y[1];

  // Draws rectangles into the image of a window, over what is there: `look(k)` is {colour, hatch, edge}, or nothing for
  // those that are not drawn. Without a colour only the hatching is drawn, in the colour `mark`.
  function paint(image, { box, leaves }, look, view, width, height) {
    const [left, right, low, high] = box, { x0, x1, y0, y1 } = view;
    const sx = width / (x1 - x0), sy = height / (y1 - y0);
    // Hatching is anchored to the plane, so that it moves along with it.
    const ax = (Math.round(x0 * sx) % 5040 + 5040) % 5040, ay = (Math.round(y0 * sy) % 5040 + 5040) % 5040;
    for (const k of leaves) {
      if (right[k] < x0 || left[k] > x1 || high[k] < y0 || low[k] > y1) continue;
      const shown = look(k);
      if (!shown) continue;
      // A pixel belongs to the rectangle that its centre is in.
      const a = Math.max(0, Math.ceil((left[k] - x0) * sx - 0.5)), b = Math.min(width, Math.ceil((right[k] - x0) * sx - 0.5));
      const c = Math.max(0, Math.ceil((low[k] - y0) * sy - 0.5)), d = Math.min(height, Math.ceil((high[k] - y0) * sy - 0.5));
      if (a >= b || c >= d) continue;
      const plain = shown.colour && rgb(shown.colour), hatched = HATCHES[shown.hatch];
      const marked = shown.mark ? rgb(shown.mark) : shown.colour && rgb(shown.colour, 0.6);
      const edged = shown.edge && (right[k] - left[k]) * sx > 7 && (high[k] - low[k]) * sy > 7 ? rgb(shown.colour, shown.edge) : 0;
      for (let y = c; y < d; y++) {
        const row = y * width;
        if (shown.colour) image.fill(plain, row + a, row + b);
        if (hatched) for (let x = a; x < b; x++) if (hatched(x + ax, y + ay)) image[row + x] = marked;
        if (edged) image[row + a] = edged;
      }
      if (edged) image.fill(edged, c * width + a, c * width + b);
    }
    return image;
  }

  // A swatch for a legend: one look alone, or several on one another.
  function sample(looks, width, height) {
    const image = new Uint32Array(width * height), one = { box: [[0], [width], [0], [height]], leaves: [0] };
    for (const look of looks) paint(image, one, () => look, { x0: 0, x1: width, y0: 0, y1: height }, width, height);
    return new ImageData(new Uint8ClampedArray(image.buffer), width);
  }

  // The share of the plane in rectangles of each name, in per cent.
  function shares({ box: [left, right, low, high], leaves }, name, x, y) {
    const area = new Map(), whole = (x[1] - x[0]) * (y[1] - y[0]);
    for (const k of leaves) area.set(name(k), (area.get(name(k)) ?? 0) + (right[k] - left[k]) * (high[k] - low[k]));
    const shown = (share) => (share < 0.1 ? share.toPrecision(1) : share > 99.9 && share < 100 ? "above 99.9" : share.toFixed(1));
    return new Map([...area].map(([key, size]) => [key, shown((100 * size) / whole)]));
  }

  // The box of a rectangle in words, rounded inward.
  function words({ box }, k) {
    const [left, right, low, high] = box.map((ends) => ends[k]);
    const [b0, b1] = Numerals.inward(Math.exp(left), Math.exp(right)), [p0, p1] = Numerals.oddsRange(low, high);
    return `for every beta from ${b0} to ${b1} and p_ref from ${p0} to ${p1}`;
  }

  return { tokens, tree, inside, paint, sample, shares, words };
})();
