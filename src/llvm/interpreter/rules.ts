/**
 * What each operator does with numbers, when it has no value, and when it is undefined. The
 * executor on terms follows the same tables; tests replace entries to see that it is noticed.
 */
import type { BinaryOpcode, Predicate } from '../module.ts';
import { type Intrinsic, intrinsics } from './intrinsics.ts';
import { signed } from './value.ts';

export type Numbers = (a: bigint, b: bigint, width: number) => bigint;
export type Objection = (a: bigint, b: bigint, width: number) => string | undefined;

export interface Rules {
  readonly values: Readonly<Record<BinaryOpcode, Numbers>>;
  /** The behaviour is undefined. */
  readonly faults: Readonly<Partial<Record<BinaryOpcode, Objection>>>;
  /** The result is poison, whatever the flags. */
  readonly limits: Readonly<Partial<Record<BinaryOpcode, Objection>>>;
  /** The result is poison because of a flag. */
  readonly flags: Readonly<Record<string, Objection>>;
  readonly predicates: Readonly<Record<Predicate, Compare>>;
  readonly casts: Readonly<Record<'trunc' | 'zext' | 'sext', Extend>>;
  readonly intrinsics: Readonly<Record<string, Intrinsic>>;
}

type Compare = (a: bigint, b: bigint, width: number) => boolean;
type Extend = (value: bigint, from: number, to: number) => bigint;

const shown = (a: bigint, sign: string, b: bigint, width: number) =>
  `${signed(width, a)} ${sign} ${signed(width, b)} cannot be represented in i${width}`;

const tooFar: Objection = (_, b, width) =>
  b < BigInt(width) ? undefined : `shift exponent ${b} is too large for i${width}`;

const byZero: Objection = (_, b) => (b === 0n ? 'division by zero' : undefined);

const signedDivision: Objection = (a, b, width) =>
  b === 0n
    ? 'division by zero'
    : signed(width, b) === -1n && a === 1n << BigInt(width - 1)
      ? `signed integer overflow: ${shown(a, '/', b, width)}`
      : undefined;

/** Objects if the exact result is not the one that the bits say. */
function exactly(kind: 'signed' | 'unsigned', sign: string, exact: Numbers): Objection {
  return (a, b, width) => {
    const of = (value: bigint) => (kind === 'signed' ? signed(width, value) : value);
    const result = exact(of(a), of(b), width);
    const kept = kind === 'signed' ? BigInt.asIntN(width, result) : BigInt.asUintN(width, result);
    return kept === result ? undefined : `${kind} integer overflow: ${shown(a, sign, b, width)}`;
  };
}

const lost = (value: bigint, to: bigint) => `truncation of ${value} to i${to} changes its value`;

const rest =
  (value: Numbers, what: string): Objection =>
  (a, b, width) =>
    value(a, b, width) === 0n ? undefined : `${what} is not exact`;

/** The sign in a shift is that of its left side only. */
const shiftedSigned: Objection = (a, b, width) => {
  const result = signed(width, a) << b;
  const kept = BigInt.asIntN(width, result) === result;
  return kept ? undefined : `signed integer overflow: ${shown(a, '<<', b, width)}`;
};

export const rules: Rules = {
  values: {
    add: (a, b) => a + b,
    sub: (a, b) => a - b,
    mul: (a, b) => a * b,
    shl: (a, b) => a << b,
    udiv: (a, b) => a / b,
    sdiv: (a, b, width) => signed(width, a) / signed(width, b),
    urem: (a, b) => a % b,
    srem: (a, b, width) => signed(width, a) % signed(width, b),
    lshr: (a, b) => a >> b,
    ashr: (a, b, width) => signed(width, a) >> b,
    and: (a, b) => a & b,
    or: (a, b) => a | b,
    xor: (a, b) => a ^ b,
  },
  faults: { udiv: byZero, urem: byZero, sdiv: signedDivision, srem: signedDivision },
  limits: { shl: tooFar, lshr: tooFar, ashr: tooFar },
  flags: {
    'add nsw': exactly('signed', '+', (a, b) => a + b),
    'add nuw': exactly('unsigned', '+', (a, b) => a + b),
    'sub nsw': exactly('signed', '-', (a, b) => a - b),
    'sub nuw': exactly('unsigned', '-', (a, b) => a - b),
    'mul nsw': exactly('signed', '*', (a, b) => a * b),
    'mul nuw': exactly('unsigned', '*', (a, b) => a * b),
    'shl nsw': shiftedSigned,
    'shl nuw': exactly('unsigned', '<<', (a, b) => a << b),
    'udiv exact': rest((a, b) => a % b, 'a division'),
    'sdiv exact': rest((a, b, w) => signed(w, a) % signed(w, b), 'a division'),
    'lshr exact': rest((a, b) => a & ((1n << b) - 1n), 'a shift to the right'),
    'ashr exact': rest((a, b) => a & ((1n << b) - 1n), 'a shift to the right'),
    'or disjoint': (a, b) => ((a & b) === 0n ? undefined : 'the operands of or are not disjoint'),
    // Of a conversion the second number is the width of its result.
    'zext nneg': (a, _, width) =>
      signed(width, a) >= 0n ? undefined : `${signed(width, a)} is negative where it may not be`,
    'trunc nuw': (a, to) => (a >> to === 0n ? undefined : lost(a, to)),
    'trunc nsw': (a, to, width) =>
      BigInt.asIntN(Number(to), a) === signed(width, a) ? undefined : lost(signed(width, a), to),
    'icmp samesign': (a, b, width) =>
      signed(width, a) < 0n === signed(width, b) < 0n
        ? undefined
        : 'the operands of icmp differ in sign',
  },
  predicates: {
    eq: (a, b) => a === b,
    ne: (a, b) => a !== b,
    ugt: (a, b) => a > b,
    uge: (a, b) => a >= b,
    ult: (a, b) => a < b,
    ule: (a, b) => a <= b,
    sgt: (a, b, width) => signed(width, a) > signed(width, b),
    sge: (a, b, width) => signed(width, a) >= signed(width, b),
    slt: (a, b, width) => signed(width, a) < signed(width, b),
    sle: (a, b, width) => signed(width, a) <= signed(width, b),
  },
  casts: {
    trunc: (value, _, to) => BigInt.asUintN(to, value),
    zext: (value) => value,
    sext: (value, from, to) => BigInt.asUintN(to, signed(from, value)),
  },
  intrinsics,
};
