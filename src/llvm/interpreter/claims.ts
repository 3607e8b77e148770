/** What attributes promise: a promise that is broken makes poison, or undefined behaviour. */
import type { Claims } from '../module.ts';
import type { Type } from '../type.ts';
import { Fault } from './undefined.ts';
import {
  addressOf,
  isAggregate,
  isPointer,
  type Poison,
  poison,
  poisonIn,
  type Value,
} from './value.ts';

/** The value as the claims leave it. `who` is what the value is of. */
export function claimed(value: Value, type: Type, claims: Claims, who: string): Value {
  const own = poisonIn(value) === undefined ? (broken(value, type, claims, who) ?? value) : value;
  if (claims.defined) {
    const found = poisonIn(own);
    if (found !== undefined) throw new Fault(`${who} has no value: ${found.because}`);
  }
  return own;
}

function broken(value: Value, type: Type, claims: Claims, who: string): Poison | undefined {
  if (isAggregate(value)) return undefined;
  if (claims.ranges !== undefined && typeof value === 'bigint' && type.kind === 'integer') {
    if (!claims.ranges.some((range) => within(value, range)))
      return poison(`${who} is ${BigInt.asIntN(type.width, value)}, outside its range`);
  }
  if (!isPointer(value)) return undefined;
  const address = addressOf(value);
  if (claims.nonnull && address === 0n) return poison(`${who} is a null pointer`);
  if (claims.align !== undefined && address % claims.align !== 0n)
    return poison(`${who} is misaligned: ${claims.align} bytes are promised`);
  const optional = address === 0n ? undefined : claims.dereferenceableOrNull;
  const length = claims.dereferenceable ?? optional;
  if (length === undefined) return undefined;
  const size = BigInt(value.object?.alive ? value.object.bytes.length : 0);
  if (value.offset < 0n || value.offset + length > size)
    throw new Fault(`${who} does not lead to ${length} bytes`);
  return undefined;
}

function within(value: bigint, [low, high]: readonly [bigint, bigint]): boolean {
  return low < high ? low <= value && value < high : low <= value || value < high;
}
