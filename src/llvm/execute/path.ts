/**
 * Memory as typed fields: the scalars that a type contains, and which of them a pointer leads to.
 * Optimised IR moves pointers by bytes, so the path through the type is found again from the
 * distances: 552 bytes into an array of processes is a field of the second one.
 */
import {
  and,
  bitAdd,
  bitLess,
  bitMultiply,
  bits,
  equal,
  type Term,
  yes,
} from '../../logic/index.ts';
import type { Layout } from '../layout.ts';
import type { Type } from '../type.ts';

/** A scalar within a type, at every index of the arrays around it. */
export interface Leaf {
  /** The numbers of the fields on the way; arrays have no number. */
  readonly fields: readonly number[];
  /** How long the arrays on the way are. */
  readonly counts: readonly number[];
  readonly type: Type;
}

/** Bytes from the start of an object: a number, and indices times strides, modulo 2^64. */
export interface Distance {
  readonly constant: bigint;
  readonly parts: readonly Part[];
}

export interface Part {
  /** Of 64 bits. */
  readonly index: Term;
  readonly stride: bigint;
}

export interface Place {
  readonly leaf: Leaf;
  /** Of 64 bits, one for each array on the way. */
  readonly indices: readonly Term[];
  /** The distance leads to this place if, and only if, this holds; else out of the object. */
  readonly within: Term;
}

export function leavesOf(type: Type): Leaf[] {
  if (type.kind === 'array')
    return leavesOf(type.element).map((leaf) => ({
      ...leaf,
      counts: [type.count, ...leaf.counts],
    }));
  if (type.kind === 'struct')
    return type.fields.flatMap((field, i) =>
      leavesOf(field).map((leaf) => ({ ...leaf, fields: [i, ...leaf.fields] })),
    );
  return [{ fields: [], counts: [], type }];
}

/** Absent if no scalar begins there, or none that the form of the distance shows. */
export function placeAt(type: Type, layout: Layout, distance: Distance): Place | undefined {
  // An object is an array of one: a distance may be counted in whole objects.
  const whole: Type = { kind: 'array', count: 1, element: type };
  const found = descend(whole, layout, distance);
  if (found === undefined) return undefined;
  const { leaf, indices, within } = found;
  return { leaf: { ...leaf, counts: leaf.counts.slice(1) }, indices: indices.slice(1), within };
}

function descend(type: Type, layout: Layout, distance: Distance): Place | undefined {
  if (type.kind === 'array') return inArray(type, layout, distance);
  if (type.kind === 'struct') {
    const offsets = layout.offsets(type);
    const last = offsets.findLastIndex((offset) => BigInt(offset) <= distance.constant);
    const field = type.fields[last];
    if (field === undefined) return undefined;
    const constant = distance.constant - BigInt(offsets[last]!);
    const found = descend(field, layout, { ...distance, constant });
    return found && { ...found, leaf: { ...found.leaf, fields: [last, ...found.leaf.fields] } };
  }
  if (distance.constant !== 0n || distance.parts.length > 0) return undefined;
  return { leaf: { fields: [], counts: [], type }, indices: [], within: yes };
}

type ArrayType = Extract<Type, { kind: 'array' }>;

function inArray(type: ArrayType, layout: Layout, { constant, parts }: Distance) {
  const size = BigInt(layout.size(type.element));
  if (size === 0n) return undefined;
  const inside = parts.filter(({ stride }) => stride % size !== 0n);
  const own = parts.filter(({ stride }) => stride % size === 0n);
  const rest = ((constant % size) + size) % size;
  const start = bits(64, (constant - rest) / size);
  const index = own.reduce((sum, one) => plus(sum, times(one.index, one.stride / size)), start);
  const found = descend(type.element, layout, { constant: rest, parts: inside });
  if (found === undefined) return undefined;
  const bound = type.count === 1 ? equal(index, zero) : bitLess(index, bits(64, type.count));
  return {
    leaf: { ...found.leaf, counts: [type.count, ...found.leaf.counts] },
    indices: [index, ...found.indices],
    within: and(bound, found.within),
  };
}

const zero = bits(64, 0);

function plus(a: Term, b: Term): Term {
  return a === zero ? b : b === zero ? a : bitAdd(b, a);
}

function times(a: Term, factor: bigint): Term {
  return factor === 1n ? a : bitMultiply(a, bits(64, factor));
}
