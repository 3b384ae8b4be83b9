"use strict";
// The map of small steps: bands of p* between contours, and cells where the exact iteration ends elsewhere.
const Contours = (() => {
  const INK = [26, 26, 26], STRIP = { colour: INK, hatch: "none" };
  const ELSEWHERE = { hatch: "slash", mark: [217, 72, 15] };

  // The rectangles that the columns cut the plane into, from below: `low` levels are passed in each, and the level of
  // number `high` is not; where these differ the rectangle lies in the strips of the contours between.
  function rectangles(data) {
    const bottom = data.y[0] * data.grain, top = data.y[1] * data.grain, many = data.levels.length;
    const sides = [[], [], [], []], low = [], high = [];
    let left = data.x[0];
    for (const [, end, below, own] of data.columns.matchAll(/(-?\d+):(\d+)((?:,-?\d+\/\d+)*);/g)) {
      const strips = Array.from({ length: Number(below) }, () => [bottom, bottom]);
      for (const part of own.split(",").slice(1)) {
        const [from, wide] = part.split("/").map(Number);
        strips.push([from, from + wide]);
      }
      while (strips.length < many) strips.push([top, top]);
      const cuts = [...new Set([bottom, top, ...strips.flat()])].sort((a, b) => a - b), right = Number(end) / data.grain;
      for (let n = 0; n + 1 < cuts.length; n++) {
        [left, right, cuts[n] / data.grain, cuts[n + 1] / data.grain].forEach((side, k) => sides[k].push(side));
        low.push(strips.filter((strip) => strip[1] <= cuts[n]).length);
        high.push(many - strips.filter((strip) => strip[0] >= cuts[n + 1]).length);
      }
      left = right;
    }
    return { box: sides.map((side) => Float64Array.from(side)), leaves: Int32Array.from(low.keys()), low, high };
  }

  function map(data) {
    const plane = rectangles(data), [left, right, bottom, top] = plane.box;
    const parting = Rectangles.tree(Rectangles.tokens(data.parting, data.part), data.x, data.y);
    const ends = ["0", ...data.levels, "1"];
    const bands = data.colours.map((colour) => ({ colour, hatch: "none" }));
    const isStrip = (k) => plane.low[k] !== plane.high[k];
    const look = (k) => (isStrip(k) ? STRIP : bands[plane.low[k]]);
    const parts = (k) => (parting.nodes[k] === "u" ? null : ELSEWHERE);

    // Columns go from left to right, and the rectangles of one from below.
    function find(u, v) {
      if (!Rectangles.inside(data.x, data.y, u, v)) return -1;
      let first = 0, last = plane.leaves.length - 1;
      while (first < last) {
        const middle = (first + last) >> 1;
        if (u >= right[middle] || (u >= left[middle] && v >= top[middle])) first = middle + 1;
        else last = middle;
      }
      return first;
    }
    function describe(k, at) {
      const from = ends[plane.low[k]], to = ends[plane.high[k] + 1];
      const many = plane.high[k] - plane.low[k], strip = many === 1 ? "the strip of a contour" : "strips of several contours";
      return [
        `p* from ${from} to ${to}${many ? ", undecided where between" : ""}:`,
        `small steps rise to it, the least fixed point, ${Rectangles.words(plane, k)} (eps ${data.eps}, alpha ${data.alpha}).`,
        many ? `These lie in ${strip}, where the band is undecided.` : "",
        at ? elsewhere(...at) : "",
      ];
    }
    function elsewhere(u, v) {
      const k = parting.find(u, v);
      if (k < 0 || parting.nodes[k] === "u") return "";
      const how = parting.nodes[k] === "d" ? "at a higher fixed point" : `in a cycle of ${parting.nodes[k].slice(1)} points`;
      return `Solved exactly, the iteration ends elsewhere here, ${how}, ${Rectangles.words(parting, k)}.`;
    }
    function legend() {
      const shares = Rectangles.shares(plane, (k) => (isStrip(k) ? -1 : plane.low[k]), data.x, data.y);
      const found = bands.flatMap((band, n) =>
        shares.has(n) ? [{ words: `p* ${ends[n]} to ${ends[n + 1]} (${shares.get(n)} %)`, looks: [band], brief: true }] : []);
      if (shares.has(-1)) found.push({ words: `contours: between two bands or more (${shares.get(-1)} %)`, looks: [STRIP] });
      if (parting.nodes.some((node) => !"|^u".includes(node)))
        found.push({ words: "solved exactly, the iteration is proved to end elsewhere", looks: [bands[bands.length >> 1], ELSEWHERE] });
      return found;
    }
    function paint(view, width, height) {
      const image = Rectangles.paint(new Uint32Array(width * height), plane, look, view, width, height);
      return Rectangles.paint(image, parting, parts, view, width, height);
    }
    // The levels of the contours that cross one column, where they do.
    function marks(u) {
      const found = [];
      for (const k of plane.leaves)
        if (isStrip(k) && plane.high[k] - plane.low[k] === 1 && left[k] <= u && u < right[k]) {
          const [r, g, b] = bands[plane.low[k]].colour;
          found.push({ y: (bottom[k] + top[k]) / 2, text: ends[plane.high[k]], colour: 0.3 * r + 0.6 * g + 0.1 * b > 128 ? "#000000" : "#ffffff" });
        }
      return found;
    }
    return { tree: plane, find, also: parting.find, paint, describe, marks, legend, ground: [bands.at(-1)] };
  }
  return { map };
})();
