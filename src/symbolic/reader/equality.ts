/** `===` and `!==`: on values, never on the identity of an object. */
import ts from '@typescript/typescript6';
import type { Expression, Type } from '../ir.ts';
import { admits, alternativesOf, booleanType, describeType, isBig, unionOf } from '../type.ts';
import { testOf } from './alternatives.ts';
import { unparenthesised } from './branches.ts';
import { coerce } from './coerce.ts';
import { type Context, refuse } from './context.ts';
import { expression, mayBeOutside } from './expressions.ts';
import { apply, not } from './make.ts';
import { inOrder } from './order.ts';
import { positionOf } from './position.ts';

export function equality(
  context: Context,
  node: ts.BinaryExpression,
  negated: boolean,
): Expression {
  const left = unparenthesised(node.left);
  const value = ts.isTypeOfExpression(left) ? typeTest(context, node, left) : equals(context, node);
  return negated ? not(value) : value;
}

function equals(context: Context, node: ts.BinaryExpression): Expression {
  const nullish = [node.left, node.right].some((side) => isUndefined(context, side));
  const [left, right] = inOrder(
    context,
    [node.left, node.right].map((side) => ({
      node: side,
      lower: (inner: Context) => (nullish ? mayBeOutside(inner, side) : expression(inner, side)),
    })),
  );
  return same({ node, left: node.left, right: node.right }, left!, right!);
}

/** Where two values stand that are compared. */
export interface Comparison {
  readonly node: ts.Node;
  readonly left: ts.Node;
  readonly right: ts.Node;
}

export function same(node: Comparison, left: Expression, right: Expression): Expression {
  return unitTest(node, left, right) ?? unitTest(node, right, left) ?? scalars(node, left, right);
}

function isUndefined(context: Context, node: ts.Expression): boolean {
  const side = unparenthesised(node);
  const { checker } = context.reader;
  const symbol = ts.isIdentifier(side) && checker.getSymbolAtLocation(side);
  return Boolean(symbol && checker.isUndefinedSymbol(symbol));
}

/** Comparison with null, undefined or a string: whether the value is that alternative. */
function unitTest(
  { node }: Comparison,
  value: Expression,
  unit: Expression,
): Expression | undefined {
  const { type } = unit;
  if (type.kind !== 'null' && type.kind !== 'undefined' && type.kind !== 'literal')
    return undefined;
  if (unit.kind !== 'constant') return undefined;
  // A text that is written out is one of the texts, not an alternative beside them.
  if (type.kind === 'literal' && admits(value.type, 'string')) return undefined;
  const at = positionOf(node);
  return { ...testOf(value, [type]), at };
}

/** Two values that have no identity. */
function scalars(places: Comparison, left: Expression, right: Expression): Expression {
  const { node } = places;
  checkScalar(places.left, left.type);
  checkScalar(places.right, right.type);
  const type = unionOf([left.type, right.type]);
  const both = withoutAmong(type);
  if (integers(both) > 1) return refuse(node, 'number and bigint do not mix', 'BigInt(n)');
  const at = positionOf(node);
  return apply(
    at,
    booleanType,
    'equal',
    coerce(places.left, left, both),
    coerce(places.right, right, both),
  );
}

function checkScalar(node: ts.Node, type: Type): void {
  const reference = alternativesOf(type).find((t) =>
    ['block', 'bytes', 'array', 'map', 'record', 'object'].includes(t.kind),
  );
  if (!reference) return;
  refuse(
    node,
    `=== compares the identity of ${describeType(reference)}, not its content`,
    reference.kind === 'block' ? 'sameBlock(a, b)' : 'a comparison of its parts',
  );
}

function withoutAmong(type: Type): Type {
  return unionOf(
    alternativesOf(type).map((t) =>
      t.kind === 'integer' ? { kind: 'integer', range: t.range } : t,
    ),
  );
}

function integers(type: Type): number {
  return new Set(alternativesOf(type).flatMap((t) => (t.kind === 'integer' ? [isBig(t)] : [])))
    .size;
}

const kinds: Readonly<Record<string, (type: Type) => boolean>> = {
  number: (type) => type.kind === 'integer' && !isBig(type),
  bigint: (type) => type.kind === 'integer' && isBig(type),
  boolean: (type) => type.kind === 'boolean',
  undefined: (type) => type.kind === 'undefined',
  string: (type) =>
    type.kind === 'string' || (type.kind === 'literal' && typeof type.value === 'string'),
};

/** `typeof x === 'number'`. */
function typeTest(
  context: Context,
  node: ts.BinaryExpression,
  left: ts.TypeOfExpression,
): Expression {
  const right = unparenthesised(node.right);
  const test = ts.isStringLiteral(right) ? kinds[right.text] : undefined;
  if (!test)
    return refuse(
      node.right,
      'typeof is compared with number, bigint, boolean, undefined or string',
      'one of these',
    );
  const value = mayBeOutside(context, left.expression);
  const found = alternativesOf(value.type).filter(test);
  const at = positionOf(node);
  return { ...testOf(value, found), at };
}
