/** Types of the intermediate representation: made, compared, and put in canonical order. */
import type { Range, Type } from './ir.ts';

export const booleanType: Type = { kind: 'boolean' };
export const safe: Type = { kind: 'integer', range: 'safe' };
export const big: Type = { kind: 'integer', range: 'big' };
export const blockType: Type = { kind: 'block' };
export const stringType: Type = { kind: 'string' };
export const bytesType: Type = { kind: 'bytes' };
export const nullType: Type = { kind: 'null' };
export const undefinedType: Type = { kind: 'undefined' };

export type IntegerType = Type & { kind: 'integer' };
export type RecordType = Type & { kind: 'record' };
export type UnionType = Type & { kind: 'union' };
export type ArrayType = Type & { kind: 'array' };
export type MapType = Type & { kind: 'map' };

export function integerOf(range: Range): IntegerType {
  return { kind: 'integer', range };
}

export function literal(value: string | boolean): Type {
  return { kind: 'literal', value };
}

export function arrayType(element: Type, mutable: boolean): ArrayType {
  return { kind: 'array', element, mutable };
}

export function recordType(fields: readonly { name: string; type: Type }[]): RecordType {
  const sorted = [...fields].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return { kind: 'record', fields: sorted };
}

/** A text that two types share exactly if they are the same. */
export function typeKey(type: Type): string {
  switch (type.kind) {
    case 'integer':
      return type.among ? `${type.range}(${type.among.join(' ')})` : type.range;
    case 'array':
      return `${type.mutable ? '' : 'readonly '}[${typeKey(type.element)}]`;
    case 'map': {
      const value = type.value ? `=>${typeKey(type.value)}` : '';
      return `${type.mutable ? '' : 'readonly '}<${typeKey(type.key)}${value}>`;
    }
    case 'record':
      return `{${type.fields.map((f) => `${JSON.stringify(f.name)}:${typeKey(f.type)}`).join()}}`;
    case 'literal':
      return JSON.stringify(type.value);
    case 'union':
      return `(${type.of.map(typeKey).join('|')})`;
    case 'object':
      return `object ${JSON.stringify(type.class)}`;
    default:
      return type.kind;
  }
}

export function sameType(a: Type, b: Type): boolean {
  return a === b || typeKey(a) === typeKey(b);
}

/** The union of some types; integers that the running program cannot tell apart become one. */
export function unionOf(types: readonly Type[]): Type {
  const byKey = new Map<string, Type>();
  for (const type of types.flatMap((t) => (t.kind === 'union' ? t.of : [t])))
    if (type.kind !== 'integer' && !isText(type, types)) byKey.set(typeKey(type), type);
  for (const type of mergedIntegers(types)) byKey.set(typeKey(type), type);
  const keys = [...byKey.keys()].sort();
  if (keys.length === 1) return byKey.get(keys[0]!)!;
  return { kind: 'union', of: keys.map((key) => byKey.get(key)!) };
}

/** A text that is written out is one of all texts. */
function isText(type: Type, among: readonly Type[]): boolean {
  const text = type.kind === 'literal' && typeof type.value === 'string';
  return text && among.some((t) => admits(t, 'string'));
}

/** Whether values are JavaScript bigints rather than numbers. */
export function isBig(type: IntegerType): boolean {
  return type.range === 'big' || type.range === 'u64';
}

function mergedIntegers(types: readonly Type[]): readonly Type[] {
  const all = types
    .flatMap((t) => (t.kind === 'union' ? t.of : [t]))
    .filter((t) => t.kind === 'integer');
  return [all.filter((t) => !isBig(t)), all.filter(isBig)].flatMap((group) =>
    group.length > 0 ? [group.reduce(wider)] : [],
  );
}

/** The smallest integer type with the values of both. */
export function wider(a: IntegerType, b: IntegerType): IntegerType {
  if (a.range === b.range) {
    if (!a.among || !b.among) return integerOf(a.range);
    const values = [...new Set([...a.among, ...b.among])];
    return { ...a, among: values.sort((x, y) => (x < y ? -1 : 1)) };
  }
  return integerOf(isBig(a) || isBig(b) ? 'big' : 'safe');
}

/** The alternatives of a type: those of a union, or the type itself. */
export function alternativesOf(type: Type): readonly Type[] {
  return type.kind === 'union' ? type.of : [type];
}

/** The type without some of its alternatives; undefined if nothing is left. */
export function without(type: Type, kinds: readonly Type['kind'][]): Type | undefined {
  const left = alternativesOf(type).filter((t) => !kinds.includes(t.kind));
  return left.length === 0 ? undefined : left.length === 1 ? left[0]! : unionOf(left);
}

/** Whether some alternative is of this kind. */
export function admits(type: Type, kind: Type['kind']): boolean {
  return alternativesOf(type).some((t) => t.kind === kind);
}

/** Whether a value of this type is a boolean of which the type says which one. */
export function isFixed(type: Type): boolean {
  return type.kind === 'literal' && typeof type.value === 'boolean';
}

/** A type as people write it. */
export function describeType(type: Type): string {
  switch (type.kind) {
    case 'integer':
      if (type.among) return type.among.join(' | ');
      return { safe: 'number', big: 'bigint' }[type.range as string] ?? type.range;
    case 'block':
      return 'Block';
    case 'bytes':
      return 'Uint8Array';
    case 'array':
      return `${type.mutable ? '' : 'readonly '}${wrapped(type.element)}[]`;
    case 'map': {
      const name = `${type.mutable ? '' : 'Readonly'}${type.value ? 'Map' : 'Set'}`;
      const parts = [type.key, ...(type.value ? [type.value] : [])];
      return `${name}<${parts.map(describeType).join(', ')}>`;
    }
    case 'record':
      return `{ ${type.fields.map((f) => `${f.name}: ${describeType(f.type)}`).join('; ')} }`;
    case 'literal':
      return typeof type.value === 'string' ? `'${type.value}'` : `${type.value}`;
    case 'union':
      return type.of.map(describeType).join(' | ');
    case 'object':
      return type.class.slice(type.class.lastIndexOf('#') + 1);
    default:
      return type.kind;
  }
}

function wrapped(type: Type): string {
  const text = describeType(type);
  return text.includes(' ') && type.kind !== 'record' ? `(${text})` : text;
}

/** Whether there may be a list in a value of a type. */
export function holdsList(type: Type): boolean {
  if (type.kind === 'record') return type.fields.some((field) => holdsList(field.type));
  return type.kind === 'union' ? type.of.some(holdsList) : type.kind === 'array';
}
