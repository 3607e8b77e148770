/** Calls of the language's library. What is not named here is refused. */
import ts from '@typescript/typescript6';
import type { Expression, Intrinsic, Type } from '../ir.ts';
import { arrayType, big, describeType, integerOf, safe, undefinedType, unionOf } from '../type.ts';
import { isPlace } from './access.ts';
import { isUsed, readTarget, store, type Target, targetOf } from './assign.ts';
import { unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { combinators } from './combinators.ts';
import { filled } from './construction.ts';
import { type Context, emit, freshName, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { apply, assign, branch, integer, nothing, variable } from './make.ts';
import { mapCalls } from './maps.ts';
import { flooredDivision } from './operators.ts';
import { inOrder } from './order.ts';
import { positionOf } from './position.ts';

export type Lower = (context: Context, node: ts.CallExpression) => Expression;

const calls: Readonly<Record<string, Lower>> = {
  'Math.floor': flooredDivision,
  'Math.min': (context, node) => extremum(context, node, 'minimum'),
  'Math.max': (context, node) => extremum(context, node, 'maximum'),
  'Math.abs': (context, node) => unary(context, node, 'absolute', safe, safe),
  BigInt: (context, node) => unary(context, node, 'toBig', safe, big),
  Number: (context, node) => unary(context, node, 'toNumber', big, safe),
  'BigIntConstructor.asUintN': asUnsigned,
  'Array.push': push,
  'Array.pop': pop,
  'Array.slice': slice,
  'ReadonlyArray.slice': slice,
  'Uint8Array.slice': slice,
  'Array.concat': concat,
  'ReadonlyArray.concat': concat,
  'Array.fill': fill,
};

export function libraryCall(context: Context, node: ts.CallExpression, name: string): Expression {
  // Their modules rest on this one, so the tables are put together late.
  const table = [calls, combinators, mapCalls].find((one) => Object.hasOwn(one, name));
  const lower = table?.[name];
  return lower
    ? lower(context, node)
    : refuse(node, `${name} is not in the subset`, 'a loop, or a function of your own', name);
}

function numbers(context: Context, node: ts.CallExpression, type: Type): readonly Expression[] {
  return inOrder(
    context,
    node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => {
        if (ts.isSpreadElement(argument))
          return refuse(argument, 'arguments are written one by one', 'a loop');
        const value = expression(inner, argument, type);
        if (value.type.kind === 'integer') return coerce(argument, value, type);
        return refuse(argument, `${describeType(value.type)} is not an integer`, 'an integer');
      },
    })),
  );
}

function extremum(context: Context, node: ts.CallExpression, name: Intrinsic): Expression {
  const values = numbers(context, node, safe);
  if (values.length === 0) return refuse(node, 'this is infinite', 'at least one argument');
  return values.reduce((a, b) => apply(positionOf(node), safe, name, a, b));
}

function unary(
  context: Context,
  node: ts.CallExpression,
  name: Intrinsic,
  from: Type,
  to: Type,
): Expression {
  const [value, ...others] = numbers(context, node, from);
  if (!value || others.length > 0) return refuse(node, 'one argument was expected', 'one argument');
  return apply(positionOf(node), to, name, value);
}

/** `BigInt.asUintN(64, b)`. */
function asUnsigned(context: Context, node: ts.CallExpression): Expression {
  const [width, value] = node.arguments;
  const bits = width && ts.isNumericLiteral(width) ? Number(width.text) : 0;
  if (!value || ![8, 16, 32, 64].includes(bits))
    return refuse(node, 'the width must be written out', 'BigInt.asUintN(64, b)', 'BigInt.asUintN');
  const given = expression(context, value, big);
  const range = integerOf(`u${bits}` as 'u8' | 'u16' | 'u32' | 'u64');
  const at = positionOf(node);
  const wrapped = apply(at, range, 'wrap', coerce(value, given, big));
  return bits === 64 ? convert(wrapped, big) : apply(at, big, 'toBig', convert(wrapped, safe));
}

/** The array or bytes on which a method is called. */
export function receiverOf(node: ts.CallExpression): ts.Expression {
  const callee = unparenthesised(node.expression);
  if (ts.isPropertyAccessExpression(callee)) return callee.expression;
  return refuse(node, 'this is not called on a value', 'value.method()');
}

/** A variable or field whose array changes. */
function changing(context: Context, node: ts.CallExpression): { to: Target; whole: Expression } {
  const receiver = receiverOf(node);
  const to = targetOf(context, unparenthesised(receiver));
  const whole = expression(context, receiver);
  if (whole.type.kind === 'array' && whole.type.mutable) return { to, whole };
  return refuse(node, `${describeType(whole.type)} does not change`, 'a copy with the change');
}

function push(context: Context, node: ts.CallExpression): Expression {
  const { to, whole } = changing(context, node);
  const type = whole.type as Type & { kind: 'array' };
  const [array, ...values] = inOrder(context, [
    { node, lower: () => whole, late: true },
    ...node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => pushed(inner, argument, type),
    })),
  ]);
  const at = positionOf(node);
  const longer = values.reduce(
    (all, value, i) =>
      apply(at, type, ts.isSpreadElement(node.arguments[i]!) ? 'concat' : 'append', all, value),
    array!,
  );
  store(context, node, to, coerce(node, longer, to.type));
  if (!isUsed(node)) return nothing(at);
  const name = freshName(context.scope, 'length', true);
  const now = convert(readTarget(context, node, to), type);
  emit(context, node, assign(at, name, apply(at, safe, 'length', now)));
  context.scope.stable.add(name);
  return variable(at, safe, name);
}

function pushed(
  context: Context,
  argument: ts.Expression,
  type: Type & { kind: 'array' },
): Expression {
  if (!ts.isSpreadElement(argument))
    return coerce(argument, expression(context, argument, type.element), type.element);
  const value = expression(context, argument.expression, arrayType(type.element, false));
  return coerce(argument, value, arrayType(type.element, false));
}

function pop(context: Context, node: ts.CallExpression): Expression {
  const { to, whole } = changing(context, node);
  const type = whole.type as Type & { kind: 'array' };
  const at = positionOf(node);
  const length = apply(at, safe, 'length', whole);
  const some = apply(at, { kind: 'boolean' }, 'less', integer(at, safe, 0), length);
  const result = unionOf([type.element, undefinedType]);
  const last = apply(at, safe, 'subtract', length, integer(at, safe, 1));
  const name = freshName(context.scope, 'last', true);
  const filledPart: Context = { ...context, out: [] };
  emit(
    filledPart,
    node,
    assign(at, name, coerce(node, apply(at, type.element, 'element', whole, last), result)),
  );
  store(filledPart, node, to, coerce(node, apply(at, type, 'dropLast', whole), to.type));
  const empty = [assign(at, name, coerce(node, nothing(at), result))];
  emit(context, node, branch(at, some, filledPart.out, empty));
  context.scope.stable.add(name);
  return variable(at, result, name);
}

function slice(context: Context, node: ts.CallExpression): Expression {
  const receiver = receiverOf(node);
  const whole = expression(context, receiver);
  if (node.arguments.length > 2)
    return refuse(node, 'slice takes two arguments', 'slice(from, to)');
  const [array, from, to] = inOrder(context, [
    { node: receiver, lower: () => whole, late: isPlace(whole) },
    ...node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => coerce(argument, expression(inner, argument, safe), safe),
    })),
  ]);
  const at = positionOf(node);
  const type = copied(node, whole.type);
  return apply(
    at,
    type,
    'slice',
    convert(array!, type),
    from ?? integer(at, safe, 0),
    to ?? apply(at, safe, 'length', array!),
  );
}

/** A copy may be changed. */
function copied(node: ts.Node, type: Type): Type {
  if (type.kind === 'array') return { ...type, mutable: true };
  return type.kind === 'bytes' ? type : refuse(node, 'this is no array', 'an array');
}

function concat(context: Context, node: ts.CallExpression): Expression {
  const receiver = receiverOf(node);
  const whole = expression(context, receiver);
  const type = copied(node, whole.type);
  const values = inOrder(context, [
    { node: receiver, lower: () => whole, late: isPlace(whole) },
    ...node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => coerce(argument, arrayOnly(inner, argument, type), type),
    })),
  ]);
  return values
    .map((value) => convert(value, type))
    .reduce((all, value) => apply(positionOf(node), type, 'concat', all, value));
}

function arrayOnly(context: Context, argument: ts.Expression, type: Type): Expression {
  const value = expression(context, argument, type);
  if (value.type.kind === 'array') return value;
  return refuse(argument, 'concat takes arrays', '[...xs, x] for one element');
}

function fill(context: Context, node: ts.CallExpression): Expression {
  return (
    filled(context, node) ??
    refuse(
      node,
      'an array is filled when it is made',
      'new Array<T>(length).fill(value)',
      'Array.fill',
    )
  );
}
