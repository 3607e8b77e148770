/** What is compared of a run. */
import type { Outcome } from '../../src/symbolic/interpreter/outcome.ts';
import { show, type Value } from '../../src/symbolic/interpreter/value.ts';

/** Every way of running a program gives one of these, as text that can be compared. */
export interface Trace {
  readonly outcome: string;
  /** The line in which the run left the model, if it did. */
  readonly line: number | undefined;
  /** Each operation of the machine below, with its arguments and the machine's state before it. */
  readonly effects: readonly string[];
  /** The machine below after the run. */
  readonly lower: string;
  /** The object's fields after the run. */
  readonly fields: string;
}

export function effectText(name: string, given: readonly Value[], before: string): string {
  return `${name}(${given.map(show).join(', ')}) on ${before}`;
}

export function outcomeText(outcome: Outcome): string {
  switch (outcome.kind) {
    case 'returned':
      return `returned ${show(outcome.value)}`;
    case 'threw':
      return `threw ${outcome.error.replace(/^.*#/, '')}`;
    case 'violated':
      return `outside: ${outcome.obligation}`;
    case 'assumed':
      return 'outside: assumed';
    case 'crashed':
      return 'crashed';
    case 'stuck':
      return `stuck: ${outcome.why} at ${outcome.at.line}:${outcome.at.column}`;
  }
}

/** Where two traces differ, in words; undefined if nowhere. */
export function difference(left: Trace, right: Trace): string | undefined {
  const effects = effectsDiffer(left, right);
  if (isBroken(left) && isBroken(right) && (left.line === right.line || !effects)) return undefined;
  if (left.outcome !== right.outcome) return `${left.outcome} <> ${right.outcome}`;
  if (left.line !== right.line) return `line ${left.line} <> line ${right.line}`;
  // Past the edge of the model there is nothing to agree on.
  if (left.outcome.startsWith('outside')) return undefined;
  if (effects) return effects;
  if (left.lower !== right.lower) return `below: ${left.lower} <> ${right.lower}`;
  if (left.fields !== right.fields) return `fields: ${left.fields} <> ${right.fields}`;
  return undefined;
}

function effectsDiffer(left: Trace, right: Trace): string | undefined {
  const length = Math.max(left.effects.length, right.effects.length);
  for (let i = 0; i < length; i++)
    if (left.effects[i] !== right.effects[i])
      return `effect ${i}: ${left.effects[i]} <> ${right.effects[i]}`;
  return undefined;
}

/**
 * Whether a value broke a rule of the language. `a > b` is read as `b < a`, and `[xs.pop()!, f()]`
 * as the two calls and then the `!`: of two rules that are broken on one line,
 * or with no effect between them, either may be named.
 */
function isBroken({ outcome }: Trace): boolean {
  return /^outside: (?:bounds|narrowing|range|division)$/.test(outcome);
}
