/** Loops, with the invariants that their authors wrote and those that their shape implies. */
import ts from '@typescript/typescript6';
import type { Expression, Invariant, Statement } from '../ir.ts';
import { describeType, safe } from '../type.ts';
import { elementTypeOf, isPlace } from './access.ts';
import { condition, unparenthesised } from './branches.ts';
import { coerce } from './coerce.ts';
import { apart, type Context, emit, freshName, isStable, keep, refuse } from './context.ts';
import { type Counting, countingFacts, countingOf } from './counting.ts';
import { expression } from './expressions.ts';
import { closure } from './ghosts.ts';
import { apply, assign, integer, truth, variable } from './make.ts';
import { forOfMap, mapHeadOf } from './map-loops.ts';
import { changesOf, reads } from './order.ts';
import { libraryName, resolve } from './origin.ts';
import { bind, declareLocal } from './parameters.ts';
import { positionOf } from './position.ts';
import { evaluate, isMarker, markerOf, statements, variables } from './statements.ts';
import { typeOf } from './types.ts';

type Loop = Statement & { kind: 'loop' };
type Measure = NonNullable<Loop['measure']>;

/** What the markers at the beginning of a body say. */
export interface Claims {
  readonly invariants: readonly Invariant[];
  readonly measure?: Measure;
  readonly rest: readonly ts.Statement[];
}

export function whileStatement(context: Context, node: ts.WhileStatement): void {
  const test = apart(context, (inner) => condition(inner, node.expression));
  const claims = claimsOf(context, node.statement);
  const { statements: body } = apart(context, (inner) => statements(inner, claims.rest));
  emit(context, node, loop(node, test, body, [], claims));
}

export function forStatement(context: Context, node: ts.ForStatement): void {
  const { initializer } = node;
  if (initializer && ts.isVariableDeclarationList(initializer)) variables(context, initializer);
  else if (initializer) evaluate(context, initializer);
  const counting = countingOf(context, node);
  const start = counting && startOf(context, node, counting);
  const test = apart(context, (inner) =>
    node.condition ? condition(inner, node.condition) : truth(positionOf(node), true),
  );
  const claims = claimsOf(context, node.statement);
  const { statements: body } = apart(context, (inner) => statements(inner, claims.rest));
  const { statements: after } = apart(context, (inner) => {
    if (node.incrementor) evaluate(inner, node.incrementor);
  });
  const made = loop(node, test, body, after, claims);
  const facts = counting && start && countingFacts(node, made, counting, start);
  emit(context, node, facts ? withFacts(made, facts) : made);
}

/** The value with which counting starts, for the invariants. */
function startOf(context: Context, node: ts.Node, counting: Counting): Expression {
  const last = context.out.at(-1);
  const known = last?.kind === 'assign' && last.variable === counting.name && last.value;
  if (known && isStable(context.scope, known)) return known;
  return keep(context, node, counting.variable, 'start');
}

export function withFacts(
  made: Loop,
  facts: { readonly invariants: readonly Expression[]; readonly measure: Expression },
): Loop {
  const automatic = facts.invariants.map(
    (holds): Invariant => ({ at: holds.at, holds, automatic: true }),
  );
  const { measure } = facts;
  return {
    ...made,
    invariants: [...automatic, ...made.invariants],
    measure: made.measure ?? { at: measure.at, value: measure, automatic: true },
  };
}

export function loop(
  node: ts.Node,
  test: { readonly value: Expression; readonly statements: readonly Statement[] },
  body: readonly Statement[],
  after: readonly Statement[],
  claims: Claims,
): Loop {
  return {
    kind: 'loop',
    at: positionOf(node),
    before: test.statements,
    condition: test.value,
    body,
    after,
    invariants: claims.invariants,
    ...(claims.measure ? { measure: claims.measure } : {}),
  };
}

/** The markers are read where the condition is tested: before anything the body declares. */
export function claimsOf(context: Context, body: ts.Statement): Claims {
  const nodes = ts.isBlock(body) ? body.statements : [body];
  const count = nodes.findIndex((node) => !isMarker(context, node, 'invariant', 'decreases'));
  const head = count < 0 ? nodes : nodes.slice(0, count);
  const invariants: Invariant[] = [];
  let measure: Measure | undefined;
  for (const node of head) {
    const { name, call } = markerOf(context, node)!;
    const inner = closure(context, call.arguments[0]!, 0);
    const at = positionOf(call);
    if (name === 'invariant') {
      const holds = inner.lower((within, result) => condition(within, result));
      invariants.push({ at, holds, automatic: false });
    } else if (measure) refuse(node, 'a loop has one measure', 'one decreases()');
    else {
      const value = inner.lower((within, result) => integerOf(within, result));
      measure = { at, value, automatic: false };
    }
  }
  const rest = nodes.slice(head.length);
  return measure ? { invariants, measure, rest } : { invariants, rest };
}

function integerOf(context: Context, node: ts.Expression): Expression {
  const value = expression(context, node, safe);
  if (value.type.kind === 'integer') return value;
  return refuse(
    node,
    `a measure is an integer, and this is ${describeType(value.type)}`,
    'a number',
  );
}

/** `for (const x of xs)` and `for (const [i, x] of xs.entries())`: a loop over the index. */
export function forOf(context: Context, node: ts.ForOfStatement): void {
  if (node.awaitModifier) refuse(node, 'for await is not in the subset', 'for of');
  const map = mapHeadOf(context, node);
  if (map) forOfMap(context, node, map);
  else forOfArray(context, node);
}

function forOfArray(context: Context, node: ts.ForOfStatement): void {
  const { over, names } = headOf(context, node);
  const found = expression(context, over);
  if (found.type.kind !== 'array' && found.type.kind !== 'bytes')
    refuse(over, `for of goes over arrays, and this is ${describeType(found.type)}`, 'an array');
  const array = isPlace(found) && !isNew(over) ? found : keep(context, over, found, 'sequence');
  const at = positionOf(node);
  const name = names.index
    ? declareLocal(context, names.index, safe, false)
    : freshName(context.scope, 'index', true);
  const index = variable(at, safe, name);
  emit(context, node, assign(at, name, integer(at, safe, 0)));
  const length = apply(at, safe, 'length', array);
  const claims = claimsOf(context, node.statement);
  const { statements: body } = apart(context, (inner) => {
    if (names.element) declareElement(inner, names.element, array, index);
    statements(inner, claims.rest);
  });
  if (isPlace(array) && reads(array, changesOf(body)))
    refuse(over, 'the array changes while the loop goes over it', '[...xs], a copy of it');
  const after = [assign(at, name, apply(at, safe, 'add', index, integer(at, safe, 1)))];
  const test = { value: apply(at, { kind: 'boolean' }, 'less', index, length), statements: [] };
  const facts = {
    invariants: [
      apply(at, { kind: 'boolean' }, 'lessOrEqual', integer(at, safe, 0), index),
      apply(at, { kind: 'boolean' }, 'lessOrEqual', index, length),
    ],
    measure: apply(at, safe, 'subtract', length, index),
  };
  emit(context, node, withFacts(loop(node, test, body, after, claims), facts));
}

/** `[...xs]` is a value of its own, whatever becomes of `xs`. */
export function isNew(over: ts.Expression): boolean {
  const made = ts.isArrayLiteralExpression(over) || ts.isNewExpression(over);
  return made || ts.isCallExpression(over);
}

interface Head {
  readonly over: ts.Expression;
  readonly names: { readonly index?: ts.Identifier; readonly element?: ts.BindingName };
}

/** What the loop declares: a constant. */
export function loopName(node: ts.ForOfStatement): ts.BindingName {
  const { initializer } = node;
  if (
    !ts.isVariableDeclarationList(initializer) ||
    !(initializer.flags & ts.NodeFlags.Const) ||
    (initializer.flags & ts.NodeFlags.BlockScoped) !== ts.NodeFlags.Const
  )
    return refuse(initializer, 'the variable of the loop is a const', 'for (const x of xs)');
  return initializer.declarations[0]!.name;
}

function headOf(context: Context, node: ts.ForOfStatement): Head {
  const name = loopName(node);
  const over = unparenthesised(node.expression);
  const array = entriesOf(context, over);
  if (!array) return { over, names: { element: name } };
  if (!ts.isArrayBindingPattern(name))
    return refuse(name, 'entries are taken apart at once', 'for (const [i, x] of xs.entries())');
  const [index, element] = name.elements.map((part) => partOf(part));
  if (index && !ts.isIdentifier(index)) return refuse(index, 'the index is a name', 'a plain name');
  return {
    over: unparenthesised(array),
    names: { ...(index ? { index } : {}), ...(element ? { element } : {}) },
  };
}

export function partOf(part: ts.ArrayBindingElement): ts.BindingName | undefined {
  if (ts.isOmittedExpression(part)) return undefined;
  if (part.initializer || part.dotDotDotToken)
    return refuse(part, 'rest and defaults are not read in a pattern', 'a plain name');
  return part.name;
}

/** The array of `xs.entries()`. */
function entriesOf(context: Context, node: ts.Expression): ts.Expression | undefined {
  if (!ts.isCallExpression(node) || !ts.isPropertyAccessExpression(node.expression))
    return undefined;
  const name = libraryName(resolve(context.reader.checker, node.expression.name)) ?? '';
  const known = ['Array.entries', 'ReadonlyArray.entries', 'Uint8Array.entries'];
  return known.includes(name) ? node.expression.expression : undefined;
}

function declareElement(
  context: Context,
  name: ts.BindingName,
  array: Expression,
  index: Expression,
): void {
  const { checker } = context.reader;
  const at = positionOf(name);
  const value = apply(at, elementTypeOf(name, array.type), 'element', array, index);
  if (!ts.isIdentifier(name)) {
    bind(context, name, value);
    return;
  }
  const declared = typeOf(checker, checker.getTypeAtLocation(name), name);
  const local = declareLocal(context, name, declared, false);
  emit(context, name, assign(at, local, coerce(name, value, declared)));
}
