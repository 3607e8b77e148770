/**
 * Loops that count: `for (let i = a; i < b; i += c)`, up or down, by a constant.
 *
 * Such a loop ends, and its variable stays in a range. Both are true at every test of the
 * condition as long as nothing else changes the variable and the bound stays what it is.
 */
import ts from '@typescript/typescript6';
import type { Expression, Statement } from '../ir.ts';
import { booleanType, safe } from '../type.ts';
import { unparenthesised } from './branches.ts';
import type { Context } from './context.ts';
import { apply, integer, variable } from './make.ts';
import { type Changes, changesOf, parts } from './order.ts';
import { positionOf } from './position.ts';

type Loop = Statement & { kind: 'loop' };

export interface Counting {
  readonly name: string;
  readonly variable: Expression;
  readonly up: boolean;
  readonly step: bigint;
}

const { SyntaxKind } = ts;

/** How a loop counts, by what it adds at the end of every turn. */
export function countingOf(context: Context, node: ts.ForStatement): Counting | undefined {
  const list = node.initializer;
  if (!list || !ts.isVariableDeclarationList(list)) return undefined;
  for (const { name } of list.declarations) {
    const found = countingBy(context, node, name);
    if (found) return found;
  }
  return undefined;
}

function countingBy(
  context: Context,
  node: ts.ForStatement,
  name: ts.BindingName,
): Counting | undefined {
  const symbol = ts.isIdentifier(name) && context.reader.checker.getSymbolAtLocation(name);
  const local = symbol && context.scope.locals.get(symbol);
  const change = symbol && node.incrementor && stepOf(context, node.incrementor, symbol);
  if (!local || !change || local.type.kind !== 'integer' || local.type.range !== 'safe')
    return undefined;
  return {
    name: local.variable,
    variable: variable(positionOf(name), local.type, local.variable),
    up: change > 0n,
    step: change > 0n ? change : -change,
  };
}

function stepOf(context: Context, node: ts.Expression, symbol: ts.Symbol): bigint | undefined {
  const isCounter = (operand: ts.Node) =>
    context.reader.checker.getSymbolAtLocation(operand) === symbol;
  if (ts.isPostfixUnaryExpression(node) || ts.isPrefixUnaryExpression(node)) {
    if (!isCounter(node.operand)) return undefined;
    return node.operator === SyntaxKind.PlusPlusToken
      ? 1n
      : node.operator === SyntaxKind.MinusMinusToken
        ? -1n
        : undefined;
  }
  if (!ts.isBinaryExpression(node) || !isCounter(node.left)) return undefined;
  const right = unparenthesised(node.right);
  if (node.operatorToken.kind === SyntaxKind.PlusEqualsToken) return literalOf(right);
  if (node.operatorToken.kind === SyntaxKind.MinusEqualsToken) return negated(literalOf(right));
  if (node.operatorToken.kind !== SyntaxKind.EqualsToken || !ts.isBinaryExpression(right))
    return undefined;
  if (!isCounter(right.left)) return undefined;
  if (right.operatorToken.kind === SyntaxKind.PlusToken) return literalOf(right.right);
  return right.operatorToken.kind === SyntaxKind.MinusToken
    ? negated(literalOf(right.right))
    : undefined;
}

function literalOf(node: ts.Expression): bigint | undefined {
  if (!ts.isNumericLiteral(node)) return undefined;
  const value = Number(node.text);
  return Number.isSafeInteger(value) && value > 0 ? BigInt(value) : undefined;
}

const negated = (value: bigint | undefined) => (value === undefined ? undefined : -value);

/** The range of the counter and the measure, if the loop is what it looks like. */
export function countingFacts(
  node: ts.ForStatement,
  loop: Loop,
  counting: Counting,
  start: Expression,
): { readonly invariants: readonly Expression[]; readonly measure: Expression } | undefined {
  const bound = boundOf(loop.condition, counting);
  if (!bound || loop.before.length > 0) return undefined;
  const changes = changesOf([...loop.body, ...loop.after]);
  if (changesOf(loop.body).variables.has(counting.name) || !isFixed(bound.value, changes))
    return undefined;
  const at = positionOf(node.condition!);
  const { variable: counter, up, step } = counting;
  const [first, second] = up ? [start, counter] : [counter, start];
  const slack = integer(at, safe, bound.strict ? step - 1n : step);
  const limit = apply(at, safe, up ? 'add' : 'subtract', bound.value, slack);
  const end = apply(
    at,
    safe,
    up ? 'maximum' : 'minimum',
    start,
    slack.kind === 'constant' && slack.value === 0n ? bound.value : limit,
  );
  const [low, high] = up ? [counter, end] : [end, counter];
  return {
    invariants: [
      apply(at, booleanType, 'lessOrEqual', first, second),
      apply(at, booleanType, 'lessOrEqual', low, high),
    ],
    measure: up
      ? apply(at, safe, 'subtract', bound.value, counter)
      : apply(at, safe, 'subtract', counter, bound.value),
  };
}

/** The other side of the comparison, when it bounds the counter in the direction it goes. */
function boundOf(
  condition: Expression,
  counting: Counting,
): { readonly value: Expression; readonly strict: boolean } | undefined {
  if (condition.kind !== 'apply') return undefined;
  if (condition.function !== 'less' && condition.function !== 'lessOrEqual') return undefined;
  const [small, great] = condition.arguments;
  const [counter, value] = counting.up ? [small!, great!] : [great!, small!];
  if (counter.kind !== 'variable' || counter.variable !== counting.name) return undefined;
  return { value, strict: condition.function === 'less' };
}

/** Whether an expression keeps its value; writing elements does not change a length. */
function isFixed(value: Expression, changes: Changes): boolean {
  if (value.kind === 'apply' && value.function === 'length') {
    const [array] = value.arguments;
    if (array?.kind === 'variable') return !changes.variables.has(array.variable);
    if (array?.kind === 'field' && array.of.kind === 'self')
      return !changes.methods && !changes.fields.has(array.name);
  }
  if (value.kind === 'variable')
    return !changes.variables.has(value.variable) && !changes.elements.has(value.variable);
  if (value.kind === 'field' && value.of.kind === 'self')
    return (
      !changes.methods && !changes.fields.has(value.name) && !changes.fieldElements.has(value.name)
    );
  if (value.kind === 'self' || value.kind === 'invoke') return false;
  return parts(value).every((part) => isFixed(part, changes));
}
