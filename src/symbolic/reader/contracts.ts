/** Lemmas, and functions with a contract: what their first statements say of them. */
import ts from '@typescript/typescript6';
import type { Contract, Expression, FunctionKey, Type } from '../ir.ts';
import type { Refusal } from '../refusal.ts';
import { describeType, safe } from '../type.ts';
import { condition, unparenthesised } from './branches.ts';
import { values } from './calls.ts';
import { apart, type Context, emit, noteUse, type Reader, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { type Callable, demand, type Signature, signature } from './functions.ts';
import { closure } from './ghosts.ts';
import { nothing } from './make.ts';
import { noteGhostly } from './names.ts';
import { declarationOf, resolve } from './origin.ts';
import { positionOf } from './position.ts';
import { isMarker, markerOf } from './statements.ts';

export interface Said {
  readonly contract: Contract;
  /** The statements after the contract. */
  readonly rest: readonly ts.Statement[];
}

const markers = ['requires', 'ensures', 'decreases', 'opaque'];

/** What a function says of itself; undefined if that is nothing, or only what it requires. */
export function contractOf(context: Context, callable: Callable): Said | undefined {
  const { body } = callable;
  if (!ts.isFunctionDeclaration(callable) || !body || !ts.isBlock(body)) return undefined;
  const end = body.statements.findIndex((node) => !isMarker(context, node, ...markers));
  const head = end < 0 ? body.statements : body.statements.slice(0, end);
  const said = head.map((node) => markerOf(context, node)!);
  const calls = (name: string) => said.filter((one) => one.name === name).map(({ call }) => call);
  if (said.every(({ name }) => name === 'requires')) return undefined;
  const kind = context.scope.returns.kind === 'undefined' ? 'lemma' : 'function';
  check(context, callable, kind, new Set(said.map(({ name }) => name)));
  const ghost: Context = { ...context, ghost: true, closed: true };
  const requires = calls('requires').map((call) => condition(ghost, call.arguments[0]!));
  const [measure, another] = calls('decreases');
  if (another) refuse(another, 'a function has one measure', 'one decreases()');
  const decreasing = measure && measureOf(ghost, measure);
  // From here on the function may be called by its name.
  context.reader.contracts.set(context.scope.key, kind);
  const ensures = calls('ensures').map((call) => ({
    at: positionOf(call),
    holds: closure(context, call.arguments[0]!, 0).lower(condition),
  }));
  const contract: Contract = {
    kind,
    requires,
    ensures,
    ...(decreasing ? { measure: decreasing } : {}),
    opaque: calls('opaque').length > 0,
  };
  if (measure)
    noteGhostly(context, measure, 'a function that calls itself is for ghosts', 'a loop');
  return { contract, rest: body.statements.slice(head.length) };
}

function check(
  { scope, reader }: Context,
  node: ts.FunctionDeclaration,
  kind: Contract['kind'],
  said: ReadonlySet<string>,
): void {
  const at = node.name ?? node;
  const given = signature(reader, node).parameters.find(({ type }) => holds(type, 'object'));
  if (given) refuse(at, 'what has a contract takes values, not machines', 'the fields it is about');
  if (kind === 'lemma' && !said.has('ensures'))
    refuse(at, 'a lemma shows something', 'ensures(() => ...)');
  if (kind === 'lemma' && said.has('opaque'))
    refuse(at, 'of a lemma nothing but its contract is ever used', 'no opaque()');
  if (kind === 'function' && !said.has('opaque') && !said.has('decreases'))
    refuse(at, 'the body of this function is known wherever it is called', 'opaque() beside it');
  if (kind === 'function' && ['array', 'bytes'].some((part) => holds(scope.returns, part)))
    refuse(
      at,
      `a function with a contract has a plain result, and this is ${describeType(scope.returns)}`,
      'a number, a boolean, or a record of them',
    );
}

function holds(type: Type, kind: string): boolean {
  if (type.kind === kind) return true;
  if (type.kind === 'union') return type.of.some((part) => holds(part, kind));
  return type.kind === 'record' && type.fields.some((field) => holds(field.type, kind));
}

function measureOf(context: Context, call: ts.CallExpression): Contract['measure'] {
  const [node] = call.arguments;
  if (!node || ts.isArrowFunction(node))
    return refuse(call, 'the measure of a function is a number', 'decreases(n)');
  const value = expression(context, node, safe);
  if (value.type.kind === 'integer') return { at: positionOf(call), value };
  return refuse(node, `a measure is an integer, not ${describeType(value.type)}`, 'a number');
}

/** `use(() => lemma(...))`, and a lemma's call of another. */
export function useLemma(context: Context, node: ts.CallExpression): Expression {
  const inner = closure(context, node.arguments[0]!, 0);
  const call = unparenthesised(inner.result);
  const callee = ts.isCallExpression(call) && unparenthesised(call.expression);
  const symbol = callee && resolve(context.reader.checker, callee);
  const declaration = symbol && declarationOf(symbol);
  if (!declaration || !ts.isFunctionDeclaration(declaration) || !ts.isCallExpression(call))
    return refuse(call, 'what is used is a lemma', 'use(() => lemma(...))');
  const key = demand(context.reader, declaration, call);
  if (context.reader.contracts.get(key) !== 'lemma')
    return refuse(call, 'this function is not a lemma', 'a function with ensures(), and no result');
  const taken = signature(context.reader, declaration);
  return used(context, call, key, taken);
}

/** Within a lemma, a call of a lemma as a statement. */
export function lemmaCall(
  context: Context,
  node: ts.CallExpression,
  key: FunctionKey,
  taken: Signature,
): Expression {
  const inLemma = context.reader.contracts.get(context.scope.key) === 'lemma';
  if (!inLemma || !ts.isExpressionStatement(node.parent))
    return refuse(node, 'a lemma is used, not called', 'use(() => lemma(...))');
  return used(context, node, key, taken);
}

function used(
  context: Context,
  node: ts.CallExpression,
  lemma: FunctionKey,
  taken: Signature,
): Expression {
  const at = positionOf(node);
  const ghost = { ...context, ghost: true };
  noteUse(ghost, lemma);
  const { value, statements } = apart(ghost, (inner) => values(inner, node, taken));
  if (statements.length > 0) refuse(node, 'what a lemma is given is pure', 'a const before it');
  emit(context, node, { kind: 'use', at, lemma, arguments: value });
  return nothing(at);
}

/** Functions with a contract that rest on one another: neither would be shown. */
export function circles(reader: Reader): readonly Refusal[] {
  const uses = new Map<FunctionKey, Set<FunctionKey>>();
  for (const { from, to } of reader.uses) uses.set(from, (uses.get(from) ?? new Set()).add(to));
  return [...reader.contracts.keys()].flatMap((key): Refusal[] => {
    const found = reader.functions.get(key);
    const direct = [...(uses.get(key) ?? [])].filter((other) => other !== key);
    const way = direct.find((other) => reaches(uses, other, key));
    if (!found || way === undefined) return [];
    const name = reader.functions.get(way)?.name ?? way;
    const why = `${found.name} rests on ${name}, which rests on ${found.name}`;
    const instead = 'one function that calls itself on a smaller measure';
    return [{ at: found.at, construct: 'circle', why, instead }];
  });
}

function reaches(
  uses: ReadonlyMap<FunctionKey, ReadonlySet<FunctionKey>>,
  from: FunctionKey,
  to: FunctionKey,
): boolean {
  const seen = new Set([from]);
  for (const key of seen) {
    if (key === to) return true;
    for (const next of uses.get(key) ?? []) seen.add(next);
  }
  return false;
}
