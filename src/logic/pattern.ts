/** Patterns of quantifiers: which terms, when met, make a solver instantiate one. */
import type { Pattern, Term } from './term.ts';
import { boundIn, children, freeConstants, postorder } from './traverse.ts';

/** What solvers do not match on: connectives, choices, comparisons, quantifiers. */
const unmatched = new Set<string>(['true', 'false', 'not', 'and', 'or', '=', 'ite', '<', '<=']);
for (const operator of ['bvult', 'bvule', 'forall', 'exists']) unmatched.add(operator);

const matched = new Set<string>(['select', 'store', 'call', 'field', 'is', 'construct']);

/** Those patterns that a solver would accept for these variables, each once. */
export function usable(patterns: readonly Pattern[], variables: readonly Term[]): Pattern[] {
  const seen = new Map<string, Pattern>();
  for (const pattern of patterns) {
    const covered = freeConstants(...pattern);
    const whole = variables.every((variable) => covered.has(variable));
    if (whole && pattern.every(matchable)) seen.set(pattern.map((each) => each.id).join(), pattern);
  }
  return [...seen.values()];
}

function matchable(term: Term): boolean {
  if (!matched.has(term.operator)) return false;
  return !postorder([term]).some((each) => unmatched.has(each.operator));
}

/**
 * Every array read at exactly the bound variable is a pattern: a fact fires from each side. What a
 * quantifier within binds means nothing outside of it.
 */
export function inferred(variables: readonly Term[], body: Term): Pattern[] {
  const [variable] = variables;
  if (variable === undefined || variables.length > 1) return [];
  const patterns: Pattern[] = [];
  const inner = boundIn(body);
  for (const each of postorder([body], children)) {
    if (each.operator !== 'select' || each.parts[1] !== variable) continue;
    const array = [...freeConstants(each.parts[0]!)];
    if (!array.some((free) => free === variable || inner.has(free))) patterns.push([each]);
  }
  return usable(patterns, variables);
}
