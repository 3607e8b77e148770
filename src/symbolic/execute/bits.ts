/**
 * Bitwise operators on integers, as JavaScript computes them: on numbers the result is a signed
 * 32-bit integer, on bigints it is exact. Masks and shifts by constants become arithmetic;
 * what is left is an unknown function of which only the range is known.
 */
import {
  add,
  and,
  atMost,
  call,
  declare,
  divide,
  equal,
  Int,
  implies,
  integer,
  ite,
  less,
  literal,
  modulo,
  multiply,
  subtract,
  type Term,
} from '../../logic/index.ts';
import type { Expression } from '../ir.ts';
import type { Given } from './intrinsic.ts';
import { know, type Scope, Undecidable } from './run.ts';

type Operation = 'and' | 'or' | 'xor';

const unknown = {
  and: declare('bit_and', [Int, Int], Int),
  or: declare('bit_or', [Int, Int], Int),
  xor: declare('bit_xor', [Int, Int], Int),
} as const;

const zero = integer(0);
const two31 = integer(2n ** 31n);
const two32 = integer(2n ** 32n);

/** No value is wider. */
const mostZeros = 64;

export function bitwise(
  operation: Operation,
  a: Given,
  b: Given,
  e: Expression,
  scope: Scope,
): Term {
  for (const operand of [a, b]) mustBeUnsigned(operand, e);
  const result = exact(operation, a.term, b.term, widthOf(a), scope);
  return isBig(a) ? result : signed(result);
}

function isBig(a: Given): boolean {
  return a.type.kind === 'integer' && (a.type.range === 'u64' || a.type.range === 'big');
}

/** Bits of the widest value an operand may have. */
function widthOf(a: Given): number {
  return isBig(a) ? 64 : 32;
}

/** A number of 32 bits read as JavaScript's signed result. */
function signed(value: Term): Term {
  return ite(less(value, two31), value, subtract(value, two32));
}

function exact(operation: Operation, a: Term, b: Term, width: number, scope: Scope): Term {
  const left = literal(a);
  const right = literal(b);
  if (typeof left === 'bigint' && typeof right === 'bigint')
    return integer(constantResult(operation, left, right));
  if (operation === 'and' && typeof right === 'bigint' && isMask(right)) return masked(a, right);
  if (operation === 'and' && typeof left === 'bigint' && isMask(left)) return masked(b, left);
  const result = call(unknown[operation], a, b);
  const limit = integer(2n ** BigInt(width) - 1n);
  // Said of operands within the width only: elsewhere it could contradict what is known of them.
  const fits = (value: Term) => and(atMost(zero, value), atMost(value, limit));
  const below = operation === 'and' ? [a, b] : [add(a, b)];
  const bounded = and(fits(result), ...below.map((most) => atMost(result, most)));
  know(scope, implies(and(fits(a), fits(b)), bounded));
  if (operation !== 'and')
    for (const [high, low] of [
      [a, b],
      [b, a],
    ] as const) {
      // Bits that do not meet are added.
      const apart = and(fits(high), atMost(zero, low), less(low, power(zerosAtEnd(high))));
      know(scope, implies(apart, equal(result, add(high, low))));
    }
  return result;
}

/** How many of the lowest bits are zero on the face of it; it is not looked for deeply. */
function zerosAtEnd(term: Term, depth = 6): number {
  const value = literal(term);
  if (typeof value === 'bigint') return trailingZeros(value);
  if (depth === 0) return 0;
  const parts = term.operator === 'ite' ? term.parts.slice(1) : term.parts;
  const zeros = () => parts.map((part) => zerosAtEnd(part, depth - 1));
  if (term.operator === '*') return zeros().reduce((a, b) => a + b);
  const joined = term.operator === 'call' && [unknown.or, unknown.xor].includes(term.symbol);
  const keeps = joined || ['ite', '+', 'mod'].includes(term.operator);
  return keeps ? Math.min(...zeros()) : 0;
}

function power(exponent: number): Term {
  return integer(2n ** BigInt(exponent));
}

function trailingZeros(value: bigint): number {
  if (value === 0n) return mostZeros;
  let zeros = 0;
  while ((value >> BigInt(zeros)) % 2n === 0n) zeros++;
  return zeros;
}

function constantResult(operation: Operation, a: bigint, b: bigint): bigint {
  if (operation === 'and') return a & b;
  return operation === 'or' ? a | b : a ^ b;
}

/** Ones side by side, with or without zeros below them. */
function isMask(value: bigint): boolean {
  const ones = value === 0n ? 0n : value >> BigInt(trailingZeros(value));
  return value >= 0n && (ones & (ones + 1n)) === 0n;
}

/** The bits of `a` that a mask leaves. */
function masked(a: Term, mask: bigint): Term {
  if (mask === 0n) return zero;
  const lowest = 2n ** BigInt(trailingZeros(mask));
  return subtract(modulo(a, integer(mask + lowest)), modulo(a, integer(lowest)));
}

function mustBeUnsigned(operand: Given, e: Expression): void {
  const value = literal(operand.term);
  if (typeof value === 'bigint' && value >= 0n) return;
  if (operand.type.kind === 'integer' && operand.type.range.startsWith('u')) return;
  throw new Undecidable('subset', e.at, 'bits of a number that may be negative', 'use u32');
}

export function shiftLeft(a: Given, by: Given, e: Expression): Term {
  mustBeUnsigned(a, e);
  const factor = integer(2n ** amount(by, e));
  const product = multiply(a.term, factor);
  return isBig(a) ? product : signed(modulo(product, two32));
}

export function shiftRight(a: Given, by: Given, e: Expression): Term {
  mustBeUnsigned(a, e);
  const factor = integer(2n ** amount(by, e));
  return divide(isBig(a) ? a.term : signed(a.term), factor);
}

function amount(by: Given, e: Expression): bigint {
  const value = literal(by.term);
  if (typeof value !== 'bigint' || value < 0n || value > 63n)
    throw new Undecidable('subset', e.at, 'a shift by an unknown amount', 'shift by a constant');
  return value;
}
