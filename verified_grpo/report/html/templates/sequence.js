"use strict";
// The panel of one's own sequence: T beside the diagonal, the fixed points, and how the sequence goes. Solved exactly
// it is a cobweb; by small steps it rises along the diagonal to the first place where T meets it.
const Sequence = (() => {
  const GREY = "#808080", BLUE = "#3f7fd0", OCHRE = "#c06a10";

  function panel(narrow, width) {
    const range = () => new Bokeh.Range1d({ start: -1, end: 1, bounds: null });
    const figure = Bokeh.Plotting.figure({
      width: narrow ? width : 420, height: 400, sizing_mode: "scale_width", tools: "pan,wheel_zoom,reset", toolbar_location: "above",
      x_range: range(), y_range: range(), x_axis_label: "log-odds of p, one step", y_axis_label: "log-odds of p, the next", lod_threshold: null,
    });
    figure.toolbar.logo = null;
    const line = (line_color, line_width) => {
      const source = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
      figure.line({ x: { field: "x" }, y: { field: "y" }, source, line_color, line_width });
      return source;
    };
    const diagonal = line(GREY, 0.8), curve = line(BLUE, 1.8), web = line(OCHRE, 1.2);
    const tubes = new Bokeh.ColumnDataSource({ data: { left: [], right: [], bottom: [], top: [] } });
    figure.quad({ left: { field: "left" }, right: { field: "right" }, bottom: { field: "bottom" }, top: { field: "top" }, source: tubes, fill_color: OCHRE, fill_alpha: 0.3, line_color: null });
    const rest = new Bokeh.ColumnDataSource({ data: { x: [], y: [] } });
    figure.scatter({ x: { field: "x" }, y: { field: "y" }, source: rest, marker: "circle", size: 9, fill_color: null, line_color: GREY, line_width: 2 });

    // T over a range that holds these heights, and the rings of its fixed points.
    function frame(map, heights, found) {
      const rings = found.map((point) => Enclosure.middle(point.bracket));
      const low = Math.min(...heights), high = Math.max(...heights), room = 0.08 * (high - low) + 0.5, a = low - room, b = high + room;
      diagonal.data = { x: [a, b], y: [a, b] };
      const across = Array.from({ length: 241 }, (_, k) => a + ((b - a) * k) / 240);
      curve.data = { x: across, y: across.map((L) => Enclosure.middle(map.step([L, L]))) };
      for (const ends of [figure.x_range, figure.y_range]) ends.setv({ start: a, end: b });
      rest.data = { x: rings, y: rings };
    }
    const of = (given) => `from p_ref = ${given.p_ref} for beta = ${given.beta} and eps = ${given.eps}`;

    function exactly(given) {
      const terms = Enclosure.orbit(given), map = Enclosure.model(given);
      if (!terms) return "The orbit of this contrast is not drawn here.";
      const mid = terms.map(Enclosure.middle), xs = [], ys = [];
      for (let k = 0; k + 1 < mid.length; k++) {
        xs.push(mid[k], mid[k]);
        ys.push(mid[k], mid[k + 1]);
      }
      web.data = { x: xs, y: ys };
      const pairs = terms.slice(0, -1).map((term, k) => [term, terms[k + 1]]);
      tubes.data = { left: pairs.map((p) => p[0][0]), right: pairs.map((p) => p[0][1]), bottom: pairs.map((p) => p[1][0]), top: pairs.map((p) => p[1][1]) };
      const found = Brackets.fixedPoints(map, 1e-9);
      frame(map, mid, found);
      const end = terms.at(-1), wide = end[1] - end[0], [p0, p1] = Numerals.probabilityWords(end, 9);
      return (
        `Cobweb of the sequence ${of(given)}: ${terms.length - 1} steps, enclosed by outward-rounded arithmetic in this page ` +
        `(not part of the certificate). After them p lies in [${p0}, ${p1}], its log-odds in an interval ` +
        `of width ${wide.toExponential(1)}${terms.length < 61 ? "; the next enclosure would be too wide to say anything" : ""}. ` +
        restWords(found)
      );
    }

    function bySmallSteps(given) {
      const map = Enclosure.model(given);
      if (!map) return "The drive of this contrast is not drawn here.";
      const found = Brackets.fixedPoints(map, 1e-9), [least] = Brackets.limits("r", undefined, map);
      const start = Enclosure.middle(map.start);
      if (!least) return "The least fixed point cannot be enclosed in this page's arithmetic.";
      const end = Enclosure.middle(least);
      web.data = { x: [start, end], y: [start, end] };
      frame(map, [start, end, ...found.map((point) => Enclosure.middle(point.bracket))], found);
      return (
        `Small steps ${of(given)} rise along the diagonal to the least fixed point, where T first meets it: ` +
        `${Numerals.bracketWords(least)}, enclosed by outward-rounded arithmetic in this page (not part of the certificate). ${restWords(found)}`
      );
    }
    function restWords(found) {
      if (!found.length || found.length > 5) return "";
      const brackets = found.map((point) => Numerals.bracketWords(point.bracket) + (point.sure ? "" : " or none")).join("; ");
      return `Fixed points (rings in the cobweb), none outside: ${brackets}.`;
    }
    return { figure, sources: [diagonal, curve, web, rest, tubes], exactly, bySmallSteps };
  }
  return { panel };
})();
