/**
 * Instances at the points that a quantifier itself names.
 *
 * A body that asks whether its variable is `t` behaves specially there: the element just appended,
 * the block just written. A solver may meet no term that makes it look at that point, so the
 * instance is said beside the quantifier. What is said then is the same as before.
 */
import { and, not, or } from './boolean.ts';
import { ite } from './equal.ts';
import { exists, forall, substitute } from './quantifier.ts';
import { Bool } from './sort.ts';
import { isQuantifier, type Quantifier, type Term } from './term.ts';
import { boundIn, freeConstants, postorder } from './traverse.ts';

/** More points than these are a table, not a special case. */
const most = 4;

const done = { shown: new WeakMap<Term, Term>(), given: new WeakMap<Term, Term>() };
type Side = keyof typeof done;
const other = { shown: 'given', given: 'shown' } as const;

/** The same formula, with instances where they help to show it or to use it. */
export function withPoints(term: Term, side: Side): Term {
  const known = done[side].get(term);
  if (known) return known;
  const made = pointed(term, side);
  done[side].set(term, made);
  return made;
}

function pointed(term: Term, side: Side): Term {
  if (term.sort !== Bool) return term;
  const parts = () => term.parts.map((part) => withPoints(part, side));
  if (term.operator === 'and') return and(...parts());
  if (term.operator === 'or') return or(...parts());
  if (term.operator === 'not') return not(withPoints(term.parts[0]!, other[side]));
  if (term.operator === 'ite') {
    const [, a, b] = parts() as [Term, Term, Term];
    // The condition stands on both sides.
    return ite(term.parts[0]!, a, b);
  }
  return isQuantifier(term) ? instantiated(term, side) : term;
}

function instantiated(term: Quantifier, side: Side): Term {
  const { operator, variables, patterns } = term;
  const body = withPoints(term.parts[0]!, side);
  const whole = (operator === 'forall' ? forall : exists)(variables, body, patterns);
  const [variable] = variables;
  const useful = operator === (side === 'shown' ? 'exists' : 'forall');
  if (!useful || variables.length !== 1 || !variable) return whole;
  const points = pointsOf(variable, term.parts[0]!);
  if (points.length === 0 || points.length > most) return whole;
  const instances = points.map((point) => substitute(body, new Map([[variable, point]])));
  return operator === 'forall' ? and(...instances, whole) : or(...instances, whole);
}

/** What the body compares its variable with. */
function pointsOf(variable: Term, body: Term): readonly Term[] {
  const inner = boundIn(body);
  const found = new Set<Term>();
  for (const { operator, parts } of postorder([body])) {
    if (operator !== '=') continue;
    const [a, b] = parts as [Term, Term];
    const point = a === variable ? b : b === variable ? a : undefined;
    if (!point) continue;
    const free = [...freeConstants(point)];
    if (!free.some((each) => each === variable || inner.has(each))) found.add(point);
  }
  return [...found];
}
