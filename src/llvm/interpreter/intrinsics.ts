/** Intrinsics on numbers: of their arguments, all of the width of the first. */
import { signed } from './value.ts';

/** A number, a pair of a number and whether it overflowed, or why there is none. */
export type Result =
  | { readonly value: bigint }
  | { readonly pair: readonly [bigint, boolean] }
  | { readonly poison: string };

export type Intrinsic = (args: readonly bigint[], width: number) => Result;

const mask = (width: number) => (1n << BigInt(width)) - 1n;

function value(rule: (args: readonly bigint[], width: number) => bigint): Intrinsic {
  return (args, width) => ({ value: BigInt.asUintN(width, rule(args, width)) });
}

function choosing(sign: boolean, first: (a: bigint, b: bigint) => boolean): Intrinsic {
  return value(([a = 0n, b = 0n], width) => {
    const of = (one: bigint) => (sign ? signed(width, one) : one);
    return first(of(a), of(b)) ? a : b;
  });
}

type Exact = (a: bigint, b: bigint) => bigint;
const plus: Exact = (a, b) => a + b;
const minus: Exact = (a, b) => a - b;
const times: Exact = (a, b) => a * b;

function overflowing(sign: boolean, exact: Exact): Intrinsic {
  return ([a = 0n, b = 0n], width) => {
    const result = exactOf(sign, exact, a, b, width);
    const low = BigInt.asUintN(width, result);
    return { pair: [low, (sign ? signed(width, low) : low) !== result] };
  };
}

function saturating(sign: boolean, exact: Exact): Intrinsic {
  return value(([a = 0n, b = 0n], width) => {
    const result = exactOf(sign, exact, a, b, width);
    const high = sign ? mask(width) >> 1n : mask(width);
    const low = sign ? -high - 1n : 0n;
    return result > high ? high : result < low ? low : result;
  });
}

function exactOf(sign: boolean, exact: Exact, a: bigint, b: bigint, width: number): bigint {
  return sign ? exact(signed(width, a), signed(width, b)) : exact(a, b);
}

function comparing(sign: boolean): Intrinsic {
  return value(([a = 0n, b = 0n], width) => {
    const [x, y] = sign ? [signed(width, a), signed(width, b)] : [a, b];
    return x < y ? -1n : x > y ? 1n : 0n;
  });
}

function ones(a: bigint): bigint {
  return BigInt(a.toString(2).replaceAll('0', '').length);
}

function leading(a: bigint, width: number): bigint {
  return BigInt(width - (a === 0n ? 0 : a.toString(2).length));
}

function trailing(a: bigint, width: number): bigint {
  if (a === 0n) return BigInt(width);
  let count = 0n;
  while (((a >> count) & 1n) === 0n) count++;
  return count;
}

function counting(count: (a: bigint, width: number) => bigint): Intrinsic {
  return ([a = 0n, zeroIsPoison = 0n], width) =>
    a === 0n && zeroIsPoison === 1n
      ? { poison: 'the bits of 0 are counted, which has no result' }
      : { value: count(a, width) };
}

function reversed(a: bigint, width: number, step: number): bigint {
  let result = 0n;
  for (let i = 0; i < width; i += step) {
    const piece = (a >> BigInt(i)) & mask(step);
    result |= piece << BigInt(width - i - step);
  }
  return result;
}

/** Shifts two numbers as one of twice the width. */
function funnel(left: boolean): Intrinsic {
  return value(([a = 0n, b = 0n, c = 0n], width) => {
    const count = c % BigInt(width);
    const both = (a << BigInt(width)) | b;
    return left ? (both << count) >> BigInt(width) : both >> count;
  });
}

const absolute: Intrinsic = ([a = 0n, lowestIsPoison = 0n], width) => {
  const own = signed(width, a);
  if (lowestIsPoison === 1n && a === 1n << BigInt(width - 1))
    return { poison: `signed integer overflow: the negation of ${own} in i${width}` };
  return { value: BigInt.asUintN(width, own < 0n ? -own : own) };
};

export const intrinsics: Readonly<Record<string, Intrinsic>> = {
  umin: choosing(false, (a, b) => a <= b),
  umax: choosing(false, (a, b) => a >= b),
  smin: choosing(true, (a, b) => a <= b),
  smax: choosing(true, (a, b) => a >= b),
  abs: absolute,
  ucmp: comparing(false),
  scmp: comparing(true),
  ctpop: value(([a = 0n]) => ones(a)),
  ctlz: counting(leading),
  cttz: counting(trailing),
  bswap: value(([a = 0n], width) => reversed(a, width, 8)),
  bitreverse: value(([a = 0n], width) => reversed(a, width, 1)),
  fshl: funnel(true),
  fshr: funnel(false),
  'sadd.with.overflow': overflowing(true, plus),
  'uadd.with.overflow': overflowing(false, plus),
  'ssub.with.overflow': overflowing(true, minus),
  'usub.with.overflow': overflowing(false, minus),
  'smul.with.overflow': overflowing(true, times),
  'umul.with.overflow': overflowing(false, times),
  'sadd.sat': saturating(true, plus),
  'uadd.sat': saturating(false, plus),
  'ssub.sat': saturating(true, minus),
  'usub.sat': saturating(false, minus),
  expect: value(([a = 0n]) => a),
};
