/** Goals cut into the smallest claims that can be decided, and shown, one by one. */
import {
  fresh,
  implies,
  no,
  not,
  or,
  substitute,
  type Term,
  withPoints,
  yes,
} from '../../logic/index.ts';

export interface Claim {
  readonly given: readonly Term[];
  readonly goal: Term;
}

/** `given` shows `goal` exactly if every one of these claims holds. */
export function split(given: readonly Term[], goal: Term): readonly Claim[] {
  return pieces(given, goal).map((claim) => ({
    given: claim.given.map((fact) => withPoints(fact, 'given')),
    goal: withPoints(claim.goal, 'shown'),
  }));
}

/** The same, with no help for the solver. */
export function pieces(given: readonly Term[], goal: Term): readonly Claim[] {
  if (goal === yes || given.includes(goal) || given.includes(no)) return [];
  if (goal.operator === 'and') return goal.parts.flatMap((part) => pieces(given, part));
  if (goal.operator === 'forall') {
    const names = new Map(goal.variables.map((v) => [v, fresh(hint(v), v.sort)]));
    return pieces(given, substitute(goal.parts[0]!, names));
  }
  if (goal.operator === 'or') return disjunction(given, goal);
  if (goal.operator === 'ite') {
    const [condition, a, b] = goal.parts as [Term, Term, Term];
    return [...pieces(given, implies(condition, a)), ...pieces(given, implies(not(condition), b))];
  }
  return [{ given, goal }];
}

function hint(variable: Term): string {
  return variable.operator === 'constant' ? variable.name.replace(/_\d+$/, '') : 'i';
}

/** What is denied on the way to a claim may be taken as given. */
function disjunction(given: readonly Term[], goal: Term): readonly Claim[] {
  const simple = goal.parts.filter(isSimple);
  const rest = goal.parts.filter((part) => !isSimple(part));
  if (simple.length === 0 || rest.length === 0) return [{ given, goal }];
  const denied = simple.map(not);
  if (denied.some((d) => d === no || given.includes(not(d)))) return [];
  const more = [...given, ...denied.filter((d) => !given.includes(d))];
  const [only] = rest;
  if (only && rest.length === 1) return pieces(more, only);
  return [{ given: more, goal: or(...rest) }];
}

/** A claim with nothing inside that could be split. */
function isSimple(term: Term): boolean {
  if (term.operator === 'not') return true;
  return !['and', 'or', 'forall', 'exists', 'ite'].includes(term.operator);
}
