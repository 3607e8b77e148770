/** `switch` on a tag or an integer, as a chain of conditions. */
import ts from '@typescript/typescript6';
import type { Expression, Statement, Type } from '../ir.ts';
import { admits, alternativesOf, booleanType, describeType, sameType, unionOf } from '../type.ts';
import { isOne, isTotal } from './alternatives.ts';
import { coerce } from './coerce.ts';
import { apart, type Context, emit, freshName, keep, refuse } from './context.ts';
import { expression } from './expressions.ts';
import { apply, assign, branch, truth, variable } from './make.ts';
import { positionOf } from './position.ts';
import { completes } from './purity.ts';
import { statements } from './statements.ts';

interface Group {
  readonly labels: readonly Expression[];
  readonly otherwise: boolean;
  readonly clause: ts.CaseOrDefaultClause;
}

export function switchStatement(context: Context, node: ts.SwitchStatement): void {
  const value = held(context, node, expression(context, node.expression));
  checkValue(node.expression, value.type);
  const groups = grouped(context, node, value);
  const last = groups.length - 1;
  const chain = groups.reduceRight<readonly Statement[]>((rest, group, i) => {
    const body = clauseBody(context, group.clause, i === last);
    if (group.otherwise) return body;
    if (i === last && coversAll(value.type, groups)) return body;
    const test = group.labels
      .map((label) => matches(group.clause, value, label))
      .reduce((a, b) => apply(a.at, booleanType, 'or', a, b));
    return [branch(positionOf(group.clause), test, body, rest)];
  }, []);
  for (const statement of chain) emit(context, node, statement);
}

/** The value of the switch, evaluated once and in any case. */
function held(context: Context, node: ts.Node, value: Expression): Expression {
  if (isTotal(value)) return keep(context, node, value, 'tag');
  const name = freshName(context.scope, 'tag', true);
  emit(context, node, assign(positionOf(node), name, value));
  context.scope.stable.add(name);
  return variable(value.at, value.type, name);
}

function checkValue(node: ts.Node, type: Type): void {
  const other = alternativesOf(type).find(
    (t) => !['literal', 'integer', 'string'].includes(t.kind),
  );
  if (other)
    refuse(node, `a switch is on tags or integers, and this may be ${describeType(other)}`, 'if');
}

/** Clauses without statements belong to the next one. */
function grouped(context: Context, node: ts.SwitchStatement, value: Expression): readonly Group[] {
  const groups: Group[] = [];
  let labels: Expression[] = [];
  let otherwise = false;
  const { clauses } = node.caseBlock;
  clauses.forEach((clause, i) => {
    if (ts.isCaseClause(clause)) labels.push(label(context, clause, value));
    else if (i < clauses.length - 1)
      refuse(clause, 'default comes last', 'default as the last case');
    else otherwise = true;
    if (clause.statements.length === 0 && i < clauses.length - 1) return;
    groups.push({ labels, otherwise, clause });
    labels = [];
  });
  return groups;
}

function label(context: Context, clause: ts.CaseClause, value: Expression): Expression {
  const found = expression({ ...context, closed: true }, clause.expression, value.type);
  if (found.kind === 'constant') return found;
  return refuse(clause.expression, 'a case is a constant', 'a literal');
}

function matches(node: ts.Node, value: Expression, constant: Expression): Expression {
  const { type } = constant;
  if (type.kind === 'literal' && !admits(value.type, 'string')) {
    if (sameType(value.type, type)) return truth(constant.at, true);
    return {
      ...isOne(
        value,
        alternativesOf(value.type).filter((t) => sameType(t, type)),
      ),
      at: constant.at,
    };
  }
  const both = unionOf([value.type, type]);
  return apply(
    constant.at,
    booleanType,
    'equal',
    coerce(node, value, both),
    coerce(node, constant, both),
  );
}

/** Whether the labels are all values of the type: then the last case needs no test. */
function coversAll(type: Type, groups: readonly Group[]): boolean {
  const labels = groups
    .flatMap((group) => group.labels)
    .map((l) => l.kind === 'constant' && l.value);
  return alternativesOf(type).every((t) => {
    if (t.kind === 'literal') return labels.includes(t.value);
    return (
      t.kind === 'integer' && t.among !== undefined && t.among.every((v) => labels.includes(v))
    );
  });
}

function clauseBody(
  context: Context,
  clause: ts.CaseOrDefaultClause,
  last: boolean,
): readonly Statement[] {
  const { nodes, broken } = withoutBreak(clause.statements);
  const inner = nodes.find((statement) => leavesSwitch(statement));
  if (inner) refuse(inner, 'a break in the midst of a case is not in the subset', 'if and else');
  const { statements: body } = apart(context, (within) => statements(within, nodes));
  if (!last && !broken && completes(body))
    refuse(clause, 'a case does not run on into the next', 'break or return at its end');
  return body;
}

/** The statements of a case without the break that ends it. */
function withoutBreak(nodes: readonly ts.Statement[]): {
  readonly nodes: readonly ts.Statement[];
  readonly broken: boolean;
} {
  const end = nodes.at(-1);
  if (end && ts.isBreakStatement(end) && !end.label)
    return { nodes: nodes.slice(0, -1), broken: true };
  if (end && ts.isBlock(end)) {
    const inner = withoutBreak(end.statements);
    if (inner.broken) return { nodes: [...nodes.slice(0, -1), ...inner.nodes], broken: true };
  }
  return { nodes, broken: false };
}

/** Whether a break inside of a statement ends the switch. */
function leavesSwitch(node: ts.Node): boolean {
  if (ts.isBreakStatement(node)) return true;
  if (ts.isIterationStatement(node, false) || ts.isSwitchStatement(node)) return false;
  return ts.forEachChild(node, (child) => leavesSwitch(child) || undefined) ?? false;
}
