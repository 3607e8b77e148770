/** Calls of plimsoll's model: what code says about itself, choices, blocks, and fixed widths. */
import ts from '@typescript/typescript6';
import type { Choice, Expression, Statement, Type } from '../ir.ts';
import { arrayType, big, blockType, booleanType, describeType, integerOf, safe } from '../type.ts';
import { condition, unparenthesised } from './branches.ts';
import { coerce, convert } from './coerce.ts';
import { apart, type Context, emit, freshName, refusal, refuse } from './context.ts';
import { useLemma } from './contracts.ts';
import { expression } from './expressions.ts';
import { closure } from './ghosts.ts';
import { apply, nothing, variable } from './make.ts';
import { everyKey, sameEntries, visited } from './maps.ts';
import { noteGhostly } from './names.ts';
import { inOrder } from './order.ts';
import { positionOf } from './position.ts';
import { classKey, classOf, handleOf, typeOf } from './types.ts';

type Lower = (context: Context, node: ts.CallExpression) => Expression;

const markers: Readonly<Record<string, Lower>> = {
  assert: (context, node) => claim(context, node, 'assert'),
  requires: (context, node) => claim(context, node, 'requires'),
  assume,
  use: useLemma,
  implies,
  forall: (context, node) => quantified(context, node, 'forall'),
  exists: (context, node) => quantified(context, node, 'exists'),
  stateOf,
  sameEntries,
  everyKey,
  visited,
  anyBoolean: (context, node) => choose(context, node, booleanType, { kind: 'boolean' }),
  anyBlock: (context, node) => choose(context, node, blockType, { kind: 'block' }),
  anyBlocks: (context, node) =>
    choose(context, node, arrayType(blockType, true), { kind: 'blocks' }),
  anyInteger,
  anyOf,
  sameBlock: (context, node) => same(context, node, 'sameBlock', blockType),
  isSealed,
  sameBlocks: (context, node) => same(context, node, 'sameBlocks', arrayType(blockType, false)),
  u8: (context, node) => fitting(context, node, 'u8'),
  u16: (context, node) => fitting(context, node, 'u16'),
  u32: (context, node) => fitting(context, node, 'u32'),
  u64: (context, node) => fitting(context, node, 'u64'),
  wrapU8: (context, node) => wrapping(context, node, 'u8'),
  wrapU16: (context, node) => wrapping(context, node, 'u16'),
  wrapU32: (context, node) => wrapping(context, node, 'u32'),
  wrapU64: (context, node) => wrapping(context, node, 'u64'),
};

const places: Readonly<Record<string, string>> = {
  invariant: 'the first statements of a loop',
  decreases: 'the first statements of a loop, or of a function of the module',
  ensures: 'the first statements of a function of the module',
  opaque: 'the first statements of a function of the module',
  ghost: 'the value of a const: const g = ghost(() => ...)',
};

export function markerCall(context: Context, node: ts.CallExpression, name: string): Expression {
  const lower = Object.hasOwn(markers, name) ? markers[name] : undefined;
  if (lower) return lower(context, node);
  if (Object.hasOwn(places, name))
    return refuse(node, `${name}() does not stand here`, places[name]!, name);
  return refuse(
    node,
    `${name} is not for verified code`,
    'a marker or a choice of the model',
    name,
  );
}

/** `assert` and `requires`, as statements of their own. */
function claim(context: Context, node: ts.CallExpression, kind: 'assert' | 'requires'): Expression {
  const [fact, otherwise] = statementArguments(node, kind);
  const { value, statements } = apart(context, (inner) => condition(inner, fact!));
  if (statements.length > 0) refuse(fact!, 'what is claimed has no effects', 'a const before it');
  const text = otherwise ? literalText(otherwise) : fact!.getText();
  emit(context, node, { kind, at: positionOf(node), condition: value, text });
  return nothing(positionOf(node));
}

function assume(context: Context, node: ts.CallExpression): Expression {
  const [fact, because] = statementArguments(node, 'assume');
  const ghost = context.ghost || isOfMachine(context);
  const { value, statements } = apart({ ...context, ghost }, (inner) => condition(inner, fact!));
  if (statements.length > 0) refuse(fact!, 'what is assumed has no effects', 'a const before it');
  const at = positionOf(node);
  const text = literalText(because!);
  emit(context, node, { kind: 'assume', at, condition: value, because: text, ghost });
  return nothing(at);
}

/** Whether this is within a method of a machine. */
function isOfMachine({ reader, scope }: Context): boolean {
  return scope.self !== undefined && reader.classes.get(classKey(scope.self))?.role === 'machine';
}

function statementArguments(node: ts.CallExpression, name: string): readonly ts.Expression[] {
  if (!ts.isExpressionStatement(node.parent))
    refuse(node, `${name}() is a statement of its own`, 'a statement of its own', name);
  return node.arguments;
}

export function literalText(node: ts.Expression): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  return refuse(node, 'a text must be written out', 'a string literal');
}

/** Both sides are evaluated: a function is called with them. */
function implies(context: Context, node: ts.CallExpression): Expression {
  const [first, second] = inOrder(
    context,
    node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => condition(inner, argument),
    })),
  );
  const at = positionOf(node);
  noteGhostly(context, node, 'implies() is for ghosts', '!a || b');
  return apply(at, booleanType, 'implies', first!, second!);
}

function quantified(
  context: Context,
  node: ts.CallExpression,
  quantifier: 'forall' | 'exists',
): Expression {
  noteGhostly(context, node, `${quantifier}() is for ghosts`, 'a loop');
  const [low, high, body] = node.arguments;
  const bounds = inOrder(
    context,
    [low!, high!].map((bound) => ({
      node: bound,
      lower: (inner: Context) => coerce(bound, expression(inner, bound, safe), safe),
    })),
  );
  const inner = closure(context, body!, 1);
  const [parameter] = inner.parameters;
  const name = parameter?.variable ?? freshName(context.scope, 'i', true);
  const value = inner.lower((within, result) => condition(within, result));
  return {
    kind: 'quantified',
    at: positionOf(node),
    type: booleanType,
    quantifier,
    variable: name,
    low: bounds[0]!,
    high: bounds[1]!,
    body: value,
  };
}

/** `stateOf(this.handle)`. */
function stateOf(context: Context, node: ts.CallExpression): Expression {
  noteGhostly(
    context,
    node,
    'the state of the lower machine is there for ghosts only',
    'its operations',
  );
  const argument = node.arguments[0] && unparenthesised(node.arguments[0]);
  const handle = argument && handleOf(context.reader.checker.getTypeAtLocation(argument));
  const machine = handle && classOf(handle.machine);
  if (
    !machine ||
    classOf(context.reader.checker.getTypeAtLocation(node)) !== machine ||
    !ts.isPropertyAccessExpression(argument!) ||
    argument.expression.kind !== ts.SyntaxKind.ThisKeyword
  )
    return refuse(node, 'stateOf() takes the handle of `this`', 'stateOf(this.handle)', 'stateOf');
  return apply(positionOf(node), { kind: 'object', class: classKey(machine) }, 'stateOf');
}

function choose(context: Context, node: ts.CallExpression, type: Type, choice: Choice): Expression {
  const { choices } = context.reader;
  const noted = choices.get(context.scope.key) ?? [];
  const why = 'code that runs makes no choices: only machines do';
  choices.set(context.scope.key, [...noted, refusal(node, why, 'a value that is computed')]);
  if (context.ghost) return refuse(node, 'a ghost makes no choices', 'forall() or exists()');
  const name = freshName(context.scope, node.expression.getText(), true);
  const statement: Statement = {
    kind: 'choose',
    at: positionOf(node),
    variable: name,
    type,
    choice,
  };
  emit(context, node, statement);
  context.scope.stable.add(name);
  return variable(positionOf(node), type, name);
}

function anyInteger(context: Context, node: ts.CallExpression): Expression {
  const [low, high] = inOrder(
    context,
    node.arguments.map((bound) => ({
      node: bound,
      lower: (inner: Context) => coerce(bound, expression(inner, bound, safe), safe),
    })),
  );
  return choose(context, node, safe, { kind: 'integer', low: low!, high: high! });
}

function anyOf(context: Context, node: ts.CallExpression): Expression {
  const { checker } = context.reader;
  const element = typeOf(checker, checker.getTypeAtLocation(node), node);
  const wanted = arrayType(element, false);
  const of = coerce(node, expression(context, node.arguments[0]!, wanted), wanted);
  return choose(context, node, element, { kind: 'element', of });
}

function same(
  context: Context,
  node: ts.CallExpression,
  name: 'sameBlock' | 'sameBlocks',
  type: Type,
): Expression {
  const [a, b] = inOrder(
    context,
    node.arguments.map((argument) => ({
      node: argument,
      lower: (inner: Context) => coerce(argument, expression(inner, argument, type), type),
    })),
  );
  return apply(positionOf(node), booleanType, name, a!, b!);
}

function isSealed(context: Context, node: ts.CallExpression): Expression {
  const argument = node.arguments[0]!;
  const block = coerce(argument, expression(context, argument, blockType), blockType);
  return apply(positionOf(node), booleanType, 'isSealed', block);
}

type Width = 'u8' | 'u16' | 'u32' | 'u64';

/** `u8(n)`: an obligation that it fits. */
function fitting(context: Context, node: ts.CallExpression, range: Width): Expression {
  return convert(integerArgument(context, node, range), integerOf(range));
}

function wrapping(context: Context, node: ts.CallExpression, range: Width): Expression {
  const value = integerArgument(context, node, range);
  return apply(positionOf(node), integerOf(range), 'wrap', value);
}

function integerArgument(context: Context, node: ts.CallExpression, range: Width): Expression {
  const argument = node.arguments[0]!;
  const value = expression(context, argument, range === 'u64' ? big : safe);
  if (value.type.kind === 'integer') return { ...value, at: positionOf(node) };
  return refuse(argument, `${describeType(value.type)} is not an integer`, 'an integer');
}
