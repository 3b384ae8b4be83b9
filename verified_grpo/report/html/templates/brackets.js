"use strict";
// Where fixed points and cycles can be, for all parameters of a cell at once, and where the sequences of a cell end.
//
// An interval that T^n carries off itself holds no point of period n; the others are halved until they are fine. What
// is left over, merged, holds every such point. The cell's verdict comes from the certificate; these brackets are made
// here, in the arithmetic of enclosure.js, except those that the certificate's proof names itself.
const Brackets = (() => {
  const apart = (a, b) => a[1] < b[0] || a[0] > b[1];

  // The parts of an interval that may hold a point of period n, ascending, but for those that `free` rules out; `fine`
  // is a width, beside 1 + |L|.
  function candidates(map, [low, high], period, fine, free = () => false, most = 4000) {
    const waiting = [[low, high]], left = [];
    for (let work = 0; waiting.length; work++) {
      const cell = waiting.pop(), middle = Enclosure.middle(cell);
      let image = cell;
      for (let n = 0; n < period; n++) image = map.step(image);
      if (apart(image, cell) || free(cell)) continue;
      if (cell[1] - cell[0] > fine * (1 + Math.abs(middle)) && work < most && cell[0] < middle && middle < cell[1])
        waiting.push([middle, cell[1]], [cell[0], middle]);
      else if (left.length && left.at(-1)[1] >= cell[0]) left.at(-1)[1] = cell[1];
      else left.push(cell);
    }
    return left;
  }

  // The brackets of fixed points; `sure` where T carries both ends inward or both outward, so that each holds one.
  function fixedPoints(map, fine = 0.01) {
    if (!map.reach.every(Number.isFinite)) return [];
    return candidates(map, map.reach, 1, fine).map((bracket) => {
      const [from, to] = bracket.map((end) => map.step([end, end]));
      const inward = from[0] > bracket[0] && to[1] < bracket[1], outward = from[1] < bracket[0] && to[0] > bracket[1];
      return { bracket, sure: inward || outward };
    });
  }

  // All sequences rise to the least fixed point: from the first candidate to the first that surely holds one.
  function least(found) {
    const sure = found.findIndex((point) => point.sure);
    return sure < 0 ? found.map((point) => point.bracket) : [[found[0].bracket[0], found[sure].bracket[1]]];
  }

  // From A >= 0 with T(A) >= A on sequences rise or fall for ever, so that no point of a cycle is beyond.
  function ceiling(map) {
    for (let k = 0; k <= 64; k++) {
      const A = (map.reach[1] * k) / 64;
      if (A >= 0 && map.step([A, A])[0] >= A) return A;
    }
    return map.reach[1];
  }

  // The brackets that the token of a proof names: rules q and z give that of the fixed point below 1/2, in 2^-11.
  function named(proof) {
    const [, lower, upper] = proof.slice(1).split(".").map(Number);
    return [-lower / 2048, -upper / 2048];
  }

  // Brackets of the points to which the sequences of a cell tend, one or more of which hold them: for its verdict (a
  // node of the tree), its proof (a token) and the recursion of its box. Nothing where nothing is known.
  function limits(node, proof, map) {
    const rule = proof?.[0];
    if (rule === "q") return [named(proof)];
    if (!map || !map.reach.every(Number.isFinite)) return [];
    if (node === "r") return least(fixedPoints(map));
    if (node === "f") {
      // By a climb, or from above even odds, a sequence stays there.
      const above = rule === "e" || rule === "s" ? 0 : -Infinity;
      return fixedPoints(map).map((point) => point.bracket).filter((bracket) => bracket[1] >= above);
    }
    if (node[0] !== "c") return [];
    const period = Number(node.slice(1)), low = map.reach[0];
    if (rule !== "z") return candidates(map, [low, ceiling(map)], period, 0.01);
    // Sequences stay below 1/2. |T'| > 1 on the named bracket: of two points in it, neither can be the other's image
    // both ways, but for the fixed point itself.
    const around = named(proof), within = (cell) => cell[0] >= around[0] && cell[1] <= around[1];
    return candidates(map, [low, 0], period, 0.01, (cell) => within(cell) && within(map.step(cell)));
  }

  return { fixedPoints, limits };
})();
