/** Fields, lengths and elements. */
import ts from '@typescript/typescript6';
import type { Expression, Position, Type } from '../ir.ts';
import {
  admits,
  booleanType,
  describeType,
  isFixed,
  literal,
  safe,
  sameType,
  undefinedType,
  unionOf,
  without,
} from '../type.ts';
import { isOne, shareField, testOf } from './alternatives.ts';
import { isNullable, isNullish, unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { apart, type Context, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { notMeant } from './instances.ts';
import { apply, conditional, integer, nothing } from './make.ts';
import { narrowed, noteGhostly, refuseHandle, selfOf } from './names.ts';
import { inOrder } from './order.ts';
import { declarationOf, libraryName, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { handleOf, typeOf } from './types.ts';

export type Access = ts.PropertyAccessExpression | ts.ElementAccessExpression;

const limits: Readonly<Record<string, number>> = {
  'NumberConstructor.MAX_SAFE_INTEGER': Number.MAX_SAFE_INTEGER,
  'NumberConstructor.MIN_SAFE_INTEGER': Number.MIN_SAFE_INTEGER,
};

export function propertyAccess(context: Context, node: ts.PropertyAccessExpression): Expression {
  if (ts.isOptionalChain(node)) return optionalChain(context, node);
  const library = libraryName(resolve(context.reader.checker, node.name));
  const limit = limits[library ?? ''];
  if (limit !== undefined) return integer(positionOf(node), safe, limit);
  return narrowed(context, node, member(context, node, owner(context, node.expression)));
}

/** What has the member that is asked for. */
function owner(context: Context, node: ts.Expression): Expression {
  return node.kind === ts.SyntaxKind.ThisKeyword
    ? selfOf(context, node)
    : expression(context, node);
}

/** Whether an array is one that can change, and so stays in its place while it is read. */
export function isPlace(value: Expression): boolean {
  const array = value.kind === 'convert' ? value.value : value;
  const changes =
    value.type.kind === 'bytes' ||
    ((value.type.kind === 'array' || value.type.kind === 'map') && value.type.mutable);
  return changes && (array.kind === 'variable' || array.kind === 'field');
}

function member(context: Context, node: ts.PropertyAccessExpression, base: Expression): Expression {
  const at = positionOf(node);
  const { type } = base;
  if (type.kind === 'object') return objectField(context, node, base);
  if (type.kind === 'array' || type.kind === 'bytes') {
    if (node.name.text === 'length') return apply(at, safe, 'length', base);
    const library = libraryName(resolve(context.reader.checker, node.name));
    return refuse(node.name, 'this member is not in the subset', 'length, or an index', library);
  }
  if (type.kind === 'map' && node.name.text === 'size') return apply(at, safe, 'size', base);
  return recordField(node, base, node.name.text);
}

function recordField(node: ts.Node, base: Expression, name: string): Expression {
  const at = positionOf(node);
  const { type } = base;
  if (type.kind === 'record') {
    const field = type.fields.find((f) => f.name === name);
    if (field) return plainly({ kind: 'field', at, type: field.type, of: base, name });
  }
  if (type.kind !== 'union' || !type.of.every((t) => t.kind === 'record'))
    return refuse(node, `${describeType(type)} has no field that can be read here`, 'a record');
  const tags = type.of.map((t) => t.fields.find((f) => f.name === name)?.type);
  const isTrue = (_: Type, i: number) => sameType(tags[i]!, literal(true));
  if (tags.every((tag) => tag && isFixed(tag)))
    return { ...testOf(base, type.of.filter(isTrue)), at };
  const each = type.of.map((t) => recordField(node, convert(base, t), name));
  const joined = unionOf(each.map((value) => value.type));
  const whole = each
    .map((value) => coerce(node, value, joined))
    .reduceRight((rest, value, i) =>
      conditional(at, joined, isOne(base, [type.of[i]!]), value, rest),
    );
  return shareField(whole, base, name);
}

/** A field that is true or false by its type, as any other boolean. */
function plainly(value: Expression): Expression {
  return isFixed(value.type) ? testOf(value, [literal(true)]) : value;
}

/** A field of `this`, or of the state of a machine within a ghost. */
function objectField(
  context: Context,
  node: ts.PropertyAccessExpression,
  base: Expression,
): Expression {
  const { checker } = context.reader;
  const symbol = resolve(checker, node.name);
  const declaration = symbol && declarationOf(symbol);
  if (!symbol || !declaration || ts.isMethodDeclaration(declaration))
    return refuse(node, 'a method is not a value', 'a call of it');
  const declared = checker.getTypeOfSymbol(symbol);
  if (handleOf(declared)) return refuseHandle(node);
  if (base.kind !== 'self')
    noteGhostly(
      context,
      node,
      'the state of another machine is there for ghosts only',
      'an operation of the lower machine',
    );
  const type = typeOf(checker, declared, node);
  return { kind: 'field', at: positionOf(node), type, of: base, name: node.name.text };
}

export interface ElementOptions {
  /** What lies outside is undefined; else it is an obligation that nothing does. */
  readonly outside: boolean;
}

export function elementAccess(
  context: Context,
  node: ts.ElementAccessExpression,
  options: ElementOptions,
): Expression {
  if (ts.isOptionalChain(node)) return optionalChain(context, node);
  const value = readElement(context, node, expression(context, node.expression), options);
  // Where one looks whether an element is there, the checker may take that for granted.
  if (options.outside && !seesOutside(context, node)) return value;
  return narrowed(context, node, value);
}

function readElement(
  context: Context,
  node: ts.ElementAccessExpression,
  base: Expression,
  options: ElementOptions,
): Expression {
  elementTypeOf(node, base.type);
  const [array, index] = inOrder(context, [
    { node: node.expression, lower: () => base, late: isPlace(base) },
    { node: node.argumentExpression, lower: (inner) => indexOf(inner, node.argumentExpression) },
  ]);
  return elementAt(node, array!, index!, options);
}

/** What is at an index, when both are evaluated. */
export function elementAt(
  node: ts.Node,
  array: Expression,
  index: Expression,
  options: ElementOptions,
): Expression {
  const at = positionOf(node);
  const elements = elementTypeOf(node, array.type);
  if (options.outside && array.type.kind === 'bytes') return byteOrUndefined(at, array, index);
  if (options.outside)
    return apply(at, unionOf([elements, undefinedType]), 'elementOrUndefined', array, index);
  return apply(at, elements, 'element', array, index);
}

function byteOrUndefined(at: Position, bytes: Expression, index: Expression): Expression {
  const type = unionOf([{ kind: 'integer', range: 'u8' }, undefinedType]);
  const inside = apply(
    at,
    booleanType,
    'and',
    apply(at, booleanType, 'lessOrEqual', integer(at, safe, 0), index),
    apply(at, booleanType, 'less', index, apply(at, safe, 'length', bytes)),
  );
  const byte = apply(at, { kind: 'integer', range: 'u8' }, 'element', bytes, index);
  return conditional(at, type, inside, convert(byte, type), convert(nothing(at), type));
}

export function indexOf(context: Context, node: ts.Expression): Expression {
  const index = expression(context, node);
  if (index.type.kind === 'integer' && index.type.range !== 'big' && index.type.range !== 'u64')
    return convert(index, safe);
  return refuse(node, `an index is a number, and this is ${describeType(index.type)}`, 'a number');
}

export function elementTypeOf(node: ts.Node, type: Type): Type {
  if (type.kind === 'array') return type.element;
  if (type.kind === 'bytes') return { kind: 'integer', range: 'u8' };
  return refuse(node, `${describeType(type)} has no elements`, 'an array, or a field by its name');
}

/** Whether the checker counts with undefined for what lies outside of the array. */
export function seesOutside(context: Context, node: ts.ElementAccessExpression): boolean {
  const { checker, unchecked } = context.reader;
  return unchecked && !checker.isTupleType(checker.getTypeAtLocation(node.expression));
}

/** `a?.b.c`: undefined as soon as something before a `?.` is null or undefined. */
function optionalChain(context: Context, node: Access): Expression {
  const guards: Expression[] = [];
  const value = link(context, node, guards);
  if (guards.length === 0) return value;
  const type = unionOf([value.type, undefinedType]);
  const at = positionOf(node);
  const whole = guards.reduceRight(
    (rest, guard) => conditional(at, type, guard, coerce(node, nothing(at), type), rest),
    coerce(node, value, type),
  );
  return narrowed(context, node, whole);
}

function link(context: Context, node: Access, guards: Expression[]): Expression {
  const before = node.expression;
  let base =
    isAccess(before) && ts.isOptionalChain(before)
      ? link(context, before, guards)
      : owner(context, before);
  if (node.questionDotToken && isNullable(base.type)) {
    const present = without(base.type, ['null', 'undefined']);
    if (!present) return refuse(node, 'this is never there', 'undefined');
    guards.push(isNullish(base));
    base = convert(base, present);
  }
  if (ts.isPropertyAccessExpression(node)) return member(context, node, base);
  const { value, statements } = apart(context, (inner) =>
    readElement(inner, node, base, { outside: seesOutside(context, node) }),
  );
  if (statements.length > 0)
    refuse(node, 'an effect within an optional chain is not in the subset', 'an if statement');
  return value;
}

function isAccess(node: ts.Expression): node is Access {
  return ts.isPropertyAccessExpression(node) || ts.isElementAccessExpression(node);
}

/** `x!`: an obligation that it is neither null nor undefined. */
export function nonNull(context: Context, node: ts.NonNullExpression): Expression {
  const inner = unparenthesised(node.expression);
  const value = ts.isElementAccessExpression(inner)
    ? elementAccess(context, inner, { outside: false })
    : expression(context, node.expression);
  const { checker } = context.reader;
  const kinds = notMeant(checker, checker.getTypeAtLocation(node.expression));
  if (!kinds.some((kind) => admits(value.type, kind))) return value;
  const present = without(value.type, kinds);
  if (!present) return refuse(node, 'this is null or undefined', 'a value that can be there');
  return convert(value, present);
}
