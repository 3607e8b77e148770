/** The rules of the intrinsics on arrays, bytes and blocks. */
import type { Application } from './application.ts';
import type { Rules } from './frame.ts';
import {
  type ArrayValue,
  equalValues,
  inRange,
  isArray,
  isBytes,
  type Value,
  zeroBlock,
} from './value.ts';

export const sequences = {
  sameBlock: (given) => equalValues(given.value(0), given.value(1)),
  isSealed: (given) => given.stuck('a block is not looked into'),
  sameBlocks: (given) => equalValues(given.array(0), given.array(1)),
  zeroBlock: () => zeroBlock,
  length: (given) => BigInt(given.sequence(0).length),
  element: (given) => {
    const sequence = given.sequence(0);
    return elementAt(sequence, indexIn(given, sequence.length));
  },
  elementOrUndefined: (given) => {
    const sequence = given.sequence(0);
    const index = given.integer(1);
    return within(index, sequence.length) ? elementAt(sequence, Number(index)) : undefined;
  },
  with: (given) => {
    const sequence = given.sequence(0);
    const index = indexIn(given, sequence.length);
    const copy = replaced(sequence, index, given.value(2));
    given.need('range', copy !== undefined);
    return copy;
  },
  append: (given) => Object.freeze([...given.array(0), given.value(1)]),
  dropLast: (given) => {
    const array = given.array(0);
    given.need('bounds', array.length > 0);
    return Object.freeze(array.slice(0, -1));
  },
  slice: (given) => {
    const sequence = given.sequence(0);
    const from = given.integer(1);
    const to = given.integer(2);
    given.need('bounds', 0n <= from && from <= to && to <= BigInt(sequence.length));
    return sequence.slice(Number(from), Number(to));
  },
  concat: (given) => {
    const first = given.sequence(0);
    const second = given.sequence(1);
    if (isArray(first) && isArray(second)) return Object.freeze([...first, ...second]);
    if (isBytes(first) && isBytes(second)) return Uint8Array.of(...first, ...second);
    return given.stuck('an array and bytes');
  },
  filled: (given) => {
    const length = lengthOf(given);
    const value = given.value(1);
    return Object.freeze(Array.from({ length }, () => value));
  },
  zeroBytes: (given) => new Uint8Array(lengthOf(given)),
  stateOf: (given) => {
    const lower = given.frame.run.lower;
    return lower?.state ? lower.state() : given.stuck('there is no machine to look at');
  },
} satisfies Partial<Rules['intrinsics']>;

export const within = (index: bigint, length: number): boolean =>
  0n <= index && index < BigInt(length);

function elementAt(sequence: ArrayValue | Uint8Array, index: number): Value {
  return isBytes(sequence) ? BigInt(sequence[index]!) : sequence[index];
}

/** The second argument, an index. A ghost has no duty, but no value to go on with either. */
function indexIn(given: Application, length: number): number {
  const index = given.integer(1);
  given.need('bounds', within(index, length));
  return within(index, length) ? Number(index) : given.stuck('the index is out of bounds');
}

/** The first argument, a length. */
function lengthOf(given: Application): number {
  const length = given.integer(0);
  given.need('bounds', length >= 0n);
  const limit = given.frame.run.limits.length;
  return 0n <= length && length <= BigInt(limit) ? Number(length) : given.stuck('bad length');
}

/** A copy with one element replaced; undefined if the value does not fit in it. */
export function replaced(
  sequence: ArrayValue | Uint8Array,
  index: number,
  value: Value,
): Value | undefined {
  if (isArray(sequence)) return Object.freeze(sequence.with(index, value));
  if (typeof value !== 'bigint' || !inRange(value, 'u8')) return undefined;
  return sequence.with(index, Number(value));
}
