/** Functions of arrays that call a closure for the elements, and what is like them. */
import ts from '@typescript/typescript6';
import type { EachForm, Expression, Type } from '../ir.ts';
import {
  arrayType,
  booleanType,
  describeType,
  safe,
  sameType,
  undefinedType,
  unionOf,
} from '../type.ts';
import { elementTypeOf, isPlace } from './access.ts';
import { closed } from './closures.ts';
import { coerce } from './coerce.ts';
import { type Context, freshName, keep, refuse } from './context.ts';
import { same } from './equality.ts';
import { expression } from './expressions.ts';
import { forEach, reduce } from './folds.ts';
import { receiverOf } from './library.ts';
import { apply, conditional, integer, nothing, truth, variable } from './make.ts';
import { inOrder } from './order.ts';
import { positionOf } from './position.ts';
import { typeOf } from './types.ts';

type Lower = (context: Context, node: ts.CallExpression) => Expression;
type Each = Expression & { kind: 'each' };

const ofArrays: Readonly<Record<string, Lower>> = {
  map: (context, node) => mapped(context, node),
  filter: (context, node) => filtered(context, node),
  reduce,
  forEach,
};

const ofSequences: Readonly<Record<string, Lower>> = {
  every: (context, node) => tested(context, node, 'every'),
  some: (context, node) => tested(context, node, 'some'),
  findIndex: (context, node) => tested(context, node, 'first'),
  find: (context, node) => found(context, node),
  indexOf: (context, node) => searched(context, node, 'first'),
  includes: (context, node) => searched(context, node, 'some'),
};

/** By the names that calls of the library go by. */
export const combinators: Readonly<Record<string, Lower>> = {
  ...named('Array', { ...ofArrays, ...ofSequences }),
  ...named('ReadonlyArray', { ...ofArrays, ...ofSequences }),
  ...named('Uint8Array', ofSequences),
  'ArrayConstructor.from': numbered,
};

function named(owner: string, all: Readonly<Record<string, Lower>>): Record<string, Lower> {
  return Object.fromEntries(
    Object.entries(all).map(([name, lower]) => [`${owner}.${name}`, lower]),
  );
}

/** An element of a sequence and its index, as the closure is given them. */
interface Turn {
  readonly of: Expression;
  readonly index: Expression;
  readonly element: Expression;
}

function turnOf(context: Context, node: ts.CallExpression, of: Expression): Turn {
  const at = positionOf(node);
  const index = variable(at, safe, freshName(context.scope, 'index', true));
  const name = freshName(context.scope, 'element', true);
  return { of, index, element: variable(at, elementTypeOf(node, of.type), name) };
}

function receiver(context: Context, node: ts.CallExpression): Expression {
  const of = expression(context, receiverOf(node));
  if (of.type.kind === 'array' || of.type.kind === 'bytes') return of;
  return refuse(node, `${describeType(of.type)} has no elements`, 'an array');
}

function each(
  node: ts.CallExpression,
  form: EachForm,
  { of, index, element }: Turn,
  type: Type,
  body: Expression,
): Each {
  if (index.kind !== 'variable' || element.kind !== 'variable')
    throw new Error('a turn has variables');
  const names = { index: index.variable, element: element.variable };
  return { kind: 'each', at: positionOf(node), type, form, of, ...names, body };
}

/** The closure's value for one turn; it is the only argument. */
function bodyOf(context: Context, node: ts.CallExpression, turn: Turn, type: Type): Expression {
  checkCount(node, 1);
  return closed(context, node.arguments[0], [{ value: turn.element }, { value: turn.index }], type);
}

export function checkCount(node: ts.CallExpression, count: number): void {
  const extra = node.arguments[count];
  if (extra) refuse(extra, 'this argument is not read', 'no such argument');
  if (node.arguments.length < count)
    refuse(node, `${count} arguments were expected`, 'the closure, and the value to begin with');
}

function resultOf(context: Context, node: ts.CallExpression): Type & { kind: 'array' } {
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeAtLocation(node), node);
  return type.kind === 'array' ? type : refuse(node, 'this makes no array', 'an array');
}

function mapped(context: Context, node: ts.CallExpression): Expression {
  const turn = turnOf(context, node, receiver(context, node));
  const type = resultOf(context, node);
  return each(node, 'map', turn, type, bodyOf(context, node, turn, type.element));
}

/** The elements that stay; at a narrower type, if the checker has seen that they have it. */
function filtered(context: Context, node: ts.CallExpression): Expression {
  const turn = turnOf(context, node, receiver(context, node));
  const kept = arrayType(turn.element.type, true);
  const whole = each(node, 'filter', turn, kept, bodyOf(context, node, turn, booleanType));
  const type = resultOf(context, node);
  if (sameType(type, kept)) return whole;
  const again = turnOf(context, node, whole);
  return each(node, 'map', again, type, coerce(node, again.element, type.element));
}

function tested(
  context: Context,
  node: ts.CallExpression,
  form: 'every' | 'some' | 'first',
): Expression {
  const turn = turnOf(context, node, receiver(context, node));
  const type = form === 'first' ? safe : booleanType;
  return each(node, form, turn, type, bodyOf(context, node, turn, booleanType));
}

/** The element at the first index for which the closure is true. */
function found(context: Context, node: ts.CallExpression): Expression {
  const whole = receiver(context, node);
  const of = context.closed || isPlace(whole) ? whole : keep(context, node, whole, 'sequence');
  const turn = turnOf(context, node, of);
  const first = each(node, 'first', turn, safe, bodyOf(context, node, turn, booleanType));
  const index = context.closed ? first : keep(context, node, first, 'found');
  const at = positionOf(node);
  const type = unionOf([turn.element.type, undefinedType]);
  const none = apply(at, booleanType, 'less', index, integer(at, safe, 0));
  const element = apply(at, turn.element.type, 'element', of, index);
  return conditional(at, type, none, coerce(node, nothing(at), type), coerce(node, element, type));
}

/** `xs.indexOf(x)` and `xs.includes(x)`: of values that have no identity. */
function searched(context: Context, node: ts.CallExpression, form: 'first' | 'some'): Expression {
  checkCount(node, 1);
  const wanted = node.arguments[0]!;
  const whole = receiver(context, node);
  const [of, value] = inOrder(context, [
    { node, lower: () => whole, late: isPlace(whole) },
    { node: wanted, lower: (inner) => expression(inner, wanted) },
  ]);
  const turn = turnOf(context, node, of!);
  // Compared with every element, and evaluated also if there is none.
  const fixed = context.closed ? value! : keep(context, wanted, value!, 'wanted');
  const places = { node, left: receiverOf(node), right: wanted };
  const body = same(places, turn.element, fixed);
  return each(node, form, turn, form === 'first' ? safe : booleanType, body);
}

/** `Array.from({ length: n }, (_, i) => ...)`. */
function numbered(context: Context, node: ts.CallExpression): Expression {
  checkCount(node, 2);
  const [like, closure] = node.arguments;
  const count = lengthIn(like!);
  const value = coerce(count, expression(context, count, safe), safe);
  const at = positionOf(node);
  const length = context.closed ? value : keep(context, count, value, 'length');
  const flags = arrayType(booleanType, true);
  const of = apply(at, flags, 'filled', length, truth(at, false));
  const turn = turnOf(context, node, of);
  const type = resultOf(context, node);
  const given = [{ value: turn.element, nothing: true }, { value: turn.index }];
  return each(node, 'map', turn, type, closed(context, closure, given, type.element));
}

/** The one property of the literal that says how many elements there are. */
function lengthIn(node: ts.Expression): ts.Expression {
  const [only, ...more] = ts.isObjectLiteralExpression(node) ? node.properties : [];
  const plain =
    only && ts.isPropertyAssignment(only) && ts.isIdentifier(only.name) ? only : undefined;
  if (plain && more.length === 0 && plain.name.getText() === 'length') return plain.initializer;
  return refuse(
    node,
    'only a number of elements is read here',
    'Array.from({ length: n }, (_, i) => ...), or [...xs]',
    'Array.from',
  );
}
