/** Values as the interpreter holds them. Integers are without sign: their residues. */
import type { Type } from '../type.ts';
import type { MemoryObject } from './memory.ts';

export type Value = bigint | Pointer | Poison | readonly Value[];

export interface Pointer {
  readonly kind: 'pointer';
  /** Absent: no object; then the offset is the address, 0 for null. */
  readonly object?: MemoryObject;
  readonly offset: bigint;
}

/** A value that may not be used, and why. */
export interface Poison {
  readonly kind: 'poison';
  readonly because: string;
}

export const nullPointer: Pointer = { kind: 'pointer', offset: 0n };

export function poison(because: string): Poison {
  return { kind: 'poison', because };
}

export function isAggregate(value: Value): value is readonly Value[] {
  return Array.isArray(value);
}

export function isPoison(value: Value): value is Poison {
  return typeof value === 'object' && !isAggregate(value) && value.kind === 'poison';
}

export function isPointer(value: Value): value is Pointer {
  return typeof value === 'object' && !isAggregate(value) && value.kind === 'pointer';
}

/** The first poison in a value, however deep. */
export function poisonIn(value: Value): Poison | undefined {
  if (isAggregate(value)) {
    for (const item of value) {
      const found = poisonIn(item);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  return isPoison(value) ? value : undefined;
}

export function addressOf({ object, offset }: Pointer): bigint {
  return BigInt.asUintN(64, (object?.address ?? 0n) + offset);
}

export function samePlace(a: Pointer, b: Pointer): boolean {
  return a.object === b.object && a.offset === b.offset;
}

/** Every scalar of the type is `scalar`. */
export function filled(type: Type, scalar: (type: Type) => Value): Value {
  if (type.kind === 'array')
    return Array.from({ length: type.count }, () => filled(type.element, scalar));
  if (type.kind === 'struct') return type.fields.map((field) => filled(field, scalar));
  return scalar(type);
}

export function zeroOf(type: Type): Value {
  return filled(type, (one) => (one.kind === 'pointer' ? nullPointer : 0n));
}

export function signed(width: number, value: bigint): bigint {
  return BigInt.asIntN(width, value);
}
