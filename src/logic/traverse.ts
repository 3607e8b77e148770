/** Walks over terms. They are graphs and may be deep: no recursion, and every term is met once. */
import { isQuantifier, type Quantifier, type Term } from './term.ts';

/** What a term is directly made of: its parts and, for a quantifier, its patterns. */
export function children(term: Term): readonly Term[] {
  if (!isQuantifier(term)) return term.parts;
  let found = ofQuantifier.get(term);
  if (found === undefined) {
    found = [...term.parts, ...term.patterns.flat()];
    ofQuantifier.set(term, found);
  }
  return found;
}

const ofQuantifier = new WeakMap<Quantifier, readonly Term[]>();

/** Everything in the roots, parts before wholes, in order of first appearance. */
export function postorder(
  roots: readonly Term[],
  below: (term: Term) => readonly Term[] = children,
): Term[] {
  const done = new Set<Term>();
  const stack: { term: Term; parts: readonly Term[]; next: number }[] = [];
  // What has nothing below it need not be put aside: these are most.
  const open = (term: Term): void => {
    const parts = below(term);
    if (parts.length === 0) done.add(term);
    else stack.push({ term, parts, next: 0 });
  };
  for (const root of roots) {
    if (!done.has(root)) open(root);
    for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
      const part = top.parts[top.next++];
      if (part === undefined) {
        done.add(top.term);
        stack.pop();
      } else if (!done.has(part)) open(part);
    }
  }
  return [...done];
}

const freeIn = new WeakMap<Quantifier, ReadonlySet<Term>>();

/** The constants of a term that no quantifier binds, in order of first appearance. */
export function freeConstants(...terms: readonly Term[]): Set<Term> {
  const free = new Set<Term>();
  for (const each of postorder(terms, partsOutside)) {
    if (each.operator === 'constant') free.add(each);
    else if (isQuantifier(each)) for (const inner of freeInQuantifier(each)) free.add(inner);
  }
  return free;
}

const partsOutside = (term: Term): readonly Term[] => (isQuantifier(term) ? none : term.parts);
const none: readonly Term[] = [];

/** The same of one quantifier, which is not to be changed. */
export function freeInQuantifier(quantifier: Quantifier): ReadonlySet<Term> {
  const found = freeIn.get(quantifier);
  if (found !== undefined) return found;
  const free = freeConstants(...children(quantifier));
  for (const variable of quantifier.variables) free.delete(variable);
  freeIn.set(quantifier, free);
  return free;
}

/** What the quantifiers within a term bind. */
export function boundIn(body: Term): Set<Term> {
  const bound = new Set<Term>();
  for (const each of postorder([body])) {
    if (isQuantifier(each)) for (const variable of each.variables) bound.add(variable);
  }
  return bound;
}
