"use strict";
// The sequence L_n = T(L_{n-1}) in intervals [lower, upper] that certainly contain it.
//
// Why they do: ECMAScript defines + - * / as IEEE 754 does, the exact result rounded to nearest, so a result is off
// by at most 2^-53 of itself, or 2^-1075 among the subnormal numbers. `down` and `up` move it by four times that.
// Math.exp, Math.log and Math.sqrt are not trusted: exp is made of + and * with a bounded remainder; a logarithm and
// a root are guessed and then proved, by exp and by squaring. Whatever is not finite ends the computation.
const Enclosure = (() => {
  const PART = 2 ** -51, TINY = 2 ** -1070;
  const down = (x) => x - (Math.abs(x) * PART + TINY);
  const up = (x) => x + (Math.abs(x) * PART + TINY);
  const hull = (values) => [down(Math.min(...values)), up(Math.max(...values))];

  const add = (a, b) => [down(a[0] + b[0]), up(a[1] + b[1])];
  const sub = (a, b) => [down(a[0] - b[1]), up(a[1] - b[0])];
  const mul = (a, b) => hull([a[0] * b[0], a[0] * b[1], a[1] * b[0], a[1] * b[1]]);
  const div = (a, b) => {
    if (!(b[0] > 0)) throw new RangeError("division by an interval that reaches 0");
    return hull([a[0] / b[0], a[0] / b[1], a[1] / b[0], a[1] / b[1]]);
  };
  const point = (x) => [x, x];

  // exp(-x) for one number x >= 0. With y = x/1024 and |y| < 0.684, twenty-one terms of the series leave less than
  // 0.684^21/21!/(1 - 0.684/22) < 1e-20; the sum is then squared ten times.
  function decay(x) {
    if (x > 700) return [0, 1e-300];
    const y = div(point(-x), point(1024));
    let sum = point(1);
    for (let k = 20; k > 0; k--) sum = add(point(1), div(mul(y, sum), point(k)));
    sum = add(sum, [-1e-20, 1e-20]);
    for (let k = 0; k < 10; k++) sum = mul(sum, sum);
    return [Math.max(0, sum[0]), sum[1]];
  }

  function root(a) {
    let low = Math.sqrt(a[0]) * (1 - 2 ** -50), high = Math.sqrt(a[1]) * (1 + 2 ** -50) + 1e-160;
    while (up(low * low) > a[0] && low > 0) low = low > 1e-160 ? low * (1 - 1e-12) : 0;
    while (down(high * high) < a[1]) high *= 1 + 1e-12;
    return [low, high];
  }

  // e^l for one number l; used to prove a guessed logarithm.
  const power = (l) => (l < 0 ? decay(-l) : div(point(1), decay(l)));

  function log(a) {
    for (let margin = 1e-11; margin < 1; margin *= 4) {
      const low = Math.log(a[0]), high = Math.log(a[1]);
      const ends = [low - margin * (1 + Math.abs(low)), high + margin * (1 + Math.abs(high))];
      if (power(ends[0])[1] <= a[0] && power(ends[1])[0] >= a[1]) return ends;
    }
    throw new RangeError("a logarithm that could not be proved");
  }

  // A number as text: a decimal, perhaps with an exponent, or a fraction.
  function read(text) {
    const [above, below, ...rest] = text.trim().split("/");
    const plain = /^(\d+(\.\d*)?|\.\d+)(e[-+]?\d{1,3})?$/i;
    if (rest.length || !plain.test(above) || (below !== undefined && !plain.test(below))) return null;
    const side = (value) => [Math.max(0, down(Number(value))), up(Number(value))];
    const value = below === undefined ? side(above) : Number(below) > 0 ? div(side(above), side(below)) : null;
    return value && value.every(Number.isFinite) ? value : null;
  }

  const contrasts = {
    "mean-var": (v, eps) => div(point(1), root(add(v, eps))),
    "mean-std": (v, eps) => div(point(1), add(root(v), eps)),
    mean: () => point(1),
  };

  const variance = (x) => {
    const t = decay(x), whole = add(point(1), t), v = div(t, mul(whole, whole));
    return [Math.max(0, v[0]), v[1]];
  };

  // Omega rises with |L|: its range is its values at the nearest and the farthest point from 0.
  function omega(contrast, L, eps) {
    const near = L[0] > 0 ? L[0] : L[1] < 0 ? -L[1] : 0, far = Math.max(-L[0], L[1]);
    return [contrast(variance(near), eps)[0], contrast(variance(far), eps)[1]];
  }

  // One step, for texts {contrast, alpha, beta, eps, p_ref}; null where the contrast is not drawn here.
  function model(given) {
    const contrast = contrasts[given.contrast];
    const [alpha, beta, eps, p] = ["alpha", "beta", "eps", "p_ref"].map((name) => read(given[name]));
    if (!contrast || !alpha || !beta || !eps || !p || !(beta[0] > 0 && eps[0] > 0 && p[0] > 0 && p[1] < 1)) return null;
    const start = log(div(p, sub(point(1), p)));
    const kept = given.alpha === "1" ? point(0) : sub(point(1), alpha);
    const drift = given.alpha === "1" ? start : mul(alpha, start);
    const step = (L) => add(add(mul(kept, L), drift), div(omega(contrast, L, eps), beta));
    return { start, step };
  }

  // The first terms, as long as their enclosures stay narrower than `widest`.
  function orbit(given, most = 60, widest = 0.5) {
    const map = model(given);
    if (!map) return null;
    const terms = [map.start];
    try {
      while (terms.length <= most) {
        const next = map.step(terms.at(-1));
        if (!next.every(Number.isFinite) || next[1] - next[0] > widest) break;
        terms.push(next);
      }
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
    return terms;
  }

  const middle = (a) => a[0] / 2 + a[1] / 2;
  // sigma(L), as text rounded outward; the complement where that says more.
  function probability(L) {
    const value = (x) => (x < 0 ? div(power(x), add(point(1), power(x))) : div(point(1), add(point(1), decay(x))));
    return [value(L[0])[0], value(L[1])[1]];
  }
  return { read, model, orbit, log, root, decay, middle, probability };
})();
