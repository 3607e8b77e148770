/**
 * The kernel: the only code that makes theorems. A theorem says that its inclusion follows from its
 * hypotheses in every Kleene algebra with tests. The rules are Kozen's axioms as inclusions, tests,
 * cut and instantiation. Whatever else proves something does so by asking here, step by step.
 * Certificates are a rule of their own: a theorem says whether it rests on any, and a strict kernel
 * takes none. Their checker is another file.
 */
import { PlainDiagrams } from '../decision/plain-diagram.ts';
import { shownBy } from '../hypotheses/check.ts';
import { directions } from '../hypotheses/proof.ts';
import { type Formula, type Sort, type Term, Terms } from '../terms/term.ts';
import { copier, formulaParts, partsOf, rebuilt, sameLeaf } from '../terms/walk.ts';

export interface Inclusion {
  readonly left: Term;
  readonly right: Term;
}

export interface Theorem extends Inclusion {
  readonly hypotheses: readonly Inclusion[];
  /** Whether it rests on certificates, and so on their checker as well. */
  readonly decided: boolean;
  /** How it was made; a record for others, the kernel never reads it. */
  readonly step: Step;
}

export interface Step {
  readonly rule: Rule | 'assume' | 'cut' | 'instantiate' | 'decide';
  readonly premises: readonly Theorem[];
  readonly terms: readonly Term[];
  readonly replacing?: Replacing;
  readonly certificate?: { readonly lines: readonly string[]; readonly inclusion: number };
}

/** What stands for letters, tests (each a test term) and sorts, all at once. */
export interface Replacing {
  readonly letters?: ReadonlyMap<string, Term>;
  readonly tests?: ReadonlyMap<string, Term>;
  readonly sorts?: ReadonlyMap<Sort, Sort>;
}

type Conclusion = readonly [left: Term, right: Term];
type Axiom = (make: Terms, e: Term, f: Term, g: Term) => Conclusion;

/** What holds without premises: how many terms each needs, and what it says of them. */
const axioms = {
  reflexive: [1, (_, e) => [e, e]],
  zero: [1, (make, e) => [zeroOf(make, e), e]],
  'choice left': [2, (make, e, f) => [e, make.choice(e, f)]],
  'choice right': [2, (make, e, f) => [f, make.choice(e, f)]],
  'associate right': [3, (make, e, f, g) => [left(make, e, f, g), right(make, e, f, g)]],
  'associate left': [3, (make, e, f, g) => [right(make, e, f, g), left(make, e, f, g)]],
  'one before, dropped': [1, (make, e) => [make.product(make.one(e.source), e), e]],
  'one before, added': [1, (make, e) => [e, make.product(make.one(e.source), e)]],
  'one after, dropped': [1, (make, e) => [make.product(e, make.one(e.target)), e]],
  'one after, added': [1, (make, e) => [e, make.product(e, make.one(e.target))]],
  'zero before': [2, (make, e, f) => [make.product(zeroOf(make, e), f), zeroFrom(make, e, f)]],
  'zero after': [2, (make, e, f) => [make.product(e, zeroOf(make, f)), zeroFrom(make, e, f)]],
  'distribute left': [
    3,
    (make, e, f, g) => [make.product(e, make.choice(f, g)), each(make, [e, f], [e, g])],
  ],
  'distribute right': [
    3,
    (make, e, f, g) => [make.product(make.choice(e, f), g), each(make, [e, g], [f, g])],
  ],
  'star none': [1, (make, e) => [make.one(e.source), make.star(e)]],
  'star first': [1, (make, e) => [make.product(e, make.star(e)), make.star(e)]],
  'star last': [1, (make, e) => [make.product(make.star(e), e), make.star(e)]],
  'test implies': [2, (_, e, f) => [e, impliedBy(e, f)]],
  'test joined': [2, (make, e, f) => [make.product(e, f), tests(make, 'and', e, f)]],
  'test parted': [2, (make, e, f) => [tests(make, 'and', e, f), make.product(e, f)]],
  'test either': [2, (make, e, f) => [tests(make, 'or', e, f), make.choice(e, f)]],
  'test all': [1, (make, e) => [make.one(e.source), make.test(make.truth(true), e.source)]],
  'test dropped': [1, (make, e) => [isTest(e), make.one(e.source)]],
  'test none': [1, (make, e) => [make.test(make.truth(false), e.source), make.zero(e.source)]],
} as const satisfies Record<string, readonly [terms: number, says: Axiom]>;

type Consequence = (make: Terms, first: Theorem, second: Theorem) => Conclusion;

/** What follows from two theorems. */
const consequences = {
  transitive: (_, first, second) => {
    if (first.right !== second.left) throw new NoStep('the two do not meet');
    return [first.left, second.right];
  },
  'choice both': (make, first, second) => {
    if (first.right !== second.right) throw new NoStep('the two are not below the same');
    return [make.choice(first.left, second.left), first.right];
  },
  product: (make, first, second) => [
    make.product(first.left, second.left),
    make.product(first.right, second.right),
  ],
  // f <= g and e g <= g give e* f <= g.
  'induction first': (make, base, { left: product, right: g }) => {
    if (product.kind !== 'product' || product.right !== g || base.right !== g) throw noInduction();
    return [make.product(make.star(product.left), base.left), g];
  },
  // f <= g and g e <= g give f e* <= g.
  'induction last': (make, base, { left: product, right: g }) => {
    if (product.kind !== 'product' || product.left !== g || base.right !== g) throw noInduction();
    return [make.product(base.left, make.star(product.right)), g];
  },
} as const satisfies Record<string, Consequence>;

export type Rule = keyof typeof axioms | keyof typeof consequences;

/** A step that no rule allows. */
export class NoStep extends Error {
  override readonly name = 'NoStep';
}

export class Kernel {
  // Frozen, so that nobody can put other methods in the place of these.
  readonly #terms = Object.freeze(new Terms()) as Terms;
  readonly #theorems = new WeakSet<Theorem>();
  readonly #known = new WeakSet<Term | Formula>();
  readonly #strict: boolean;

  constructor({ strict = false }: { readonly strict?: boolean } = {}) {
    this.#strict = strict;
    if (new.target !== Kernel) throw new NoStep('a kernel has no other kinds');
    Object.freeze(this);
  }

  /** What theorems here speak of; other terms are refused. */
  get terms(): Terms {
    return this.#terms;
  }

  proved(theorem: Theorem): boolean {
    return this.#theorems.has(theorem);
  }

  axiom(rule: keyof typeof axioms, ...given: readonly Term[]): Theorem {
    const terms = given.map((term) => this.#checked(term));
    const [needed, says] = Object.hasOwn(axioms, rule) ? axioms[rule] : [];
    if (!says || needed !== terms.length)
      throw new NoStep(`${rule} is no axiom of ${terms.length} terms`);
    const [e, f, g] = terms as [Term, Term, Term];
    return this.#theorem(...(says as Axiom)(this.#terms, e, f, g), [], {
      ...{ rule, premises: [], terms },
    });
  }

  infer(rule: keyof typeof consequences, first: Theorem, second: Theorem): Theorem {
    const premises = this.#ours([first, second]);
    const follows = Object.hasOwn(consequences, rule) ? consequences[rule] : undefined;
    if (!follows) throw new NoStep(`${rule} is no rule`);
    const [left, right] = (follows as Consequence)(this.#terms, first, second);
    return this.#theorem(left, right, union(premises), { rule, premises, terms: [] });
  }

  assume(givenLeft: Term, givenRight: Term): Theorem {
    const [left, right] = [this.#checked(givenLeft), this.#checked(givenRight)];
    const hypothesis = Object.freeze({ left, right });
    const step = { rule: 'assume', premises: [], terms: [left, right] } as const;
    return this.#theorem(left, right, [hypothesis], step);
  }

  /** The second theorem, without the hypothesis that the first one proves. */
  cut(lemma: Theorem, theorem: Theorem): Theorem {
    const premises = this.#ours([lemma, theorem]);
    const others = theorem.hypotheses.filter((one) => !same(one, lemma));
    if (others.length === theorem.hypotheses.length)
      throw new NoStep('what is cut is no hypothesis of the theorem');
    const hypotheses = union([lemma, { hypotheses: others }]);
    return this.#theorem(theorem.left, theorem.right, hypotheses, {
      ...{ rule: 'cut', premises, terms: [] },
    });
  }

  instantiate(theorem: Theorem, given: Replacing): Theorem {
    const premises = this.#ours([theorem]);
    const letters = new Map(given.letters);
    const tests = new Map(given.tests);
    const sorts = new Map(given.sorts);
    for (const term of [...letters.values(), ...tests.values()]) this.#checked(term);
    const image = (term: Term) => replaced(this.#terms, term, { letters, tests, sorts });
    const hypotheses = theorem.hypotheses.map(({ left, right }) =>
      Object.freeze({ left: image(left), right: image(right) }),
    );
    return this.#theorem(image(theorem.left), image(theorem.right), union([{ hypotheses }]), {
      ...{ rule: 'instantiate', premises, terms: [], replacing: { letters, tests, sorts } },
    });
  }

  /** What a certificate shows: an inclusion, or for an equation both. */
  decide(certificate: readonly string[]): Theorem[] {
    if (this.#strict) throw new NoStep('a strict kernel takes no certificates; prove it by rules');
    const lines = Object.freeze([...certificate].map(String));
    const { goal, given } = shownBy(lines);
    const copied = copier(this.#terms);
    const made = ([left, right]: readonly [Term, Term]) =>
      Object.freeze({ left: copied(left), right: copied(right) });
    const hypotheses = union([{ hypotheses: given.flatMap(directions).map(made) }]);
    return directions(goal)
      .map(made)
      .map(({ left, right }, inclusion) =>
        this.#theorem(left, right, hypotheses, {
          ...{ rule: 'decide', premises: [], terms: [], certificate: { lines, inclusion } },
        }),
      );
  }

  #theorem(left: Term, right: Term, hypotheses: readonly Inclusion[], step: Step): Theorem {
    for (const one of [{ left, right }, ...hypotheses]) {
      const [from, to] = [this.#checked(one.left), this.#checked(one.right)];
      if (from.source !== to.source || from.target !== to.target)
        throw new NoStep('the two sides do not go from and to the same');
    }
    const decided = step.rule === 'decide' || step.premises.some((one) => one.decided);
    const said = { left, right, hypotheses: Object.freeze(hypotheses), decided, step };
    const theorem = Object.freeze(said);
    this.#theorems.add(theorem);
    return theorem;
  }

  #ours(theorems: readonly Theorem[]): Theorem[] {
    const all = [...theorems];
    if (!all.every((one) => this.#theorems.has(one)))
      throw new NoStep('this is no theorem of this kernel');
    return all;
  }

  /** Every part was made by the terms of this kernel, so none can change or have other sorts. */
  #checked(root: Term): Term {
    if (this.#known.has(root)) return root;
    const seen = new Set<Term | Formula>();
    const stack: (Term | Formula)[] = [root];
    for (let part = stack.pop(); part; part = stack.pop()) {
      if (this.#known.has(part) || seen.has(part)) continue;
      seen.add(part);
      if (!this.#terms.made(part)) throw new NoStep('this is no term of this kernel');
      if ('name' in part && typeof part.name !== 'string') throw new NoStep('names are texts');
      if ('source' in part) stack.push(...partsOf(part));
      else stack.push(...formulaParts(part));
      if (part.kind === 'test') stack.push(part.formula);
    }
    for (const part of seen) this.#known.add(part);
    return root;
  }
}

const left = (make: Terms, e: Term, f: Term, g: Term) => make.product(make.product(e, f), g);
const right = (make: Terms, e: Term, f: Term, g: Term) => make.product(e, make.product(f, g));
const zeroOf = (make: Terms, { source, target }: Term) => make.zero(source, target);
const zeroFrom = (make: Terms, e: Term, f: Term) => make.zero(e.source, f.target);
const each = (make: Terms, [e, f]: readonly [Term, Term], [g, h]: readonly [Term, Term]) =>
  make.choice(make.product(e, f), make.product(g, h));
const noInduction = () => new NoStep('this is no induction: f <= g, and e g <= g or g e <= g');

function isTest(term: Term): Term & { kind: 'test' } {
  if (term.kind !== 'test') throw new NoStep('this is not a test');
  return term;
}

function tests(make: Terms, sign: 'and' | 'or', e: Term, f: Term): Term {
  if (e.source !== f.source) throw new NoStep('the two tests are of different states');
  return make.test(make[sign](isTest(e).formula, isTest(f).formula), e.source);
}

function replaced(make: Terms, root: Term, by: Required<Replacing>): Term {
  const sorted = (sort: Sort) => by.sorts.get(sort) ?? sort;
  const named = (name: string) => {
    const image = by.tests.get(name);
    return image ? isTest(image).formula : make.name(name);
  };
  return rebuilt(make, root, (leaf) => {
    const [source, target] = [sorted(leaf.source), sorted(leaf.target)];
    const letter = leaf.kind === 'letter' ? by.letters.get(leaf.name) : undefined;
    const image = letter ?? sameLeaf(make, leaf, source, target, named);
    if (image.source === source && image.target === target) return image;
    throw new NoStep(`what stands for a letter has to go from ${source} to ${target}`);
  });
}

/** The second, if the first implies it. */
function impliedBy(first: Term, second: Term): Term {
  const diagrams = new PlainDiagrams();
  const one = diagrams.of(isTest(first).formula);
  const other = diagrams.of(isTest(second).formula);
  if (diagrams.where(one, other) !== one || first.source !== second.source)
    throw new NoStep('the first test does not imply the second');
  return second;
}

export const same = (one: Inclusion, other: Inclusion): boolean =>
  one.left === other.left && one.right === other.right;

function union(all: readonly { readonly hypotheses: readonly Inclusion[] }[]): Inclusion[] {
  const found: Inclusion[] = [];
  for (const { hypotheses } of all)
    for (const one of hypotheses) if (!found.some((other) => same(one, other))) found.push(one);
  return found;
}
