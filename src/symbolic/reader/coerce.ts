/**
 * The same value at another type.
 *
 * What the checker believes about a value is never taken over: wherever the type at a use is not
 * the type the value was declared with there is a conversion, which the executor has to prove.
 */
import type ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import {
  admits,
  alternativesOf,
  describeType,
  type IntegerType,
  isBig,
  isFixed,
  literal,
  type MapType,
  type RecordType,
  sameType,
  undefinedType,
} from '../type.ts';
import { isOne, testOf } from './alternatives.ts';
import { refuse } from './context.ts';
import { conditional, nothing } from './make.ts';

/** `value` at type `to`; `node` is where a refusal points. */
export function coerce(node: ts.Node, value: Expression, to: Type): Expression {
  if (sameType(value.type, to)) return value;
  if (isFixed(value.type) && admits(to, 'boolean'))
    return coerce(node, testOf(value, [literal(true)]), to);
  return (
    literally(node, value, to) ??
    (to.kind === 'union' ? intoUnion(node, value, to) : undefined) ??
    (value.type.kind === 'union' ? outOfUnion(node, value, to) : undefined) ??
    (convertible(value.type, to) ? convert(value, to) : undefined) ??
    refuse(
      node,
      `${describeType(value.type)} cannot be used as ${describeType(to)} without being copied`,
      `a value that has the type ${describeType(to)} from the start`,
    )
  );
}

export function convert(value: Expression, to: Type): Expression {
  if (sameType(value.type, to)) return value;
  return { kind: 'convert', at: value.at, type: to, value };
}

/** Literals get the type when they are made, and conditionals hand it to their branches. */
function literally(node: ts.Node, value: Expression, to: Type): Expression | undefined {
  if (value.kind === 'constant') {
    if (isFixed(to))
      return to.kind === 'literal' && to.value === value.value ? { ...value, type: to } : undefined;
    if (to.kind === 'string' && typeof value.value === 'string') return { ...value, type: to };
    if (to.kind !== 'integer' || value.type.kind !== 'integer') return undefined;
    return holds(to, value.value as bigint) ? { ...value, type: to } : undefined;
  }
  if (value.kind === 'conditional')
    return conditional(
      value.at,
      to,
      value.condition,
      coerce(node, value.then, to),
      coerce(node, value.else, to),
    );
  if (value.kind === 'array' && to.kind === 'array')
    return { ...value, type: to, elements: value.elements.map((e) => coerce(node, e, to.element)) };
  if (value.kind === 'record' && to.kind === 'record') return rebuilt(node, value, to);
  return undefined;
}

function holds(to: IntegerType, value: bigint): boolean {
  if (to.among) return to.among.includes(value);
  return !to.range.startsWith('u') || (value >= 0n && value < 2n ** BigInt(to.range.slice(1)));
}

/** A record literal field by field, in its own order; fields that are left out are undefined. */
function rebuilt(
  node: ts.Node,
  value: Expression & { kind: 'record' },
  to: RecordType,
): Expression | undefined {
  const named = (name: string) => to.fields.find((f) => f.name === name);
  if (value.fields.some((f) => !named(f.name))) return undefined;
  const missing = to.fields.filter((f) => !value.fields.some((g) => g.name === f.name));
  const given = value.fields.map((f) => ({
    name: f.name,
    value: coerce(node, f.value, named(f.name)!.type),
  }));
  const absent = missing.map((f) => ({
    name: f.name,
    value: coerce(node, nothing(value.at), f.type),
  }));
  return { ...value, type: to, fields: [...given, ...absent] };
}

function intoUnion(node: ts.Node, value: Expression, to: Type): Expression | undefined {
  if (value.type.kind === 'union') return betweenUnions(node, value, to);
  const all = alternativesOf(to);
  const alternative =
    all.find((t) => sameType(t, value.type)) ?? all.find((t) => convertible(value.type, t));
  return alternative && convert(coerce(node, value, alternative), to);
}

/** One conversion if one side has all alternatives of the other, else one for each alternative. */
function betweenUnions(node: ts.Node, value: Expression, to: Type): Expression | undefined {
  const from = alternativesOf(value.type);
  const into = alternativesOf(to);
  const within = (some: readonly Type[], all: readonly Type[]) =>
    some.every((t) => all.some((other) => sameType(t, other)));
  if (within(from, into) || within(into, from)) return convert(value, to);
  const possible = from.filter((t) => into.some((other) => convertible(t, other)));
  const last = possible.at(-1);
  if (!last) return undefined;
  const one = (t: Type) => coerce(node, convert(value, t), to);
  return possible
    .slice(0, -1)
    .reduceRight<Expression>(
      (otherwise, t) => conditional(value.at, to, isOne(value, [t]), one(t), otherwise),
      one(last),
    );
}

function outOfUnion(node: ts.Node, value: Expression, to: Type): Expression | undefined {
  const all = alternativesOf(value.type);
  if (to.kind === 'string') return convertible(value.type, to) ? convert(value, to) : undefined;
  const alternative = all.find((t) => sameType(t, to)) ?? all.find((t) => convertible(t, to));
  return alternative && coerce(node, convert(value, alternative), to);
}

/** Whether a value of one type may be one of the other, in the same form. */
export function convertible(from: Type, to: Type): boolean {
  if (from.kind === 'union') return from.of.some((t) => convertible(t, to));
  if (to.kind === 'union') return to.of.some((t) => convertible(from, t));
  if (from.kind === 'integer' && to.kind === 'integer') return isBig(from) === isBig(to);
  if (from.kind === 'literal' && to.kind === 'literal') return from.value === to.value;
  if (isFixed(from) && to.kind === 'boolean') return true;
  if (from.kind === 'literal' && to.kind === 'string') return typeof from.value === 'string';
  if (from.kind === 'array' && to.kind === 'array') return sameForm(from.element, to.element);
  if (from.kind === 'map' && to.kind === 'map') return sameEntries(from, to);
  if (from.kind === 'record' && to.kind === 'record')
    return to.fields.every((field) => {
      const source = from.fields.find((f) => f.name === field.name);
      return source ? convertible(source.type, field.type) : convertible(undefinedType, field.type);
    });
  return from.kind === to.kind && (from.kind !== 'object' || sameType(from, to));
}

/** Whether a map of one is a map of the other as it stands; a set has no values. */
function sameEntries(from: MapType, to: MapType): boolean {
  if (!sameForm(from.key, to.key)) return false;
  if (!from.value || !to.value) return from.value === to.value;
  return sameForm(from.value, to.value);
}

/** Whether an array of one is an array of the other as it stands: its elements may not narrow. */
function sameForm(from: Type, to: Type): boolean {
  if (sameType(from, to)) return true;
  if (from.kind === 'integer' && to.kind === 'integer')
    return isBig(from) === isBig(to) && !to.among && (to.range === 'safe' || to.range === 'big');
  if (from.kind === 'array' && to.kind === 'array') return sameForm(from.element, to.element);
  return sameType(from, to);
}
