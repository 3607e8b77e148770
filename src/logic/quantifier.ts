/** Quantifiers, and substitution, which has to know about them. */
import { implies, not, or } from './boolean.ts';
import { inferred, usable } from './pattern.ts';
import { rebuild } from './rebuild.ts';
import { Bool } from './sort.ts';
import {
  expectSort,
  fresh,
  intern,
  isQuantifier,
  literal,
  type Pattern,
  type Quantifier,
  type Term,
} from './term.ts';
import { boundIn, freeConstants, postorder } from './traverse.ts';

/** The variables are constants made by `fresh`. Patterns left out are inferred; [] means none. */
export function forall(
  variables: readonly Term[],
  body: Term,
  patterns?: readonly Pattern[],
): Term {
  return quantify('forall', variables, body, patterns);
}

export function exists(
  variables: readonly Term[],
  body: Term,
  patterns?: readonly Pattern[],
): Term {
  return quantify('exists', variables, body, patterns);
}

function quantify(
  operator: 'forall' | 'exists',
  variables: readonly Term[],
  body: Term,
  patterns: readonly Pattern[] | undefined,
): Term {
  expectSort(body, Bool, operator);
  for (const each of variables) {
    if (each.operator !== 'constant') throw new Error(`${operator} binds constants only`);
  }
  const free = freeConstants(body);
  const used = [...new Set(variables)].filter((variable) => free.has(variable));
  if (used.length === 0 || literal(body) !== undefined) return body;
  const bound = boundIn(body);
  const shadowed = used.filter((variable) => bound.has(variable));
  if (shadowed.length > 0) {
    const renaming = new Map(shadowed.map((each) => [each, another(each)]));
    const rename = (term: Term): Term => substitute(term, renaming);
    const renamed = patterns?.map((pattern) => pattern.map(rename));
    return quantify(operator, used.map(rename), rename(body), renamed);
  }
  const given = usable(patterns ?? [], used);
  const wanted = given.length > 0 || patterns?.length === 0 ? given : inferred(used, body);
  const ids = (terms: readonly Term[]): string => terms.map((each) => each.id).join();
  const key = `${ids(used)};${wanted.map(ids).join(';')}`;
  return intern({ operator, variables: used, patterns: wanted }, Bool, [body], key);
}

function another(variable: Term): Term {
  return fresh(variable.operator === 'constant' ? variable.name : 'x', variable.sort);
}

/** Replaces constants (or other terms) by terms of the same sort, all at once, never capturing. */
export function substitute(term: Term, replacements: ReadonlyMap<Term, Term>): Term {
  if (replacements.size === 0) return term;
  for (const [from, to] of replacements) expectSort(to, from.sort, 'substitute');
  const made = new Map<Term, Term>();
  const below = (each: Term): readonly Term[] =>
    replacements.has(each) || isQuantifier(each) ? [] : each.parts;
  for (const each of postorder([term], below)) {
    made.set(each, replacements.get(each) ?? replaced(each, made, replacements));
  }
  return made.get(term)!;
}

function replaced(
  term: Term,
  made: ReadonlyMap<Term, Term>,
  replacements: ReadonlyMap<Term, Term>,
): Term {
  if (isQuantifier(term)) return substituteBound(term, replacements);
  const parts = term.parts.map((part) => made.get(part)!);
  return parts.every((part, at) => part === term.parts[at]) ? term : rebuild(term, parts);
}

function substituteBound(quantifier: Quantifier, replacements: ReadonlyMap<Term, Term>): Term {
  const { operator, variables, patterns } = quantifier;
  const free = freeConstants(quantifier);
  const inner = new Map(replacements);
  for (const from of replacements.keys()) {
    if (from.operator === 'constant' && !free.has(from)) inner.delete(from);
  }
  const arriving = freeConstants(...inner.values());
  // A variable that a replacement mentions would capture it.
  for (const each of variables) if (arriving.has(each)) inner.set(each, another(each));
  const go = (each: Term): Term => substitute(each, inner);
  if (inner.size === 0) return quantifier;
  const body = go(quantifier.parts[0]!);
  return quantify(
    operator,
    variables.map(go),
    body,
    patterns.map((pattern) => pattern.map(go)),
  );
}

/** Formulas that hold together exactly when this one does; as many as can be told apart. */
export function conjuncts(term: Term): Term[] {
  if (term.operator === 'and') return term.parts.flatMap(conjuncts);
  if (term.operator === 'or') return throughOr(term);
  if (term.operator === 'not') return throughNot(term);
  if (term.operator === 'ite' && term.sort === Bool) {
    const [condition, a, b] = term.parts;
    return [implies(condition!, a!), implies(not(condition!), b!)].flatMap(conjuncts);
  }
  if (term.operator === 'forall') {
    const { variables, patterns } = term;
    const parts = conjuncts(term.parts[0]!);
    if (parts.length === 1) return [term];
    return parts.map((part) => forall(variables, part, patterns));
  }
  return [term];
}

/** What is common to the conjuncts of the last alternative that has several: `p or (q and r)`. */
function throughOr(term: Term): Term[] {
  const split = term.parts.map(conjuncts);
  const at = split.findLastIndex((parts) => parts.length > 1);
  if (at < 0) return [term];
  const others = term.parts.filter((_, index) => index !== at);
  return split[at]!.map((part) => or(...others, part));
}

function throughNot(term: Term): Term[] {
  const inside = term.parts[0]!;
  if (inside.operator !== 'or') return [term];
  return inside.parts.flatMap((part) => conjuncts(not(part)));
}
