"use strict";
// The map of the exact iteration: the cells of an atlas, each with its verdict.
const Cells = (() => {
  const LOOKS = {
    r: { letter: "R", words: "rises to the least fixed point", colour: [246, 244, 234], hatch: "none", edge: 0.8 },
    f: { letter: "F", words: "tends to a fixed point", colour: [195, 215, 234], hatch: "dots", edge: 0.8 },
    c2: { letter: "C2", words: "caught by a cycle of 2 points", colour: [227, 155, 79], hatch: "slash", edge: 0.8 },
    c: { letter: "C", words: "caught by a longer cycle", colour: [140, 59, 18], hatch: "cross", edge: 0.8 },
    o: { letter: "O", words: "rises to 1", colour: [246, 244, 234], hatch: "none", edge: 0.8 },
    u: { letter: "?", words: "undecided", colour: [26, 26, 26], hatch: "none", edge: 3 },
  };
  const name = (node) => (node in LOOKS ? node : "c");
  const letter = (node) => (node[0] === "c" ? node.toUpperCase() : LOOKS[node].letter);

  function map(data) {
    const tree = Rectangles.tree(Rectangles.tokens(data.nodes, data.node), data.x, data.y);
    const proofs = Rectangles.tokens(data.proofs, data.proof), proof = new Map();
    for (const k of tree.leaves) if (tree.nodes[k] !== "u") proof.set(k, proofs[proof.size]);
    Object.assign(tree, { proofs });

    const brackets = (k) => Brackets.limits(tree.nodes[k], proof.get(k), Enclosure.recursion(data, ...sides(k)));
    // The box of a cell as intervals that contain it: the corners here are those of the certificate to a few roundings.
    function sides(k) {
      const [left, right, low, high] = tree.box.map((ends) => ends[k]), wider = (x, sign) => x + sign * 1e-12 * (1 + Math.abs(x));
      const beta = [Enclosure.power(wider(left, -1))[0], Enclosure.power(wider(right, 1))[1]];
      return [beta, [wider(low, -1), wider(high, 1)]];
    }
    function where(node, brackets) {
      if (!brackets.length) return "";
      const said = (brackets.length > 6 ? [[brackets[0][0], brackets.at(-1)[1]]] : brackets).map(Numerals.bracketWords).join(" or ");
      if (node[0] !== "c") return `Limit: ${said}.`;
      return `Each of its points: ${said}${brackets.length > Number(node.slice(1)) ? " (a fixed point may be among these)" : ""}.`;
    }
    function describe(k) {
      const node = tree.nodes[k], verdict = node[0] === "c" ? `caught by a cycle of ${node.slice(1)} points` : LOOKS[node].words;
      const token = proof.get(k);
      return [
        `${letter(node)}: ${verdict},`,
        `${Rectangles.words(tree, k)} (eps ${data.eps}, alpha ${data.alpha}).`,
        where(node, brackets(k)),
        token ? `Proved by: ${data.rules[token[0]] ?? "a rule of the certificate"}.` : "",
      ];
    }
    function label(k) {
      const node = tree.nodes[k];
      return { text: letter(node), colour: node === "u" || name(node) === "c" ? "#ffffff" : "#000000" };
    }
    function legend() {
      const shares = Rectangles.shares(tree, (k) => name(tree.nodes[k]), data.x, data.y);
      return Object.keys(LOOKS).filter((key) => shares.has(key)).map((key) => ({
        words: `${LOOKS[key].letter}: ${LOOKS[key].words} (${shares.get(key)} %)`, looks: [LOOKS[key]],
      }));
    }
    const paint = (view, width, height) =>
      Rectangles.paint(new Uint32Array(width * height), tree, (k) => LOOKS[name(tree.nodes[k])], view, width, height);
    return { tree, find: tree.find, paint, describe, label, legend, brackets, ground: [LOOKS.r] };
  }
  return { map };
})();
