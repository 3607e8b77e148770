/** Bit-vector terms read with a sign, in the operators that every solver has. */
import {
  bitConcat,
  bitDivide,
  bitExtend,
  bitExtract,
  bitLess,
  bitNot,
  bitRemainder,
  bitShiftRight,
  bitSubtract,
  bits,
  bitXor,
  equal,
  ite,
  type Term,
} from '../../logic/index.ts';

export function widthOf(term: Term): number {
  if (term.sort.kind !== 'bits') throw new Error('a bit-vector is needed here');
  return term.sort.width;
}

export const zero = (width: number) => bits(width, 0);
export const one = (width: number) => bits(width, 1);
export const lowest = (width: number) => bits(width, 1n << BigInt(width - 1));

/** True if the sign is set. */
export function isNegative(a: Term): Term {
  const top = widthOf(a) - 1;
  return equal(bitExtract(top, top, a), bits(1, 1));
}

/** Order with sign is order without it, after the sign has been turned over. */
export function signedLess(a: Term, b: Term): Term {
  const flip = lowest(widthOf(a));
  return bitLess(bitXor(a, flip), bitXor(b, flip));
}

export function negated(a: Term): Term {
  return bitSubtract(zero(widthOf(a)), a);
}

export function magnitude(a: Term): Term {
  return ite(isNegative(a), negated(a), a);
}

export function signExtended(width: number, a: Term): Term {
  const more = width - widthOf(a);
  if (more === 0) return a;
  return bitConcat(ite(isNegative(a), bitNot(zero(more)), zero(more)), a);
}

/** Rounds towards zero, as C does. */
export function signedDivided(a: Term, b: Term): Term {
  const quotient = bitDivide(magnitude(a), magnitude(b));
  return ite(equal(isNegative(a), isNegative(b)), quotient, negated(quotient));
}

/** Has the sign of the first. */
export function signedRemainder(a: Term, b: Term): Term {
  const rest = bitRemainder(magnitude(a), magnitude(b));
  return ite(isNegative(a), negated(rest), rest);
}

export function signedShiftedRight(a: Term, b: Term): Term {
  return ite(isNegative(a), bitNot(bitShiftRight(bitNot(a), b)), bitShiftRight(a, b));
}

/** True if `wide` is the number that its lower `width` bits say. */
export function fits(wide: Term, width: number, sign: boolean): Term {
  const low = bitExtract(width - 1, 0, wide);
  const again = sign ? signExtended(widthOf(wide), low) : bitExtend(widthOf(wide), low);
  return equal(again, wide);
}

export function extended(width: number, a: Term, sign: boolean): Term {
  return sign ? signExtended(width, a) : bitExtend(width, a);
}
