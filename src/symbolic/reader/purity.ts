/** What statements do, as seen from outside of their function. */
import type { Statement } from '../ir.ts';
import { within } from './order.ts';

/** Whether a function with this body may be evaluated in place. */
export function isPure(body: readonly Statement[]): boolean {
  return firstEffect(body) === undefined;
}

/** The first statement that keeps a function from being pure. */
export function firstEffect(
  body: readonly Statement[],
  allowed: readonly string[] = [],
): Statement | undefined {
  for (const statement of body) {
    if (!isLocal(statement) && !allowed.includes(statement.kind)) return statement;
    const inner = firstEffect(within(statement), allowed);
    if (inner) return inner;
  }
  return undefined;
}

function isLocal(statement: Statement): boolean {
  switch (statement.kind) {
    case 'assign':
    case 'construct':
    case 'if':
    case 'return':
    case 'use':
      return true;
    case 'assignElement':
      return statement.place.kind === 'variable';
    default:
      return false;
  }
}

/** Whether control may come to the end of these statements. */
export function completes(body: readonly Statement[]): boolean {
  return body.every((statement) => passes(statement));
}

function passes(statement: Statement): boolean {
  switch (statement.kind) {
    case 'return':
    case 'throw':
    case 'break':
    case 'continue':
      return false;
    case 'if':
      return completes(statement.then) || completes(statement.else);
    case 'loop':
      return !isTrue(statement.condition) || breaks(statement.body);
    case 'try':
      return completes(statement.body) || statement.handlers.some((h) => completes(h.body));
    case 'assert':
      return !(statement.condition.kind === 'constant' && statement.condition.value === false);
    default:
      return true;
  }
}

function isTrue(condition: { readonly kind: string; readonly value?: unknown }): boolean {
  return condition.kind === 'constant' && condition.value === true;
}

function breaks(body: readonly Statement[]): boolean {
  return body.some(
    (statement) =>
      statement.kind === 'break' || (statement.kind !== 'loop' && breaks(within(statement))),
  );
}
