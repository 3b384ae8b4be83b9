"use strict";
// Numbers as the atlas prints them. What bounds an enclosure is rounded outward, what bounds a cell inward, and a
// probability never leaves [0, 1]; near 1 it is told by its complement.
const Numerals = (() => {
  const plain = (value) => value === 0 || (Math.abs(value) >= 1e-3 && Math.abs(value) < 1e5);
  const word = (value) => (plain(value) ? String(value) : value.toExponential().replace("+", ""));
  const odds = (p) => Math.log(p) - Math.log1p(-p);
  const sigma = (L) => (L < 0 ? Math.exp(L) / (1 + Math.exp(L)) : 1 / (1 + Math.exp(-L)));

  // ---- ticks: 1-2-5 where the axis spans decades, even steps where it does not
  function decades(low, high) {
    const found = [];
    if (high / low < 8) {
      const rough = (high - low) / 6, unit = 10 ** Math.floor(Math.log10(rough));
      const step = [1, 2, 5, 10].map((m) => m * unit).find((s) => s >= rough);
      for (let k = Math.ceil(low / step); k * step <= high; k++) found.push(Number((k * step).toPrecision(12)));
      return found;
    }
    const many = Math.log10(high / low) > 3.5;
    for (let e = Math.floor(Math.log10(low)); e <= Math.log10(high); e++)
      for (const m of many ? [1] : [1, 2, 5]) found.push(Number(`${m}e${e}`));
    return found.filter((value) => value >= low && value <= high);
  }
  const betaTicks = (low, high) => decades(Math.exp(low), Math.exp(high)).map((b) => [Math.log(b), word(b)]);
  function oddsTicks(low, high) {
    const ticks = [];
    if (low < 0) {
      const top = Math.min(high, 0);
      for (const p of decades(sigma(low), sigma(top))) if (p <= 0.5) ticks.push([odds(p), word(p)]);
    }
    if (high > 0) {
      const bottom = Math.max(low, 0);
      for (const q of decades(sigma(-high), sigma(-bottom)))
        if (q < 0.5) ticks.push([-odds(q), q < 0.01 ? `1 - ${word(q)}` : word(Number((1 - q).toPrecision(12)))]);
    }
    if (low <= 0 && high >= 0) ticks.push([0, "0.5"]);
    // Labels that would stand on one another are left out.
    ticks.sort((a, b) => a[0] - b[0]);
    return ticks.filter((tick, k) => k === 0 || tick[0] - ticks[k - 1][0] > (high - low) / 60);
  }

  // ---- numbers of a cell, rounded inward: what is printed lies inside the cell
  function inward(low, high) {
    for (const digits of [6, 9, 12]) {
      const part = 10 ** (1 - digits), [a, b] = [low * (1 + part), high * (1 - part)].map((x) => Number(x.toPrecision(digits)));
      if (a < b) return [word(a), word(b)];
    }
    return [`about ${word(low)}`, `about ${word(high)}`];
  }
  function oddsRange(low, high) {
    if (low < 1) return inward(sigma(low), sigma(high));
    const [small, large] = inward(sigma(-high), sigma(-low));
    return [`1 - ${large}`, `1 - ${small}`];
  }

  // ---- enclosures, rounded outward
  // sigma of an interval of log-odds.
  function probabilityWords(ends, digits) {
    const near = (value, sign) => word(Number((value * (1 + sign * 6 * 10 ** -digits)).toPrecision(digits)));
    const fromOne = (value, sign) => (value > 0 ? `1 - ${near(value, sign)}` : "1");
    const [p0, p1] = Enclosure.probability(ends), [q0, q1] = Enclosure.probability([-ends[1], -ends[0]]);
    return [q1 < 0.01 ? fromOne(q1, 1) : near(p0, -1), q0 < 0.01 ? fromOne(q0, -1) : near(p1, 1)];
  }
  // A bracket in log-odds, and the same in p.
  function bracketWords(ends) {
    const step = (sign) => (x) => Number((x + sign * 5e-6 * (Math.abs(x) + 1e-9)).toPrecision(6));
    const [low, high] = [step(-1)(ends[0]), step(1)(ends[1])], [p0, p1] = probabilityWords(ends, 6);
    return `p in [${p0}, ${p1}] (log-odds ${low} to ${high})`;
  }

  // A probability to be typed: four digits of it or, near 1, of its complement.
  function oddsText(L) {
    const small = Number(sigma(-Math.abs(L)).toPrecision(4));
    if (L <= 0) return word(small);
    const places = 3 - Math.floor(Math.log10(small)), scale = 10n ** BigInt(places);
    return `0.${String(scale - BigInt(Math.round(small * 10 ** places))).padStart(places, "0")}`;
  }

  return { word, odds, betaTicks, oddsTicks, inward, oddsRange, probabilityWords, bracketWords, oddsText };
})();
