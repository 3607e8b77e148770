/** `reduce` and `forEach`: loops of which nothing is known but that they end. */
import ts from '@typescript/typescript6';
import type { Expression, Statement, Type } from '../ir.ts';
import { booleanType, describeType, safe } from '../type.ts';
import { elementTypeOf, isPlace } from './access.ts';
import { unparenthesised } from './branches.ts';
import { arrowOf, closed } from './closures.ts';
import { coerce } from './coerce.ts';
import { checkCount } from './combinators.ts';
import { apart, type Context, emit, freshName, keep, type Local, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { receiverOf } from './library.ts';
import { type Claims, claimsOf, withFacts } from './loops.ts';
import { apply, assign, integer, nothing, variable } from './make.ts';
import { overMap } from './map-loops.ts';
import { changesOf, inOrder, reads } from './order.ts';
import { bind, declareLocal } from './parameters.ts';
import { positionOf } from './position.ts';
import { evaluate, statements } from './statements.ts';
import { typeOf } from './types.ts';

/** What happens in a turn, to which element, and what is said of the loop. */
interface Turns {
  /** What the author says of it. */
  readonly claims?: (index: Local) => Claims;
  /** Lowers the body, and says what is true at every test of the condition. */
  readonly body: (
    inner: Context,
    element: Expression,
    index: Expression,
    claims: Claims,
  ) => readonly Expression[];
}

const noClaims: Claims = { invariants: [], rest: [] };

/** `xs.reduce((sum, x) => sum + x, 0)`. */
export function reduce(context: Context, node: ts.CallExpression): Expression {
  checkCount(node, 2);
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeAtLocation(node), node);
  if (type.kind === 'bytes' || (type.kind === 'array' && type.mutable))
    return refuse(node, `${describeType(type)} would have two names`, 'a loop that fills an array');
  const [closure, begin] = node.arguments;
  const whole = sequenceOf(context, node);
  const [array, start] = inOrder(context, [
    { node, lower: () => whole, late: isPlace(whole) },
    { node: begin!, lower: (inner) => coerce(begin!, expression(inner, begin!, type), type) },
  ]);
  const at = positionOf(node);
  const name = freshName(context.scope, 'result', true);
  const first = keep(context, begin!, start!, 'start');
  emit(context, node, assign(at, name, first));
  const result = variable(at, type, name);
  overEach(context, node, array!, {
    body: (inner, element, index) => {
      const given = [{ value: result }, { value: element }, { value: index }];
      emit(inner, node, assign(at, name, closed(inner, closure, given, type)));
      return startOf(at, index, result, first);
    },
  });
  context.scope.stable.add(name);
  return result;
}

/** Before the first turn the result is what it begins with. */
function startOf(
  at: Expression['at'],
  index: Expression,
  result: Expression,
  first: Expression,
): readonly Expression[] {
  if (result.type.kind !== 'integer' && result.type.kind !== 'boolean') return [];
  const begun = apply(at, booleanType, 'less', integer(at, safe, 0), index);
  return [apply(at, booleanType, 'or', begun, apply(at, booleanType, 'equal', result, first))];
}

/** `xs.forEach((x) => { ... })`: the closure is the body of the loop. */
export function forEach(context: Context, node: ts.CallExpression): Expression {
  checkCount(node, 1);
  const arrow = arrowOf(node.arguments[0], 2);
  const array = sequenceOf(context, node);
  checkReturns(arrow.body);
  const [element, index] = arrow.parameters;
  overEach(context, node, array, {
    claims: (local) => claimsIn(naming(context, index, local), arrow),
    body: (inner, value, at, { rest }) => {
      declare(inner, element, value);
      declare(inner, index, at);
      turnOf(inner, arrow, rest);
      return [];
    },
  });
  return nothing(positionOf(node));
}

/** `map.forEach((value, key) => { ... })`; of a set, what it is given is the key, twice. */
export function forEachEntry(context: Context, node: ts.CallExpression): Expression {
  checkCount(node, 1);
  const arrow = arrowOf(node.arguments[0], 2);
  checkReturns(arrow.body);
  const [first, second] = arrow.parameters;
  overMap(context, {
    node,
    map: unparenthesised(receiverOf(node)),
    parts: ({ key, value }) =>
      value
        ? { key: named(key, second), value: named(value, first) }
        : { key: named(key, first), value: undefined },
    claims: (within) => claimsIn(within, arrow),
    turn: (inner, [key, value], { rest }) => {
      if (value && first && !ts.isIdentifier(first.name)) declare(inner, first, value);
      if (!value) declare(inner, second, key!);
      turnOf(inner, arrow, rest);
    },
  });
  return nothing(positionOf(node));
}

function named(type: Type, parameter: ts.ParameterDeclaration | undefined) {
  const { name } = parameter ?? {};
  return name && ts.isIdentifier(name) ? { type, name } : { type };
}

/** What the closure says of the loop before anything else. */
function claimsIn(context: Context, { body }: ts.ArrowFunction): Claims {
  return ts.isBlock(body) ? claimsOf(context, body) : noClaims;
}

/** Where the index is tested, the closure's name for it means the index itself. */
function naming(
  context: Context,
  parameter: ts.ParameterDeclaration | undefined,
  index: Local,
): Context {
  const { checker } = context.reader;
  const symbol = parameter && checker.getSymbolAtLocation(parameter.name);
  if (!symbol) return context;
  const locals = new Map(context.scope.locals).set(symbol, index);
  return { ...context, scope: { ...context.scope, locals } };
}

function turnOf(context: Context, { body }: ts.ArrowFunction, rest: readonly ts.Statement[]): void {
  if (ts.isBlock(body)) statements(context, rest);
  else evaluate(context, body);
}

function sequenceOf(context: Context, node: ts.CallExpression): Expression {
  const whole = expression(context, receiverOf(node));
  if (whole.type.kind === 'array') return whole;
  return refuse(node, `${describeType(whole.type)} has no elements`, 'an array');
}

function checkReturns(node: ts.Node): void {
  if (ts.isReturnStatement(node))
    refuse(node, 'it ends one turn, and not the function', 'for (const x of xs), and continue');
  if (!ts.isFunctionLike(node)) ts.forEachChild(node, checkReturns);
}

function declare(
  context: Context,
  parameter: ts.ParameterDeclaration | undefined,
  value: Expression,
): void {
  if (!parameter) return;
  const { name } = parameter;
  if (!ts.isIdentifier(name)) {
    bind(context, name, value);
    return;
  }
  const { checker } = context.reader;
  const type = typeOf(checker, checker.getTypeAtLocation(name), name);
  const local = declareLocal(context, name, type, false);
  emit(context, name, assign(positionOf(name), local, coerce(name, value, type)));
}

/** A loop over the index, with what its shape implies. */
function overEach(
  context: Context,
  node: ts.CallExpression,
  found: Expression,
  turns: Turns,
): void {
  const array = isPlace(found) ? found : keep(context, node, found, 'sequence');
  const at = positionOf(node);
  const name = freshName(context.scope, 'index', true);
  const index = variable(at, safe, name);
  const length = apply(at, safe, 'length', array);
  emit(context, node, assign(at, name, integer(at, safe, 0)));
  const claims = turns.claims?.({ variable: name, type: safe, ghost: false }) ?? noClaims;
  const { value: known, statements: body } = apart(context, (inner) => {
    const type = elementTypeOf(node, array.type);
    const element = keep(inner, node, apply(at, type, 'element', array, index), 'element');
    return turns.body(inner, element, index, claims);
  });
  if (isPlace(array) && reads(array, changesOf(body)))
    refuse(node, 'the array changes while its elements are visited', 'a loop over [...xs]');
  const facts = factsOf(at, index, length);
  const all = { ...facts, invariants: [...facts.invariants, ...known] };
  emit(context, node, withFacts(loopOver(at, body, index, length, claims), all));
}

type Loop = Statement & { kind: 'loop' };

function loopOver(
  at: Expression['at'],
  body: readonly Statement[],
  index: Expression,
  length: Expression,
  { invariants, measure }: Claims,
): Loop {
  const name = index.kind === 'variable' ? index.variable : '';
  return {
    kind: 'loop',
    at,
    before: [],
    condition: apply(at, booleanType, 'less', index, length),
    body,
    after: [assign(at, name, apply(at, safe, 'add', index, integer(at, safe, 1)))],
    invariants,
    ...(measure ? { measure } : {}),
  };
}

function factsOf(at: Expression['at'], index: Expression, length: Expression) {
  const atMost = (a: Expression, b: Expression) => apply(at, booleanType, 'lessOrEqual', a, b);
  return {
    invariants: [atMost(integer(at, safe, 0), index), atMost(index, length)],
    measure: apply(at, safe, 'subtract', length, index),
  };
}
