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

  // Whether two texts are one number, exactly; texts that `read` does not read are compared as texts.
  function same(one, other) {
    if (!read(one) || !read(other)) return one === other;
    const [a, b] = [one, other].map(fraction);
    return a[0] * b[1] === b[0] * a[1];
  }
  function fraction(text) {
    const [above, below = "1"] = text.trim().split("/"), [[a, b], [c, d]] = [above, below].map(decimal);
    return [a * d, b * c];
  }
  function decimal(text) {
    const [, whole, part = "", exponent = "0"] = /^(\d*)\.?(\d*)(?:e(.*))?$/i.exec(text);
    const power = Number(exponent) - part.length, digits = BigInt(whole + part);
    return power < 0 ? [digits, 10n ** BigInt(-power)] : [digits * 10n ** BigInt(power), 1n];
  }

  // Omega at |L| = x as a function of x, for one eps; each falls with v = p(1 - p), that is, rises with x.
  const contrasts = {
    "mean-var": (eps) => (x) => div(point(1), root(add(variance(x), eps))),
    "mean-std": (eps) => (x) => div(point(1), add(root(variance(x)), eps)),
    mean: () => () => point(1),
    group: (eps, [size, ddof]) => {
      const parts = jumps(eps, size, ddof);
      return parts && ((x) => bernstein(parts, x));
    },
  };

  const variance = (x) => {
    const t = decay(x), whole = add(point(1), t), v = div(t, mul(whole, whole));
    return [Math.max(0, v[0]), v[1]];
  };

  // What one more success changes, c_k, for k = 0 .. G - 1 other successes, times the binomial coefficient. The sum
  // over k rises with |L| if c_k falls up to the middle; null where that is not proved. Up to G = 3 all c_k are equal.
  function jumps(eps, size, ddof) {
    if (!(size >= 2 && size <= 512)) return null;
    const part = (k, j) => div(div(point(k), point(size)), add(spread(j), eps));
    const spread = (j) => root(div(point(j * (size - j)), point(size * (size - ddof))));
    const found = [];
    for (let k = 0; k < size; k++) {
      const gain = k + 1 < size ? part(size - k - 1, k + 1) : point(0), loss = k > 0 ? part(k, k) : point(0);
      found.push(add(gain, loss));
    }
    for (let k = 0; size > 3 && k + 1 <= (size - 1) / 2; k++) if (found[k + 1][1] > found[k][0]) return null;
    let many = point(1);
    return found.map((c, k) => {
      const term = mul(many, c);
      many = div(mul(many, point(size - 1 - k)), point(k + 1));
      return term;
    });
  }

  function bernstein(parts, x) {
    const t = decay(x), whole = add(point(1), t), p = div(point(1), whole), q = div(t, whole);
    const last = parts.length - 1, above = [point(1)], below = [point(1)];
    for (let k = 0; k < last; k++) {
      above.push(positive(mul(above[k], p)));
      below.push(positive(mul(below[k], q)));
    }
    return parts.reduce((sum, c, k) => add(sum, positive(mul(c, mul(above[k], below[last - k])))), point(0));
  }
  const positive = (a) => [Math.max(0, a[0]), a[1]];

  // Omega over an interval: its values at the nearest and the farthest point from 0.
  function omega(contrast, L) {
    const near = L[0] > 0 ? L[0] : L[1] < 0 ? -L[1] : 0, far = Math.max(-L[0], L[1]);
    return [contrast(near)[0], contrast(far)[1]];
  }

  // One step for every beta and every start (the log-odds of p_ref) in these intervals; null where the contrast is not
  // enclosed here. `variant` is {contrast, group, alpha, eps} in texts, group = [G, ddof].
  function recursion(variant, beta, start) {
    const alpha = read(variant.alpha), eps = read(variant.eps);
    if (!alpha || !eps || !(eps[0] > 0) || !(beta[0] > 0)) return null;
    const contrast = contrasts[variant.contrast]?.(eps, variant.group);
    if (!contrast) return null;
    const kept = variant.alpha === "1" ? point(0) : sub(point(1), alpha);
    const drift = variant.alpha === "1" ? start : mul(alpha, start);
    const step = (L) => add(add(mul(kept, L), drift), div(omega(contrast, L), beta));
    // No point of a cycle lies outside of `reach`: Omega > 0, and the highest one is at most (1 - alpha) of itself,
    // plus alpha L_ref, plus the limit of Omega over beta. A little is added, so that T surely leads down from its end.
    const far = alpha[0] > 0 ? div(div(point(contrast(1000)[1]), alpha), beta)[1] : Infinity;
    return { start, step, reach: [start[0], start[1] + far * (1 + 1e-3) + 1e-3] };
  }

  // The same for numbers given as texts, {contrast, group, alpha, beta, eps, p_ref}.
  function model(given) {
    const [beta, p] = [read(given.beta), read(given.p_ref)];
    if (!beta || !p || !(p[0] > 0 && p[1] < 1)) return null;
    return recursion(given, beta, log(div(p, sub(point(1), p))));
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
  // sigma(L), an enclosure that does not leave [0, 1].
  function probability(L) {
    const value = (x) => (x < 0 ? div(power(x), add(point(1), power(x))) : div(point(1), add(point(1), decay(x))));
    return [Math.max(0, value(L[0])[0]), Math.min(1, value(L[1])[1])];
  }
  return { read, same, recursion, model, orbit, log, root, power, decay, middle, probability };
})();
