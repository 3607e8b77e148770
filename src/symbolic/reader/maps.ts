/** Maps and sets: how they are made, looked into and changed, and what is said of them. */
import ts from '@typescript/typescript6';
import type { Expression, Intrinsic, Type } from '../ir.ts';
import {
  booleanType,
  describeType,
  type MapType,
  sameType,
  undefinedType,
  unionOf,
} from '../type.ts';
import { isPlace } from './access.ts';
import { isUsed, store, type Target, targetOf } from './assign.ts';
import { condition, unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { type Context, keep, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { forEachEntry } from './folds.ts';
import { closure } from './ghosts.ts';
import { type Lower, receiverOf } from './library.ts';
import { apply, nothing } from './make.ts';
import { noteGhostly } from './names.ts';
import { inOrder } from './order.ts';
import { resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { typeOf } from './types.ts';

/** By the interface of the library that declares each. */
export const mapCalls: Readonly<Record<string, Lower>> = {
  'Map.get': get,
  'ReadonlyMap.get': get,
  'Map.has': has,
  'ReadonlyMap.has': has,
  'Set.has': has,
  'ReadonlySet.has': has,
  'Map.set': (context, node) => add(context, node, 'withEntry'),
  'Set.add': (context, node) => add(context, node, 'withKey'),
  'Map.delete': remove,
  'Set.delete': remove,
  'Map.clear': clear,
  'Set.clear': clear,
  'Map.forEach': forEachEntry,
  'ReadonlyMap.forEach': forEachEntry,
  'Set.forEach': forEachEntry,
  'ReadonlySet.forEach': forEachEntry,
};

/** `new Map()`, and `new Map(other)`: a copy. */
export function newMap(context: Context, node: ts.NewExpression, wanted?: Type): Expression {
  const { checker } = context.reader;
  // Without anything to go by, the checker leaves the entries of an empty map open.
  const open = wanted?.kind === 'map' && !node.typeArguments && !node.arguments?.length;
  const type: Type = open
    ? { ...wanted, mutable: true }
    : typeOf(checker, checker.getTypeAtLocation(node), node);
  if (type.kind !== 'map') return refuse(node, 'the type of this is not known', 'a declared type');
  const [from, ...more] = node.arguments ?? [];
  if (!from) return apply(positionOf(node), type, 'emptyMap');
  const given = expression(context, from);
  if (given.type.kind !== 'map' || more.length > 0)
    return refuse(from, 'a map or set is empty, or a copy of another', 'set() for each entry');
  return convert(coerce(from, given, { ...type, mutable: given.type.mutable }), type);
}

function mapType(node: ts.Node, { type }: Expression): MapType {
  if (type.kind === 'map') return type;
  return refuse(node, `${describeType(type)} has no entries`, 'a map or a set');
}

/** A map, and a key: the map is read when the key has been evaluated. */
function lookedInto(context: Context, node: ts.CallExpression): readonly [Expression, Expression] {
  const receiver = receiverOf(node);
  const whole = expression(context, receiver);
  const { key: type } = mapType(receiver, whole);
  const [argument] = node.arguments;
  if (!argument || ts.isSpreadElement(argument) || node.arguments.length !== 1)
    return refuse(node, 'one key was expected', 'one key');
  const [map, key] = inOrder(context, [
    { node: receiver, lower: () => whole, late: isPlace(whole) },
    { node: argument, lower: (inner) => keyOf(inner, argument, type) },
  ]);
  return [map!, key!];
}

function keyOf(context: Context, node: ts.Expression, type: Type): Expression {
  return coerce(node, expression(context, node, type), type);
}

function has(context: Context, node: ts.CallExpression): Expression {
  return apply(positionOf(node), booleanType, 'hasKey', ...lookedInto(context, node));
}

function get(context: Context, node: ts.CallExpression): Expression {
  const [map, key] = lookedInto(context, node);
  const { value } = mapType(node, map);
  if (!value) return refuse(node, 'a set has no values', 'has(key)');
  return apply(positionOf(node), unionOf([value, undefinedType]), 'lookUp', map, key);
}

/** A variable or field whose map changes. */
function changing(context: Context, node: ts.CallExpression): { to: Target; whole: Expression } {
  const receiver = unparenthesised(receiverOf(node));
  if (ts.isCallExpression(receiver))
    return refuse(receiver, 'what set() and add() answer with is not used', 'two statements');
  const to = targetOf(context, receiver);
  const whole = expression(context, receiver);
  if (whole.type.kind === 'map' && whole.type.mutable) return { to, whole };
  return refuse(node, `${describeType(whole.type)} does not change`, 'a copy with the change');
}

function add(context: Context, node: ts.CallExpression, name: Intrinsic): Expression {
  if (isUsed(node))
    return refuse(node, 'what set() and add() answer with is not used', 'two statements');
  const { to, whole } = changing(context, node);
  const type = mapType(node, whole);
  const types = type.value ? [type.key, type.value] : [type.key];
  if (node.arguments.length !== types.length || node.arguments.some(ts.isSpreadElement))
    return refuse(node, 'arguments are written one by one', 'a key, and for a map a value');
  const [map, ...given] = inOrder(context, [
    { node, lower: () => whole, late: true },
    ...node.arguments.map((argument, i) => ({
      node: argument,
      lower: (inner: Context) => keyOf(inner, argument, types[i]!),
    })),
  ]);
  const at = positionOf(node);
  store(context, node, to, coerce(node, apply(at, type, name, map!, ...given), to.type));
  return nothing(at);
}

/** Whether there was something to delete is known before it is deleted. */
function remove(context: Context, node: ts.CallExpression): Expression {
  const { to } = changing(context, node);
  const [map, key] = lookedInto(context, node);
  const at = positionOf(node);
  const type = mapType(node, map);
  const deleted = isUsed(node) ? keep(context, node, key, 'key') : key;
  const had = apply(at, booleanType, 'hasKey', map, deleted);
  const answer = isUsed(node) ? keep(context, node, had, 'deleted') : nothing(at);
  const rest = apply(at, type, 'withoutKey', map, deleted);
  store(context, node, to, coerce(node, rest, to.type));
  return answer;
}

function clear(context: Context, node: ts.CallExpression): Expression {
  const { to, whole } = changing(context, node);
  const at = positionOf(node);
  store(context, node, to, coerce(node, apply(at, whole.type, 'emptyMap'), to.type));
  return nothing(at);
}

// Statements about maps.

export function sameEntries(context: Context, node: ts.CallExpression): Expression {
  const [a, b] = inOrder(
    context,
    node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => expression(inner, argument),
    })),
  );
  const type: Type = { ...mapType(node, a!), mutable: false };
  if (type.value && holds(type.value, 'record'))
    noteGhostly(
      context,
      node,
      'a record may have more fields than its type says, and then it is not the same',
      'a loop that compares the fields that are meant',
    );
  if (type.value && holds(type.value, 'array'))
    return refuse(node, 'an array is not compared as a whole', 'everyKey(map, (key) => ...)');
  const [left, right] = node.arguments;
  const both = [coerce(left!, a!, type), coerce(right!, b!, type)];
  return apply(positionOf(node), booleanType, 'sameMap', ...both);
}

/** Whether there is a value of this kind in one of this type. */
function holds(type: Type, kind: 'array' | 'record'): boolean {
  if (type.kind === kind) return true;
  if (type.kind === 'union') return type.of.some((t) => holds(t, kind));
  return type.kind === 'record' && type.fields.some((f) => holds(f.type, kind));
}

export function everyKey(context: Context, node: ts.CallExpression): Expression {
  noteGhostly(context, node, 'everyKey() is for ghosts', 'a loop');
  const [map, body] = node.arguments;
  const of = expression(context, map!);
  const { key } = mapType(map!, of);
  const inner = closure(context, body!, 1);
  const [parameter] = inner.parameters;
  if (!parameter || !sameType(parameter.type, key))
    return refuse(body!, 'the closure takes a key', '(key) => ...');
  const fact = inner.lower((within, result) => condition(within, result));
  const { variable } = parameter;
  return { kind: 'everyKey', at: positionOf(node), type: booleanType, of, variable, body: fact };
}

/** What a loop over a map has gone over, by the name that the loop gives to its key. */
export function visited(context: Context, node: ts.CallExpression): Expression {
  noteGhostly(context, node, 'visited() is for ghosts', 'a map of your own');
  const [map, key] = node.arguments;
  const name = key && unparenthesised(key);
  const symbol = name && ts.isIdentifier(name) && resolve(context.reader.checker, name);
  const going = symbol ? context.going?.get(symbol) : undefined;
  if (!going || expressionText(expression(context, map!)) !== going.over)
    return refuse(
      node,
      'this speaks of a loop around it, by its map and the name of its key',
      'visited(map, key) within for (const [key, value] of map)',
    );
  return { ...going.visited, at: positionOf(node) };
}

/** The same text for the same expression, wherever it stands. */
export function expressionText(value: Expression): string {
  return JSON.stringify(value, (name, part: unknown) =>
    name === 'at' ? undefined : typeof part === 'bigint' ? `${part}n` : part,
  );
}
