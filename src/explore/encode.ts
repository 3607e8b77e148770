/**
 * Values as JSON, and back.
 *
 * Besides the forms named in counterexample.ts: numbers that JSON lacks are `{number: text}`, maps
 * and sets `{map: pairs}` and `{set: items}`, and a record that looks like one of these forms is
 * wrapped as `{record: fields}`. Classes are not written; a template gives them back.
 */
import { type Block, blockOf, bytesOf } from '../model/block.ts';
import type { Encoded } from './counterexample.ts';
import { NotExplorable } from './value.ts';

const forms = new Set(['block', 'big', 'undefined', 'number', 'map', 'set', 'record']);

export function encode(value: unknown): Encoded {
  switch (typeof value) {
    case 'undefined':
      return { undefined: true };
    case 'bigint':
      return { big: String(value) };
    case 'number':
      return Number.isFinite(value) ? value : { number: String(value) };
    case 'boolean':
    case 'string':
      return value;
    case 'object':
      return value === null ? null : encodeObject(value);
    default:
      throw new NotExplorable(`a ${typeof value} cannot be written down`);
  }
}

function encodeObject(value: object): Encoded {
  if (value instanceof Uint8Array)
    return { block: Buffer.from(bytesOf(value as unknown as Block)).toString('hex') };
  if (Array.isArray(value)) return value.map(encode);
  if (value instanceof Map) return { map: [...value].map(encode) };
  if (value instanceof Set) return { set: [...value].map(encode) };
  const fields = Object.entries(value).map(([name, field]) => [name, encode(field)] as const);
  const record = Object.fromEntries(fields);
  return isForm(Object.keys(value)) ? { record } : record;
}

function isForm(names: readonly string[]): boolean {
  return names.length === 1 && forms.has(names[0]!);
}

/** The value; where `template` has an object of a class, so has the result. */
export function decode(encoded: Encoded, template?: unknown): unknown {
  if (typeof encoded !== 'object' || encoded === null) return encoded;
  if (isList(encoded)) {
    const item = Array.isArray(template) ? template[0] : undefined;
    return encoded.map((each) => decode(each, item));
  }
  const [name] = Object.keys(encoded);
  if (!isForm(Object.keys(encoded))) return decodeFields(encoded, template);
  const inner = encoded[name!]!;
  switch (name) {
    case 'undefined':
      return undefined;
    case 'big':
      return BigInt(String(inner));
    case 'number':
      return Number(inner);
    case 'block':
      return blockOf(new Uint8Array(Buffer.from(String(inner), 'hex')));
    case 'map':
      return new Map((decode(inner) as [unknown, unknown][]) ?? []);
    case 'set':
      return new Set(decode(inner) as unknown[]);
    default:
      return decodeFields(inner as { readonly [name: string]: Encoded }, template);
  }
}

function isList(encoded: object): encoded is readonly Encoded[] {
  return Array.isArray(encoded);
}

function decodeFields(fields: { readonly [name: string]: Encoded }, template: unknown): object {
  const like = typeof template === 'object' && template !== null ? template : {};
  const result = Object.create(Object.getPrototypeOf(like)) as Record<string, unknown>;
  for (const [name, field] of Object.entries(fields))
    result[name] = decode(field, (like as Record<string, unknown>)[name]);
  return result;
}
