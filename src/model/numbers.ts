/**
 * Integers of a fixed width.
 *
 * A `number` is an integer that must stay within the safe range at every step. The types below are
 * narrower; a value enters one of them through its name (which must fit) or its `wrap`, which cuts.
 */
declare const width: unique symbol;

export type u8 = number & { readonly [width]: 8 };
export type u16 = number & { readonly [width]: 16 };
export type u32 = number & { readonly [width]: 32 };
export type u64 = bigint & { readonly [width]: 64 };

function fits(value: number, bits: number): number {
  if (!Number.isInteger(value) || value < 0 || value >= 2 ** bits)
    throw new RangeError(`${value} does not fit in ${bits} bits`);
  return value;
}

/** `value` as it is; it must be an integer from 0 to 2^8 - 1. */
export const u8 = (value: number): u8 => fits(value, 8) as u8;
/** `value` as it is; it must be an integer from 0 to 2^16 - 1. */
export const u16 = (value: number): u16 => fits(value, 16) as u16;
/** `value` as it is; it must be an integer from 0 to 2^32 - 1. */
export const u32 = (value: number): u32 => fits(value, 32) as u32;
/** `value` as it is; it must be from 0 to 2^64 - 1. */
export function u64(value: bigint): u64 {
  if (value < 0n || value >= 1n << 64n) throw new RangeError(`${value} does not fit in 64 bits`);
  return value as u64;
}

function cut(value: number, bits: number): number {
  const modulus = 2 ** bits;
  return ((value % modulus) + modulus) % modulus;
}

/** `value` modulo 2^8. */
export const wrapU8 = (value: number): u8 => cut(value, 8) as u8;
/** `value` modulo 2^16. */
export const wrapU16 = (value: number): u16 => cut(value, 16) as u16;
/** `value` modulo 2^32. */
export const wrapU32 = (value: number): u32 => cut(value, 32) as u32;
/** `value` modulo 2^64. */
export const wrapU64 = (value: bigint): u64 => BigInt.asUintN(64, value) as u64;
