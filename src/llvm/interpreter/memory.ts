/** Objects of memory: bytes, which of them have a value, and which hold pointers. */
import type { Layout } from '../layout.ts';
import { showType, type Type } from '../type.ts';
import { Fault } from './undefined.ts';
import {
  addressOf,
  isAggregate,
  isPointer,
  isPoison,
  nullPointer,
  type Pointer,
  type Poison,
  poison,
  type Value,
} from './value.ts';

export class MemoryObject {
  readonly name: string;
  readonly address: bigint;
  readonly constant: boolean;
  readonly bytes: Uint8Array;
  alive = true;
  /** False: its contents are in another module. */
  known = true;
  /** Why a byte has no value; bytes that are not here have one. */
  readonly missing = new Map<number, Poison>();
  readonly #pointers = new Map<number, Pointer>();

  constructor(name: string, address: bigint, size: number, constant: boolean) {
    this.name = name;
    this.address = address;
    this.constant = constant;
    this.bytes = new Uint8Array(size);
  }

  forget(because: Poison): void {
    for (let i = 0; i < this.bytes.length; i++) this.missing.set(i, because);
  }

  write(offset: number, bytes: Uint8Array): void {
    this.bytes.set(bytes, offset);
    this.#overwritten(offset, bytes.length);
  }

  writePoison(offset: number, length: number, because: Poison): void {
    this.#overwritten(offset, length);
    for (let i = 0; i < length; i++) this.missing.set(offset + i, because);
  }

  writePointer(offset: number, pointer: Pointer): void {
    this.write(offset, littleEndian(addressOf(pointer), 8));
    this.#pointers.set(offset, pointer);
  }

  /** The pointer that was stored here; else what its bytes say, which is no object. */
  readPointer(offset: number): Pointer {
    const known = this.#pointers.get(offset);
    if (known !== undefined) return known;
    const address = this.readInteger(offset, 8);
    return address === 0n ? nullPointer : { kind: 'pointer', offset: address };
  }

  readInteger(offset: number, length: number): bigint {
    let value = 0n;
    for (let i = length - 1; i >= 0; i--) value = (value << 8n) | BigInt(this.bytes[offset + i]!);
    return value;
  }

  missingIn(offset: number, length: number): Poison | undefined {
    if (this.missing.size === 0) return undefined;
    for (let i = 0; i < length; i++) {
      const found = this.missing.get(offset + i);
      if (found !== undefined) return found;
    }
    return undefined;
  }

  /** As memmove does. Pointers keep their objects if they are copied whole. */
  copyFrom(from: MemoryObject, source: number, target: number, length: number): void {
    const bytes = from.bytes.slice(source, source + length);
    const missing = [...from.missing].filter(([at]) => at >= source && at < source + length);
    const pointers = [...from.#pointers].filter(
      ([at]) => at >= source && at + 8 <= source + length,
    );
    this.write(target, bytes);
    for (const [at, one] of missing) this.missing.set(at - source + target, one);
    for (const [at, one] of pointers) this.#pointers.set(at - source + target, one);
  }

  #overwritten(offset: number, length: number): void {
    if (this.missing.size > 0) for (let i = 0; i < length; i++) this.missing.delete(offset + i);
    if (this.#pointers.size === 0) return;
    for (let at = offset - 7; at < offset + length; at++) this.#pointers.delete(at);
  }
}

export interface Access {
  readonly object: MemoryObject;
  readonly offset: number;
}

/** The bytes that a pointer leads to, if they are there. `what` is `load` or `store`. */
export function access(pointer: Pointer, length: number, align: number, what: string): Access {
  const { object, offset } = pointer;
  if (object === undefined) throw new Fault(`${what} of ${strange(pointer)}`);
  if (!object.alive) throw new Fault(`${what} of ${object.name} after its function returned`);
  if (!object.known) throw new Fault(`${what} of ${object.name}, which is defined elsewhere`);
  const size = BigInt(object.bytes.length);
  if (offset < 0n || offset + BigInt(length) > size)
    throw new Fault(
      `${what} out of bounds: ${length} bytes at offset ${BigInt.asIntN(64, offset)} of ` +
        `${object.name}, which has ${size}`,
    );
  if (addressOf(pointer) % BigInt(align) !== 0n)
    throw new Fault(`${what} of misaligned address: ${align} bytes are promised`);
  if (what === 'store' && object.constant) throw new Fault(`store to the constant ${object.name}`);
  return { object, offset: Number(offset) };
}

function strange({ offset }: Pointer): string {
  return offset === 0n
    ? 'a null pointer'
    : `an address that is no object's: 0x${offset.toString(16)}`;
}

export class Memory {
  readonly layout: Layout;
  #next = 0x10000n;

  constructor(layout: Layout) {
    this.layout = layout;
  }

  allocate(name: string, size: number, align: number, constant = false): MemoryObject {
    const step = BigInt(Math.max(align, 1));
    // An odd multiple: no object is aligned better than it has to be, by chance.
    const multiple = (this.#next + step - 1n) / step;
    const address = (multiple % 2n === 0n ? multiple + 1n : multiple) * step;
    // A byte between objects: one past the end of an object is no object's first.
    this.#next = address + BigInt(size) + 1n;
    return new MemoryObject(name, address, size, constant);
  }

  load(object: MemoryObject, offset: number, type: Type): Value {
    if (type.kind === 'array') {
      const step = this.layout.size(type.element);
      return Array.from({ length: type.count }, (_, i) =>
        this.load(object, offset + i * step, type.element),
      );
    }
    if (type.kind === 'struct') {
      const offsets = this.layout.offsets(type);
      return type.fields.map((field, i) => this.load(object, offset + offsets[i]!, field));
    }
    return this.#loadScalar(object, offset, type);
  }

  #loadScalar(object: MemoryObject, offset: number, type: Type): Value {
    const missing = object.missingIn(offset, this.layout.stored(type));
    if (missing !== undefined) return missing;
    if (type.kind === 'pointer') return object.readPointer(offset);
    if (type.kind !== 'integer') throw new Error(`no ${type.kind} in memory`);
    const value = object.readInteger(offset, this.layout.stored(type));
    // What the bits beyond the width are is not said anywhere.
    return value < 1n << BigInt(type.width)
      ? value
      : poison(`load of value ${value}, which is not valid for ${showType(type)}`);
  }

  store(object: MemoryObject, offset: number, type: Type, value: Value): void {
    if (isPoison(value)) {
      object.writePoison(offset, this.layout.stored(type), value);
    } else if (isAggregate(value)) {
      for (const [i, item] of value.entries()) {
        const [inner, own] = this.#element(type, i);
        this.store(object, offset + own, inner, item);
      }
    } else if (isPointer(value)) {
      object.writePointer(offset, value);
    } else {
      object.write(offset, littleEndian(value, this.layout.stored(type)));
    }
  }

  #element(type: Type, i: number): readonly [Type, number] {
    if (type.kind === 'array') return [type.element, i * this.layout.size(type.element)];
    if (type.kind === 'struct') return [type.fields[i]!, this.layout.offsets(type)[i]!];
    throw new Error(`${type.kind} has no elements`);
  }
}

export function littleEndian(value: bigint, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let rest = value;
  for (let i = 0; i < length; i++) {
    bytes[i] = Number(rest & 0xffn);
    rest >>= 8n;
  }
  return bytes;
}
