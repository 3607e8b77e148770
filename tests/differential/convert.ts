/** Values of JavaScript as values of the interpreter and back, led by their type. */

import {
  BlockValue,
  conforms,
  isArray,
  isBytes,
  isRecord,
  MapValue,
  record,
  type Value,
} from '../../src/symbolic/interpreter/value.ts';
import type { Type } from '../../src/symbolic/ir.ts';
import type { Random } from './random.ts';

/** Something that no value of the type looks like. */
export class Misfit extends Error {}

export function fromJavaScript(given: unknown, type: Type): Value {
  switch (type.kind) {
    case 'boolean':
    case 'literal':
    case 'string':
    case 'null':
    case 'undefined':
      return checked(given as Value, type);
    case 'integer':
      return checked(integer(given, type), type);
    case 'block':
      return given instanceof Uint8Array ? BlockValue.of(given) : misfit(given, type);
    case 'bytes':
      return given instanceof Uint8Array ? given.slice() : misfit(given, type);
    case 'array':
      if (!Array.isArray(given)) return misfit(given, type);
      return Array.from(given, (element) => fromJavaScript(element, type.element));
    case 'map':
      return mapFrom(given, type);
    case 'record':
      return recordFrom(given, type);
    case 'union':
      return firstFitting(given, type);
    case 'object':
      return misfit(given, type);
  }
}

function misfit(given: unknown, type: Type): never {
  throw new Misfit(`${String(given)} is no ${type.kind}`);
}

function checked(value: Value, type: Type): Value {
  return conforms(value, type) ? value : misfit(value, type);
}

function integer(given: unknown, type: Type & { kind: 'integer' }): Value {
  const big = type.range === 'big' || type.range === 'u64';
  if (typeof given !== (big ? 'bigint' : 'number')) return misfit(given, type);
  return Number.isNaN(Number(given)) ? misfit(given, type) : BigInt(given as number);
}

function mapFrom(given: unknown, type: Type & { kind: 'map' }): Value {
  const { key, value } = type;
  if (!(value ? given instanceof Map : given instanceof Set)) return misfit(given, type);
  const entries = [...(given as Map<unknown, unknown>).entries()];
  return new MapValue(
    entries.map(([k, v]) => [fromJavaScript(k, key), fromJavaScript(v, value ?? key)]),
  );
}

function recordFrom(given: unknown, type: Type & { kind: 'record' }): Value {
  if (typeof given !== 'object' || given === null || Array.isArray(given))
    return misfit(given, type);
  const fields = given as Readonly<Record<string, unknown>>;
  if (type.fields.some((f) => !Object.hasOwn(fields, f.name))) return misfit(given, type);
  return record(type.fields.map((f) => [f.name, fromJavaScript(fields[f.name], f.type)]));
}

function firstFitting(given: unknown, type: Type & { kind: 'union' }): Value {
  for (const alternative of type.of) {
    try {
      return fromJavaScript(given, alternative);
    } catch (error) {
      if (!(error instanceof Misfit)) throw error;
    }
  }
  return misfit(given, type);
}

export function toJavaScript(value: Value, type: Type): unknown {
  if (type.kind === 'union')
    return toJavaScript(value, type.of.find((alternative) => conforms(value, alternative))!);
  if (typeof value === 'bigint')
    return type.kind === 'integer' && (type.range === 'big' || type.range === 'u64')
      ? value
      : Number(value);
  if (value instanceof BlockValue) return Uint8Array.from(Buffer.from(value.name, 'hex'));
  if (isArray(value) && type.kind === 'array')
    return value.map((element) => toJavaScript(element, type.element));
  if (value instanceof MapValue && type.kind === 'map') {
    const { key, value: of } = type;
    if (!of) return new Set(value.keys().map((each) => toJavaScript(each, key)));
    return new Map(value.all().map(([k, v]) => [toJavaScript(k, key), toJavaScript(v, of)]));
  }
  if (isRecord(value) && type.kind === 'record')
    return Object.fromEntries(
      type.fields.map((f) => [f.name, toJavaScript(value[f.name], f.type)]),
    );
  return isBytes(value) ? value.slice() : value;
}

export const someBlocks: readonly BlockValue[] = [new BlockValue(''), new BlockValue('01')];

/** Some value of a type; small ones mostly. */
export function randomValue(type: Type, random: Random): Value {
  switch (type.kind) {
    case 'boolean':
      return random.once(2);
    case 'integer':
      return type.among ? random.pick(type.among) : randomInteger(type.range, random);
    case 'block':
      return random.pick(someBlocks);
    case 'string':
      return random.pick(['', 'a', 'b', 'red', '1', 'blue']);
    case 'map':
      return new MapValue(
        Array.from({ length: random.below(4) }, () => {
          const key = randomValue(type.key, random);
          return [key, type.value ? randomValue(type.value, random) : key];
        }),
      );
    case 'bytes':
      return Uint8Array.from({ length: random.below(4) }, () => random.below(256));
    case 'array':
      return Array.from({ length: random.below(4) }, () => randomValue(type.element, random));
    case 'record':
      return record(type.fields.map((f) => [f.name, randomValue(f.type, random)]));
    case 'literal':
      return type.value;
    case 'null':
      return null;
    case 'undefined':
      return undefined;
    case 'union':
      return randomValue(random.pick(type.of), random);
    case 'object':
      throw new Error('an object is no value');
  }
}

function randomInteger(range: string, random: Random): bigint {
  if (range === 'safe' || range === 'big') {
    if (random.once(40)) return random.once(2) ? 2n ** 53n - 1n : -(2n ** 53n - 1n);
    return BigInt(random.between(random.once(2) ? 0 : -5, random.once(6) ? 300 : 6));
  }
  const size = BigInt(range.slice(1));
  return random.once(3) ? (1n << size) - 1n - BigInt(random.below(4)) : BigInt(random.below(200));
}
