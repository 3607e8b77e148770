/** The rules of the intrinsics on booleans and integers; those on sequences are beside. */
import type { Application } from './application.ts';
import type { Rules } from './frame.ts';
import { maps } from './maps.ts';
import { sequences } from './sequences.ts';
import { bounds, type Value } from './value.ts';

type OnIntegers = (a: bigint, b: bigint) => bigint | boolean;

const binary = (operation: OnIntegers) => (given: Application) => operation(...given.integers());

const scalars = {
  not: (given) => !given.boolean(0),
  and: (given) => given.boolean(0) && given.boolean(1),
  or: (given) => given.boolean(0) || given.boolean(1),
  implies: (given) => !given.boolean(0) || given.boolean(1),
  equal: (given) => given.value(0) === given.value(1),
  negate: (given) => -given.integer(0),
  add: binary((a, b) => a + b),
  subtract: binary((a, b) => a - b),
  multiply: binary((a, b) => a * b),
  less: binary((a, b) => a < b),
  lessOrEqual: binary((a, b) => a <= b),
  minimum: binary(smaller),
  maximum: binary((a, b) => a + b - smaller(a, b)),
  absolute: (given) => {
    const value = given.integer(0);
    return value < 0n ? -value : value;
  },
  divideFloor: (given) => {
    const [a, b] = given.integers();
    given.need('division', b > 0n);
    return b === 0n ? given.stuck('division by zero') : floorDivide(a, b);
  },
  remainder: (given) => {
    const [a, b] = given.integers();
    given.need('division', b > 0n);
    given.need('division', a >= 0n);
    return b === 0n ? given.stuck('division by zero') : a % b;
  },
  bitAnd: binary((a, b) => a & b),
  bitOr: binary((a, b) => a | b),
  bitXor: binary((a, b) => a ^ b),
  shiftLeft: binary((a, b) => a << b),
  shiftRight: binary((a, b) => a >> b),
  wrap: (given) => wrap(given),
  toBig: (given) => given.integer(0),
  toNumber: (given) => given.integer(0),
} satisfies Partial<Rules['intrinsics']>;

export const intrinsics: Rules['intrinsics'] = { ...scalars, ...sequences, ...maps };

function smaller(a: bigint, b: bigint): bigint {
  if (a < b) return a;
  return b;
}

function floorDivide(a: bigint, b: bigint): bigint {
  const quotient = a / b;
  return a % b !== 0n && a < 0n !== b < 0n ? quotient - 1n : quotient;
}

function wrap(given: Application): Value {
  const { type } = given.node;
  if (type.kind !== 'integer' || type.range === 'safe' || type.range === 'big')
    return given.stuck('wraps to no fixed width');
  const size = bounds[type.range][1] + 1n;
  const value = given.integer(0) % size;
  return value < 0n ? value + size : value;
}
