/**
 * Integers as bit-vectors: two's complement, in as many bits as their limits need. No operation
 * wraps: its result has as many bits as it needs, so that what is shown is true of integers.
 */
import {
  and,
  bitAdd,
  bitAnd,
  bitAtMost,
  bitConcat,
  bitDivide,
  bitExtend,
  bitExtract,
  bitLess,
  bitMultiply,
  bitOr,
  bitRemainder,
  bitSubtract,
  bits,
  bitVector,
  bitXor,
  equal,
  fresh,
  ite,
  no,
  type Term,
  yes,
} from '../../logic/index.ts';

export interface Integer {
  readonly kind: 'integer';
  readonly term: Term;
  /** Every value lies within these, both included. */
  readonly low: bigint;
  readonly high: bigint;
}

function least(...values: readonly bigint[]): bigint {
  let found = values[0]!;
  for (const value of values) if (value < found) found = value;
  return found;
}

function most(...values: readonly bigint[]): bigint {
  return -least(...values.map((value) => -value));
}

/** The bits that every integer from `low` to `high` needs, one for the sign among them. */
function widthFor(low: bigint, high: bigint): number {
  const largest = most(-low - 1n, high);
  return largest <= 0n ? 1 : largest.toString(2).length + 1;
}

function widthOf({ sort }: Term): number {
  if (sort.kind !== 'bits') throw new Error('an integer is a bit-vector here');
  return sort.width;
}

function made(term: Term, low: bigint, high: bigint): Integer {
  if (low === high) return constant(low);
  return { kind: 'integer', term: resized(term, widthFor(low, high)), low, high };
}

/** The same number, which fits, in more or fewer bits. */
function resized(term: Term, width: number): Term {
  const own = widthOf(term);
  if (width <= own) return bitExtract(width - 1, 0, term);
  const sign = bitExtract(own - 1, own - 1, term);
  const more = width - own;
  if (sign === bits(1, 0n)) return bitExtend(width, term);
  return bitConcat(ite(equal(sign, bits(1, 1n)), bits(more, -1n), bits(more, 0n)), term);
}

/** In `width` bits; of what is never negative the new bits are zero. */
function wide(a: Integer, width: number): Term {
  const own = widthOf(a.term);
  if (a.low >= 0n && width > own) return bitExtend(width, a.term);
  return resized(a.term, width);
}

export function constant(value: bigint): Integer {
  const term = bits(widthFor(value, value), value);
  return { kind: 'integer', term, low: value, high: value };
}

/** Any integer between two limits; the second part says that it lies between them. */
export function unknown(hint: string, low: bigint, high: bigint): readonly [Integer, Term] {
  const term = fresh(hint, bitVector(widthFor(low, high)));
  const integer: Integer = { kind: 'integer', term, low, high };
  // The limits of the term are claimed, so they are tested on its bits alone.
  const width = widthOf(term);
  const all = { ...integer, low: -(2n ** BigInt(width - 1)), high: 2n ** BigInt(width - 1) - 1n };
  return [integer, and(atMost(constant(low), all), atMost(all, constant(high)))];
}

export function knownValue(a: Integer): bigint | undefined {
  return a.low === a.high ? a.low : undefined;
}

function exact(
  a: Integer,
  b: Integer,
  limits: readonly bigint[],
  operate: (a: Term, b: Term) => Term,
): Integer {
  const low = least(...limits);
  const high = most(...limits);
  const width = Math.max(widthFor(low, high), widthOf(a.term), widthOf(b.term));
  return made(operate(wide(a, width), wide(b, width)), low, high);
}

export function add(a: Integer, b: Integer): Integer {
  return exact(a, b, [a.low + b.low, a.high + b.high], bitAdd);
}

export function subtract(a: Integer, b: Integer): Integer {
  return exact(a, b, [a.low - b.high, a.high - b.low], bitSubtract);
}

export function multiply(a: Integer, b: Integer): Integer {
  const limits = [a.low, a.high].flatMap((x) => [b.low, b.high].map((y) => x * y));
  return exact(a, b, limits, bitMultiply);
}

/** `Math.floor(a / by)` for a positive constant; a power of two is a shift, of any integer. */
export function divide(a: Integer, by: bigint): Integer | undefined {
  const low = floor(a.low, by);
  const high = floor(a.high, by);
  const shift = exponent(by);
  if (shift !== undefined) {
    const width = Math.max(widthOf(a.term), shift + 1);
    return made(bitExtract(width - 1, shift, wide(a, width)), low, high);
  }
  if (a.low < 0n) return undefined;
  const width = Math.max(widthOf(a.term), widthFor(by, by));
  return made(bitDivide(wide(a, width), bits(width, by)), low, high);
}

/** `a` modulo a positive constant, from 0 on; of a power of two, for any integer. */
export function modulo(a: Integer, by: bigint): Integer | undefined {
  if (a.low >= 0n && a.high < by) return a;
  const shift = exponent(by);
  if (shift === 0) return constant(0n);
  if (shift !== undefined) {
    const width = Math.max(widthOf(a.term), shift);
    const rest = bitExtract(shift - 1, 0, wide(a, width));
    return made(bitExtend(shift + 1, rest), 0n, by - 1n);
  }
  if (a.low < 0n) return undefined;
  const width = Math.max(widthOf(a.term), widthFor(by, by));
  return made(bitRemainder(wide(a, width), bits(width, by)), 0n, by - 1n);
}

function floor(a: bigint, by: bigint): bigint {
  return a >= 0n ? a / by : -((-a + by - 1n) / by);
}

function exponent(value: bigint): number | undefined {
  const text = value.toString(2);
  return /^10*$/.test(text) ? text.length - 1 : undefined;
}

/** The last bits of `a`, read as a number that may be negative. */
export function signed(a: Integer, width: number): Integer {
  const limit = 2n ** BigInt(width - 1);
  if (-limit <= a.low && a.high < limit) return a;
  const last = bitExtract(width - 1, 0, wide(a, Math.max(width, widthOf(a.term))));
  return made(last, -limit, limit - 1n);
}

/** Bit by bit, of two integers that are not negative. */
export function bitwise(name: 'and' | 'or' | 'xor', a: Integer, b: Integer): Integer {
  const operate = { and: bitAnd, or: bitOr, xor: bitXor }[name];
  const ones = 2n ** BigInt(widthFor(0n, most(a.high, b.high)) - 1) - 1n;
  return exact(a, b, [0n, name === 'and' ? least(a.high, b.high) : ones], operate);
}

/** An integer that is known to lie between these limits, too. */
export function within(a: Integer, low: bigint, high: bigint): Integer {
  const from = most(a.low, low);
  const to = least(a.high, high);
  // Nothing lies between them: no run comes here, and any value will do.
  return from > to ? constant(low) : made(a.term, from, to);
}

export function less(a: Integer, b: Integer): Term {
  if (a.high < b.low) return yes;
  if (a.low >= b.high) return no;
  return compared(a, b, bitLess);
}

export function atMost(a: Integer, b: Integer): Term {
  if (a.high <= b.low) return yes;
  if (a.low > b.high) return no;
  return compared(a, b, bitAtMost);
}

/** As unsigned numbers, both moved so that the least is 0. */
function compared(a: Integer, b: Integer, compare: (a: Term, b: Term) => Term): Term {
  const width = Math.max(widthOf(a.term), widthOf(b.term));
  const [left, right] = [wide(a, width), wide(b, width)];
  if (a.low >= 0n && b.low >= 0n) return compare(left, right);
  const top = bits(width, 2n ** BigInt(width - 1));
  return compare(bitXor(left, top), bitXor(right, top));
}

export function same(a: Integer, b: Integer): Term {
  if (a.high < b.low || b.high < a.low) return no;
  const width = Math.max(widthOf(a.term), widthOf(b.term));
  return equal(wide(a, width), wide(b, width));
}

export function choose(condition: Term, a: Integer, b: Integer): Integer {
  const low = least(a.low, b.low);
  const high = most(a.high, b.high);
  const width = widthFor(low, high);
  return made(ite(condition, wide(a, width), wide(b, width)), low, high);
}

/** What a solver says of the bits, as the integer that they are. */
export function readBack({ term }: Integer, value: bigint): bigint {
  return BigInt.asIntN(widthOf(term), value);
}
