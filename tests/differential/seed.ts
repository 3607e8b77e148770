/** Seeds a fault into an engine: its rules take nodes for what the fault says. */

import { evaluate, execute } from '../../src/symbolic/interpreter/evaluate.ts';
import type { Completion, Frame, Rules } from '../../src/symbolic/interpreter/frame.ts';
import { rules } from '../../src/symbolic/interpreter/interpret.ts';
import type { Value } from '../../src/symbolic/interpreter/value.ts';
import type { Function as Code, Expression, Program, Statement } from '../../src/symbolic/ir.ts';
import type { Fault } from './faults.ts';

type ExpressionRule = (node: Expression, frame: Frame) => Value;
type StatementRule = (node: Statement, frame: Frame) => Completion;

/** The interpreter's rules, one of them wrong. */
export function faultyRules(fault: Fault): Rules {
  const done = new WeakSet<object>();
  const expressions = mapped(rules.expressions, (right) =>
    wrongExpression(right as ExpressionRule, fault, done),
  );
  const statements = mapped(rules.statements, (right) =>
    wrongStatement(right as StatementRule, fault, done),
  );
  return { ...rules, expressions, statements } as Rules;
}

function mapped(table: object, change: (right: unknown) => unknown): object {
  return Object.fromEntries(Object.entries(table).map(([name, right]) => [name, change(right)]));
}

function wrongExpression(
  right: ExpressionRule,
  { expression }: Fault,
  done: WeakSet<object>,
): ExpressionRule {
  const known = new WeakMap<Expression, Expression>();
  return (node, frame) => {
    if (!expression || done.has(node)) return right(node, frame);
    const copy = { ...node };
    const taken = known.get(node) ?? expression(copy);
    known.set(node, taken);
    if (taken === copy) return right(node, frame);
    // What the node is taken for may contain it: that is not taken for something else again.
    done.add(copy);
    done.add(taken);
    return evaluate(taken, frame);
  };
}

function wrongStatement(
  right: StatementRule,
  { statement }: Fault,
  done: WeakSet<object>,
): StatementRule {
  return (node, frame) => {
    if (!statement || done.has(node)) return right(node, frame);
    const taken = statement(node).map((each) => ({ ...each }));
    for (const each of taken) done.add(each);
    return execute(taken, frame);
  };
}

/** The executor is a function of the program: it is given one with every node taken wrongly. */
export function faultyProgram(program: Program, fault: Fault): Program {
  const functions = new Map(
    [...program.functions].map(([key, code]) => [key, faultyFunction(code, fault)]),
  );
  return { ...program, functions };
}

function faultyFunction(code: Code, fault: Fault): Code {
  return { ...code, body: block(code.body, fault) };
}

function block(body: readonly Statement[], fault: Fault): readonly Statement[] {
  return body.flatMap((node) => {
    const inner = parts(node, fault) as unknown as Statement;
    return fault.statement ? fault.statement(inner) : [inner];
  });
}

const expressionKinds = new Set([...Object.keys(rules.expressions)]);
const blocks = new Set(['body', 'then', 'else', 'before', 'after']);

/** A copy of a node, its parts changed first. */
function parts(node: object, fault: Fault): object {
  return Object.fromEntries(
    Object.entries(node).map(([name, part]) => [name, changed(name, part, fault)]),
  );
}

function changed(name: string, part: unknown, fault: Fault): unknown {
  if (typeof part !== 'object' || part === null || ['type', 'at', 'is'].includes(name)) return part;
  if (Array.isArray(part))
    return blocks.has(name)
      ? block(part as Statement[], fault)
      : part.map((each) => changed('', each, fault));
  const inner = parts(part, fault);
  const isExpression = 'kind' in part && 'type' in part && expressionKinds.has(String(part.kind));
  return isExpression && fault.expression ? fault.expression(inner as Expression) : inner;
}
