"use strict";
// Two pictures as SVG: the rise of p, and the cobweb of whole updates. Floating point, for the eye alone.
const Drawing = (() => {
  const WIDTH = 420, HEIGHT = 300, LEFT = 52, RIGHT = 10, TOP = 10, BOTTOM = 40;
  const made = (name, attributes, text) => {
    const element = document.createElementNS("http://www.w3.org/2000/svg", name);
    for (const [key, value] of Object.entries(attributes)) element.setAttribute(key, value);
    if (text !== undefined) element.textContent = text;
    return element;
  };
  const short = (x) => (Number.isInteger(x) && Math.abs(x) < 1e6 ? String(x) : Number(x.toPrecision(3)).toString());

  function frame([x0, x1], [y0, y1], names, says) {
    const svg = made("svg", { viewBox: `0 0 ${WIDTH} ${HEIGHT}`, class: "plot", role: "img", "aria-label": says });
    const x = (v) => LEFT + ((v - x0) / (x1 - x0 || 1)) * (WIDTH - LEFT - RIGHT);
    const y = (v) => HEIGHT - BOTTOM - ((v - y0) / (y1 - y0 || 1)) * (HEIGHT - TOP - BOTTOM);
    const box = { x: LEFT, y: TOP, width: WIDTH - LEFT - RIGHT, height: HEIGHT - TOP - BOTTOM, class: "box" };
    svg.append(made("rect", box));
    for (const v of [x0, (x0 + x1) / 2, x1])
      svg.append(made("text", { x: x(v), y: HEIGHT - BOTTOM + 15, class: v === x1 ? "end" : v === x0 ? "" : "middle" }, short(v)));
    for (const v of [y0, (y0 + y1) / 2, y1]) svg.append(made("text", { x: LEFT - 5, y: y(v) + 4, class: "end" }, short(v)));
    svg.append(made("text", { x: (LEFT + WIDTH) / 2, y: HEIGHT - 6, class: "middle" }, names[0]));
    svg.append(made("text", { x: 12, y: HEIGHT / 4, class: "middle", transform: `rotate(-90 12 ${HEIGHT / 4})` }, names[1]));
    const line = (points, kind) =>
      svg.append(made("polyline", { points: points.map(([a, b]) => `${x(a).toFixed(2)},${y(b).toFixed(2)}`).join(" "), class: kind }));
    const dot = ([a, b]) => svg.append(made("circle", { cx: x(a), cy: y(b), r: 3, class: "dot" }));
    return { svg, line, dot };
  }

  return {
    rise({ points }) {
      const last = points.at(-1);
      const values = points.map(([, p]) => p);
      const room = 0.08 * (Math.max(...values) - Math.min(...values)) || 0.01;
      const range = [Math.max(0, Math.min(...values) - room), Math.min(1, Math.max(...values) + room)];
      const { svg, line, dot } = frame([0, last[0]], range, ["updates", "p"], `p from ${short(points[0][1])} to ${short(last[1])} in ${last[0]} steps`);
      line(points, "curve");
      dot(points[0]);
      return svg;
    },
    cobweb({ window: [low, high], curve, terms }) {
      const { svg, line, dot } = frame([low, high], [low, high], ["log-odds before an update", "after it"], `${terms.length} terms of the sequence in log-odds`);
      line([[low, low], [high, high]], "diagonal");
      line(curve.map(([a, b]) => [a, Math.min(Math.max(b, low), high)]), "curve");
      line(terms.flatMap((term, k) => (k ? [[terms[k - 1], term], [term, term]] : [[term, term]])), "web");
      dot([terms[0], terms[0]]);
      return svg;
    },
  };
})();
