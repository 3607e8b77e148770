/** Ways through a term that need no stack of calls: a term may be a hundred thousand deep. */
import type { Formula, Sort, Term, Terms } from './term.ts';
import { single } from './term.ts';

/** Computes something of a term from the same of its parts, once for each part. */
export function fold<T>(
  root: Term,
  visit: (term: Term, of: (part: Term) => T) => T,
  memo = new Map<Term, T>(),
): T {
  return folded(root, partsOf, visit, memo);
}

export function foldFormula<T>(
  root: Formula,
  visit: (formula: Formula, of: (part: Formula) => T) => T,
  memo = new Map<Formula, T>(),
): T {
  return folded(root, formulaParts, visit, memo);
}

function folded<Node, T>(
  root: Node,
  parts: (node: Node) => readonly Node[],
  visit: (node: Node, of: (part: Node) => T) => T,
  memo: Map<Node, T>,
): T {
  const of = (part: Node) => memo.get(part) as T;
  const stack = [root];
  for (let top = stack.at(-1); top !== undefined; top = stack.at(-1)) {
    const missing = memo.has(top) ? [] : parts(top).filter((part) => !memo.has(part));
    if (missing.length > 0) stack.push(...missing);
    else {
      if (!memo.has(top)) memo.set(top, visit(top, of));
      stack.pop();
    }
  }
  return of(root);
}

const none: readonly never[] = [];

export function partsOf(term: Term): readonly Term[] {
  if (term.kind === 'star') return [term.body];
  return term.kind === 'product' || term.kind === 'choice' ? [term.left, term.right] : none;
}

export function formulaParts(formula: Formula): readonly Formula[] {
  if (formula.kind === 'not') return [formula.body];
  return formula.kind === 'and' || formula.kind === 'or' ? [formula.left, formula.right] : none;
}

/** Every term within this one, itself included, parts first. */
export function within(root: Term): Set<Term> {
  const all = new Map<Term, undefined>();
  fold<undefined>(root, () => undefined, all);
  return new Set(all.keys());
}

/** The names of letters, in the order in which they occur. */
export function lettersOf(...roots: readonly Term[]): Set<string> {
  const names = new Set<string>();
  for (const root of roots)
    for (const term of within(root)) if (term.kind === 'letter') names.add(term.name);
  return names;
}

export function namesOf(formula: Formula): Set<string> {
  const all = new Map<Formula, undefined>();
  foldFormula<undefined>(formula, () => undefined, all);
  return new Set([...all.keys()].flatMap((part) => (part.kind === 'name' ? [part.name] : [])));
}

/** The names of tests, in the order in which they occur. */
export function testsOf(...roots: readonly Term[]): Set<string> {
  const names = new Set<string>();
  for (const root of roots)
    for (const term of within(root))
      if (term.kind === 'test') for (const name of namesOf(term.formula)) names.add(name);
  return names;
}

/** The factors of a product, however it is bracketed, without ones. */
export function factors(root: Term): Term[] {
  const found: Term[] = [];
  const stack = [root];
  for (let term = stack.pop(); term; term = stack.pop())
    if (term.kind === 'product') stack.push(term.right, term.left);
    else if (term.kind !== 'one') found.push(term);
  return found;
}

/** The alternatives of a choice, however it is bracketed, without zeros. */
export function alternatives(root: Term): Term[] {
  const found = new Set<Term>();
  const stack = [root];
  for (let term = stack.pop(); term; term = stack.pop())
    if (term.kind === 'choice') stack.push(term.right, term.left);
    else if (term.kind !== 'zero') found.add(term);
  return [...found];
}

/** The term with other leaves; what is built above them is built anew. */
export function rebuilt(
  terms: Terms,
  root: Term,
  leaf: (term: Term) => Term,
  memo = new Map<Term, Term>(),
): Term {
  return fold<Term>(
    root,
    (term, of) => {
      if (term.kind === 'star') return terms.star(of(term.body));
      if (term.kind === 'product') return terms.product(of(term.left), of(term.right));
      if (term.kind === 'choice') return terms.choice(of(term.left), of(term.right));
      return leaf(term);
    },
    memo,
  );
}

/** The leaf of the same kind among other terms, from and to these. */
export function sameLeaf(
  terms: Terms,
  leaf: Term,
  source: Sort,
  target: Sort,
  named: (name: string) => Formula,
): Term {
  if (leaf.kind === 'letter') return terms.letter(leaf.name, source, target);
  if (leaf.kind === 'zero') return terms.zero(source, target);
  if (leaf.kind === 'one') return terms.one(source);
  if (leaf.kind === 'drop') return terms.drop(source);
  return leaf.kind === 'test'
    ? terms.test(rebuiltFormula(terms, leaf.formula, named), source)
    : leaf;
}

/** The formula with others in the place of names. */
export function rebuiltFormula(
  terms: Terms,
  root: Formula,
  named: (name: string) => Formula,
): Formula {
  return foldFormula<Formula>(root, (part, of) => {
    if (part.kind === 'name') return named(part.name);
    if (part.kind === 'not') return terms.not(of(part.body));
    if (part.kind === 'and' || part.kind === 'or')
      return terms[part.kind](of(part.left), of(part.right));
    return terms.truth(part.kind === 'true');
  });
}

/** Makes the same terms among others: terms of different makers are never the same object. */
export function copier(terms: Terms): (root: Term) => Term {
  const memo = new Map<Term, Term>();
  const named = (name: string) => terms.name(name);
  const copied = (leaf: Term) => sameLeaf(terms, leaf, leaf.source, leaf.target, named);
  return (root) => rebuilt(terms, root, copied, memo);
}

/** The name of the letter that stands for a dropped value: no letter that is typed is called so. */
export const dropped = ';';

/** The same without sorts. Equations that fit their sorts hold with them iff without. */
export function erased(terms: Terms, root: Term): Term {
  return rebuilt(terms, root, (term) => {
    if (term.kind === 'zero') return terms.zero();
    if (term.kind === 'one') return terms.one();
    if (term.kind === 'drop') return terms.letter(dropped);
    if (term.kind === 'letter') return terms.letter(term.name);
    return term.kind === 'test' ? terms.test(terms.copied(term.formula), single) : term;
  });
}
