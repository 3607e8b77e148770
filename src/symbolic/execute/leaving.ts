/** Statements that leave a loop for good: what they change, its head never sees. */
import type { Statement } from '../ir.ts';
import { within } from '../reader/order.ts';
import { completes } from '../reader/purity.ts';

/** Where a list of statements stands, as seen from the loop that is looked at. */
export type Nesting =
  /** In a turn of the loop itself: `break` leaves it. */
  | 'turn'
  /** In a loop within it: `break` leaves only that one. */
  | 'inner'
  /** Where an error may be caught and the turn goes on, or in another function. */
  | 'kept';

/** Whether every way through these statements leaves the loop for good. */
export function leaves(statements: readonly Statement[], nesting: Nesting): boolean {
  if (nesting === 'kept' || completes(statements)) return false;
  const goingOn = nesting === 'turn' ? ['continue'] : ['continue', 'break'];
  return !statements.some((statement) => jumps(statement, goingOn));
}

/** Whether one of these jumps is in a statement, and not in a loop of its own. */
function jumps(statement: Statement, kinds: readonly string[]): boolean {
  if (kinds.includes(statement.kind)) return true;
  if (statement.kind === 'loop') return false;
  return within(statement).some((inner) => jumps(inner, kinds));
}
