/** Bit-vector terms, folded when their parts are literals. Divisors of 0 are left alone. */
import { Bool, bitVector, type Sort } from './sort.ts';
import { apply, type BitOperator, bits, boolean, expectSort, intern, type Term } from './term.ts';

type Fold = (a: bigint, b: bigint, width: number) => bigint | undefined;

export const bitAdd = binary('bvadd', (a, b) => a + b);
export const bitSubtract = binary('bvsub', (a, b) => a - b);
export const bitMultiply = binary('bvmul', (a, b) => a * b);
export const bitDivide = binary('bvudiv', (a, b) => (b === 0n ? undefined : a / b));
export const bitRemainder = binary('bvurem', (a, b) => (b === 0n ? undefined : a % b));
export const bitAnd = binary('bvand', (a, b) => a & b);
export const bitOr = binary('bvor', (a, b) => a | b);
export const bitXor = binary('bvxor', (a, b) => a ^ b);
export const bitShiftLeft = binary('bvshl', (a, b, width) => (b < width ? a << b : 0n));
export const bitShiftRight = binary('bvlshr', (a, b, width) => (b < width ? a >> b : 0n));
export const bitLess = comparison('bvult', (a, b) => a < b);
export const bitAtMost = comparison('bvule', (a, b) => a <= b);

export function bitNot(a: Term): Term {
  const width = widthOf(a.sort);
  if (a.operator === 'bits') return bits(width, ~a.value);
  return apply('bvnot', a.sort, a);
}

/** `a` above `b`. */
export function bitConcat(a: Term, b: Term): Term {
  const [high, low] = [widthOf(a.sort), widthOf(b.sort)];
  if (a.operator === 'bits' && b.operator === 'bits') {
    return bits(high + low, (a.value << BigInt(low)) | b.value);
  }
  return apply('concat', bitVector(high + low), a, b);
}

/** The bits from `low` to `high`, both counted in. */
export function bitExtract(high: number, low: number, a: Term): Term {
  const width = widthOf(a.sort);
  if (low < 0 || low > high || high >= width)
    throw new Error(`no bits ${high}..${low} in ${width}`);
  if (high - low + 1 === width) return a;
  if (a.operator === 'bits') return bits(high - low + 1, a.value >> BigInt(low));
  return intern(
    { operator: 'extract', high, low },
    bitVector(high - low + 1),
    [a],
    `${high} ${low}`,
  );
}

/** The same number in more bits. */
export function bitExtend(width: number, a: Term): Term {
  const more = width - widthOf(a.sort);
  if (more < 0) throw new Error(`${widthOf(a.sort)} bits do not fit in ${width}`);
  return more === 0 ? a : bitConcat(bits(more, 0), a);
}

function binary(operator: BitOperator, fold: Fold): (a: Term, b: Term) => Term {
  return (a, b) => {
    const width = widthOf(a.sort);
    expectSort(b, a.sort, operator);
    const folded = both(a, b, width, fold);
    return folded === undefined ? apply(operator, a.sort, a, b) : bits(width, folded);
  };
}

function comparison(operator: BitOperator, holds: (a: bigint, b: bigint) => boolean) {
  return (a: Term, b: Term): Term => {
    widthOf(a.sort);
    expectSort(b, a.sort, operator);
    if (a.operator !== 'bits' || b.operator !== 'bits') return apply(operator, Bool, a, b);
    return boolean(holds(a.value, b.value));
  };
}

function both(a: Term, b: Term, width: number, fold: Fold): bigint | undefined {
  if (a.operator !== 'bits' || b.operator !== 'bits') return undefined;
  return fold(a.value, b.value, width);
}

function widthOf(sort: Sort): number {
  if (sort.kind !== 'bits') throw new Error('a bit-vector is needed here');
  return sort.width;
}
