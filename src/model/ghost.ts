/**
 * What code says about itself.
 *
 * The prover turns each of these calls into an obligation or a hypothesis. Under the explorer they
 * check themselves on the state at hand. When a layer is run for real they cost a function call:
 * their arguments are functions that are then never called.
 */
const slot = Symbol.for('plimsoll.checking');
const holder = globalThis as { [slot]?: number | undefined };

/**
 * Runs `body` with every invariant checked where it stands; if it answers with a promise, until
 * that is settled.
 */
export function withChecks<T>(body: () => T): T {
  holder[slot] = (holder[slot] ?? 0) + 1;
  const leave = () => {
    holder[slot] = (holder[slot] ?? 1) - 1;
  };
  let result: T;
  try {
    result = body();
  } catch (error) {
    leave();
    throw error;
  }
  if (result instanceof Promise) result.then(leave, leave);
  else leave();
  return result;
}

/** Whether statements about code check themselves. */
export function isChecking(): boolean {
  return Boolean(holder[slot]);
}

/** A statement about verified code that turned out false. */
export class StatementFailed extends Error {
  override readonly name = 'StatementFailed';
}

/** An operation was called where its caller may not call it. */
export class RequirementFailed extends StatementFailed {}

/** A run that an assumption rules out: neither right nor wrong. */
export class Assumed extends Error {
  override readonly name = 'Assumed';
}

/** Must hold here. Checked when run, an obligation when proved. */
export function assert(fact: boolean, otherwise?: string): asserts fact {
  if (!fact) throw new StatementFailed(otherwise ?? 'an assertion does not hold');
}

/** The caller's duty: what must hold when this operation is called. */
export function requires(condition: boolean): asserts condition {
  if (!condition) throw new RequirementFailed('an operation was called outside its precondition');
}

/** Taken on trust, and listed with the verdict. Runs in which it is false are not considered. */
export function assume(fact: boolean, because: string): asserts fact {
  if (!fact) throw new Assumed(because);
}

/**
 * What a statement says, or undefined where it has none. To the prover the element of an array
 * outside its bounds is some value; here it is missing, and a statement that uses it says nothing.
 */
export function truth<T>(statement: () => T): T | undefined {
  try {
    return statement();
  } catch (error) {
    if (error instanceof TypeError) return undefined;
    throw error;
  }
}

/** Holds whenever the loop whose body it opens is about to test its condition. */
export function invariant(holds: () => boolean): void {
  if (holder[slot] && truth(holds) === false)
    throw new StatementFailed('a loop invariant does not hold');
}

/**
 * A natural number that becomes smaller with every turn of the loop whose body it opens. First in a
 * lemma or a function of ghosts, a number itself: it becomes smaller wherever that calls itself.
 */
export function decreases(measure: number | (() => number)): void {
  if (typeof measure === 'number') return;
  if (holder[slot] && (truth(measure) ?? 0) < 0) throw new StatementFailed('a measure is negative');
}

/** A value that only invariants and other ghosts may use; `undefined` when run for real. */
export function ghost<T>(value: () => T): T {
  return (holder[slot] ? truth(value) : undefined) as T;
}

/** Whether `holds(i)` for every integer i with low <= i < high. */
export function forall(low: number, high: number, holds: (i: number) => boolean): boolean {
  for (let i = low; i < high; i++) if (!holds(i)) return false;
  return true;
}

/** Whether `holds(i)` for some integer i with low <= i < high. */
export function exists(low: number, high: number, holds: (i: number) => boolean): boolean {
  for (let i = low; i < high; i++) if (holds(i)) return true;
  return false;
}

/** If the first, then the second. */
export function implies(first: boolean, second: boolean): boolean {
  return !first || second;
}
