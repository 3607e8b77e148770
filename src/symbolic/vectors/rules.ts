/** The functions of the language and its library, on bit-vectors. */
import { and, not, type Term } from '../../logic/index.ts';
import { limitsOf } from '../execute/sorts.ts';
import type { Expression, Intrinsic, Position, Type } from '../ir.ts';
import { inexpressible, ranged } from './evaluate.ts';
import * as integers from './integer.ts';
import { constant, type Integer } from './integer.ts';
import * as lists from './list.ts';
import { type Frame, owe } from './run.ts';
import { type Bytes, optionsOf, same, truth, type Value } from './value.ts';

type Rule = (given: readonly Value[], e: Expression & { kind: 'apply' }, frame: Frame) => Value;

/** Of integers; the result lies in the range of its type, or that is a duty that is not met. */
function arithmetic(compute: (...given: Integer[]) => Integer): Rule {
  return (given, e, frame) => ranged(compute(...numbers(given, e.at)), e.type, e.at, frame);
}

function numbers(given: readonly Value[], at: Position): Integer[] {
  return given.map((each) => (each.kind === 'integer' ? each : inexpressible(at, 'such a number')));
}

function comparison(holds: (a: Integer, b: Integer) => Term): Rule {
  return (given, e) => {
    const [a, b] = numbers(given, e.at);
    return truth(holds(a!, b!));
  };
}

export const rules: Partial<Record<Intrinsic, Rule>> = {
  not: ([a], e) => (a?.kind === 'boolean' ? truth(not(a.term)) : inexpressible(e.at, 'this')),
  negate: arithmetic((a) => integers.subtract(constant(0n), a)),
  add: arithmetic(integers.add),
  subtract: arithmetic(integers.subtract),
  multiply: arithmetic(integers.multiply),
  divideFloor: (given, e, frame) => divided(given, e, frame, false),
  remainder: (given, e, frame) => divided(given, e, frame, true),
  less: comparison(integers.less),
  lessOrEqual: comparison(integers.atMost),
  equal: ([a, b], e) => {
    const [left, right] = e.arguments.map((one) => one.type);
    const whole = (value: Value, type: Type): Value => ({
      kind: 'union',
      options: optionsOf(value, type),
    });
    return truth(same(whole(a!, left!), whole(b!, right!)));
  },
  minimum: (given, e) => extreme(given, e, integers.atMost),
  maximum: (given, e) => extreme(given, e, (a, b) => integers.atMost(b, a)),
  bitAnd: (given, e) => bits('and', given, e),
  bitOr: (given, e) => bits('or', given, e),
  bitXor: (given, e) => bits('xor', given, e),
  shiftLeft: (given, e) => {
    const [a, by] = numbers(given, e.at);
    const product = integers.multiply(a!, constant(2n ** amount(by!, e.at)));
    return isBig(e.arguments[0]!.type) ? product : integers.signed(product, 32);
  },
  shiftRight: (given, e) => {
    const [a, by] = numbers(given, e.at);
    const whole = isBig(e.arguments[0]!.type) ? a! : integers.signed(a!, 32);
    return integers.divide(whole, 2n ** amount(by!, e.at)) ?? inexpressible(e.at, 'this shift');
  },
  wrap: (given, e) => {
    const [a] = numbers(given, e.at);
    if (e.type.kind !== 'integer' || e.type.range === 'big') return a!;
    const [, high] = limitsOf(e.type.range);
    return integers.modulo(a!, high + 1n) ?? inexpressible(e.at, 'this range');
  },
  toBig: ([a]) => a!,
  toNumber: arithmetic((a) => a),
  length: ([a], e) => {
    if (a?.kind === 'list') return a.length;
    return a?.kind === 'bytes' ? constant(BigInt(a.items.length)) : inexpressible(e.at, 'an array');
  },
  element: ([a, i], e, frame) => {
    if (a?.kind === 'list' && i?.kind === 'integer') return lists.element(a, i, e.at, frame);
    if (a?.kind !== 'bytes' || i?.kind !== 'integer') return inexpressible(e.at, 'an array');
    owe(frame, e.at, 'the index is within bounds', inside(a, i));
    return picked(a, i);
  },
  append: ([a, value], e) =>
    a?.kind === 'list' ? lists.append(a, value!, e) : inexpressible(e.at, 'such an array'),
  filled: ([n, value], e) => lists.filled(numbers([n!], e.at)[0]!, value!, e),
  slice: ([a, ...ends], e, frame) => {
    if (a?.kind !== 'list') return inexpressible(e.at, 'a part of bytes');
    const [from, to] = numbers(ends, e.at);
    return lists.slice(a, from!, to!, e, frame);
  },
  zeroBytes: (given, e) => {
    const [n] = numbers(given, e.at);
    const length = n && integers.knownValue(n);
    if (length === undefined || length < 0n || length > 65_536n)
      return inexpressible(e.at, 'bytes of a length that is not a constant');
    return { kind: 'bytes', items: Array.from({ length: Number(length) }, () => constant(0n)) };
  },
};

function isBig(type: Type): boolean {
  return type.kind === 'integer' && (type.range === 'u64' || type.range === 'big');
}

function amount(by: Integer, at: Position): bigint {
  return integers.knownValue(by) ?? inexpressible(at, 'a shift by an unknown amount');
}

function divided(
  given: readonly Value[],
  e: Expression & { kind: 'apply' },
  frame: Frame,
  rest: boolean,
): Value {
  const [a, b] = numbers(given, e.at);
  const by = integers.knownValue(b!);
  if (by === undefined || by <= 0n) return inexpressible(e.at, 'a divisor that is not a constant');
  if (rest) owe(frame, e.at, 'what is divided is not negative', integers.atMost(constant(0n), a!));
  const from = rest ? integers.within(a!, 0n, a!.high) : a!;
  const result = rest ? integers.modulo(from, by) : integers.divide(from, by);
  return result ?? inexpressible(e.at, 'a division of what may be negative');
}

function extreme(
  given: readonly Value[],
  e: Expression,
  first: (a: Integer, b: Integer) => Term,
): Value {
  const [a, b] = numbers(given, e.at);
  return integers.choose(first(a!, b!), a!, b!);
}

/** As JavaScript does: on numbers the result is read as 32 bits with a sign. */
function bits(
  name: 'and' | 'or' | 'xor',
  given: readonly Value[],
  e: Expression & { kind: 'apply' },
): Value {
  const [a, b] = numbers(given, e.at);
  if (a!.low < 0n || b!.low < 0n) return inexpressible(e.at, 'bits of what may be negative');
  const result = integers.bitwise(name, a!, b!);
  return isBig(e.arguments[0]!.type) ? result : integers.signed(result, 32);
}

function inside(a: Bytes, i: Integer): Term {
  const end = constant(BigInt(a.items.length));
  return and(integers.atMost(constant(0n), i), integers.less(i, end));
}

function picked(a: Bytes, i: Integer): Integer {
  const at = integers.knownValue(i);
  if (at !== undefined) return a.items[Number(at)] ?? constant(0n);
  return a.items.reduce((value, item, k) =>
    integers.choose(integers.same(i, constant(BigInt(k))), item, value),
  );
}

/** Bytes with one of them replaced. */
export function put(a: Bytes, i: Integer, value: Integer, at: Position, frame: Frame): Bytes {
  owe(frame, at, 'the index is within bounds', inside(a, i));
  const byte = ranged(value, { kind: 'integer', range: 'u8' }, at, frame);
  const known = integers.knownValue(i);
  const items = a.items.map((item, k) => {
    if (known !== undefined) return known === BigInt(k) ? byte : item;
    return integers.choose(integers.same(i, constant(BigInt(k))), byte, item);
  });
  return { kind: 'bytes', items };
}
