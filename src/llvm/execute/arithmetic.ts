/**
 * The operators of the IR on terms: the same tables as the interpreter's rules. Each condition
 * says when something is wrong; the executor turns it into an obligation or into poison.
 */
import {
  and,
  bitAdd,
  bitAnd,
  bitAtMost,
  bitDivide,
  bitExtend,
  bitExtract,
  bitLess,
  bitMultiply,
  bitOr,
  bitRemainder,
  bitShiftLeft,
  bitShiftRight,
  bitSubtract,
  bits,
  bitXor,
  equal,
  no,
  not,
  or,
  type Term,
} from '../../logic/index.ts';
import type { BinaryOpcode, Predicate } from '../module.ts';
import {
  extended,
  fits,
  isNegative,
  lowest,
  signExtended,
  signedDivided,
  signedLess,
  signedRemainder,
  signedShiftedRight,
  widthOf,
  zero,
} from './signed.ts';

type Operator = (a: Term, b: Term) => Term;

export interface TermRules {
  readonly values: Readonly<Record<BinaryOpcode, Operator>>;
  readonly faults: Readonly<Partial<Record<BinaryOpcode, Operator>>>;
  readonly limits: Readonly<Partial<Record<BinaryOpcode, Operator>>>;
  /** By opcode and flag. Of a conversion, `b` is any term of the width of its result. */
  readonly flags: Readonly<Record<string, Operator>>;
  readonly predicates: Readonly<Record<Predicate, Operator>>;
  readonly casts: Readonly<Record<'trunc' | 'zext' | 'sext', (a: Term, to: number) => Term>>;
}

const byZero: Operator = (_, b) => equal(b, zero(widthOf(b)));

const signedDivision: Operator = (a, b) => {
  const width = widthOf(a);
  const wraps = and(equal(a, lowest(width)), equal(b, bits(width, -1n)));
  return or(byZero(a, b), wraps);
};

const tooFar: Operator = (_, b) => {
  const width = widthOf(b);
  // A number of so few bits may not be able to say the width.
  if (BigInt(width) >= 1n << BigInt(width)) return no;
  return bitAtMost(bits(width, width), b);
};

/** Computed in twice the width nothing is lost. */
function lossy(operator: Operator, sign: boolean): Operator {
  return (a, b) => {
    const width = widthOf(a);
    const [x, y] = [extended(2 * width, a, sign), extended(2 * width, b, sign)];
    return not(fits(operator(x, y), width, sign));
  };
}

/** What is shifted out and in again is the same. */
function lossyShift(back: Operator): Operator {
  return (a, b) => not(equal(back(bitShiftLeft(a, b), b), a));
}

const inexactShift: Operator = (a, b) => not(equal(bitShiftLeft(bitShiftRight(a, b), b), a));

function inexact(remainder: Operator): Operator {
  return (a, b) => not(equal(remainder(a, b), zero(widthOf(a))));
}

export const termRules: TermRules = {
  values: {
    add: bitAdd,
    sub: bitSubtract,
    mul: bitMultiply,
    shl: bitShiftLeft,
    udiv: bitDivide,
    sdiv: signedDivided,
    urem: bitRemainder,
    srem: signedRemainder,
    lshr: bitShiftRight,
    ashr: signedShiftedRight,
    and: bitAnd,
    or: bitOr,
    xor: bitXor,
  },
  faults: { udiv: byZero, urem: byZero, sdiv: signedDivision, srem: signedDivision },
  limits: { shl: tooFar, lshr: tooFar, ashr: tooFar },
  flags: {
    'add nsw': lossy(bitAdd, true),
    'add nuw': lossy(bitAdd, false),
    'sub nsw': lossy(bitSubtract, true),
    'sub nuw': (a, b) => bitLess(a, b),
    'mul nsw': lossy(bitMultiply, true),
    'mul nuw': lossy(bitMultiply, false),
    'shl nsw': lossyShift(signedShiftedRight),
    'shl nuw': lossyShift(bitShiftRight),
    'udiv exact': inexact(bitRemainder),
    'sdiv exact': inexact(signedRemainder),
    'lshr exact': inexactShift,
    'ashr exact': inexactShift,
    'or disjoint': (a, b) => not(equal(bitAnd(a, b), zero(widthOf(a)))),
    'zext nneg': (a) => isNegative(a),
    'trunc nuw': (a, b) => not(fits(a, widthOf(b), false)),
    'trunc nsw': (a, b) => not(fits(a, widthOf(b), true)),
    'icmp samesign': (a, b) => not(equal(isNegative(a), isNegative(b))),
  },
  predicates: {
    eq: equal,
    ne: (a, b) => not(equal(a, b)),
    ugt: (a, b) => bitLess(b, a),
    uge: (a, b) => bitAtMost(b, a),
    ult: bitLess,
    ule: bitAtMost,
    sgt: (a, b) => signedLess(b, a),
    sge: (a, b) => not(signedLess(a, b)),
    slt: signedLess,
    sle: (a, b) => not(signedLess(b, a)),
  },
  casts: {
    trunc: (a, to) => bitExtract(to - 1, 0, a),
    zext: (a, to) => bitExtend(to, a),
    sext: (a, to) => signExtended(to, a),
  },
};
