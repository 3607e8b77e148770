/**
 * What a hypothesis gives that a decision procedure can use: an expression that is zero, or a
 * letter that equals another expression. Each shape has a short proof, which is written beside it;
 * nothing else of the elimination of hypotheses has to be trusted.
 */
import type { Equation } from '../notation/parse.ts';
import { type Formula, single, type Term, type Terms } from '../terms/term.ts';
import { factors, lettersOf } from '../terms/walk.ts';

export type Consequence =
  | { readonly kind: 'zero'; readonly zero: Term; readonly lemma: string }
  | {
      readonly kind: 'letter';
      readonly letter: string;
      readonly equals: Term;
      readonly lemma: string;
    };

/** `[before] core [after]`, with the tests at the ends of a product set apart. */
interface Guarded {
  readonly before: Formula;
  readonly core: readonly Term[];
  readonly after: Formula;
}

/** The consequences of a hypothesis without sorts; undefined if its shape is none of these. */
export function consequences(terms: Terms, hypothesis: Equation): Consequence[] | undefined {
  const zeros = zerosOf(terms, hypothesis);
  if (zeros) return zeros.flatMap((zero) => restriction(terms, zero));
  return equalities(terms, hypothesis);
}

function zerosOf(terms: Terms, { relation, left, right }: Equation): Term[] | undefined {
  if (right.kind === 'zero') return [left];
  if (left.kind === 'zero') return relation === '=' ? [right] : [];
  const first = guarded(terms, left);
  const second = guarded(terms, right);
  if (!sameFactors(first.core, second.core)) return undefined;
  const forth = excess(terms, first, second);
  return relation === '<=' ? forth : [...forth, ...excess(terms, second, first)];
}

/**
 * `[b]p[c] <= [d]p[e]` iff `[b & !d]p[c] = 0` and `[b]p[c & !e] = 0`: from left to right multiply
 * with [!d] before or [!e] after; from right to left split p by d before it and by e after it.
 */
function excess(terms: Terms, small: Guarded, large: Guarded): Term[] {
  const { before, core, after } = small;
  const zero = (first: Formula, last: Formula) =>
    terms.sequence([terms.test(first), ...core, terms.test(last)]);
  if (core.length === 0) {
    const all = terms.and(
      terms.and(before, after),
      terms.not(terms.and(large.before, large.after)),
    );
    return [terms.test(all)];
  }
  const zeros: Term[] = [];
  if (large.before.kind !== 'true' && large.before !== before)
    zeros.push(zero(terms.and(before, terms.not(large.before)), after));
  if (large.after.kind !== 'true' && large.after !== after)
    zeros.push(zero(before, terms.and(after, terms.not(large.after))));
  return zeros;
}

/** `[b]a[c] = 0` for a letter a: `a = [!b]a + a[!c]`, for what is left of a is [b]a[!c] or less. */
function restriction(terms: Terms, zero: Term): Consequence[] {
  const lemma = 'a step that cannot be is zero';
  const { before, core, after } = guarded(terms, zero);
  const [letter, ...others] = core;
  const found: Consequence[] = [{ kind: 'zero', zero, lemma }];
  if (letter?.kind !== 'letter' || others.length > 0) return found;
  const first = terms.product(terms.test(terms.not(before)), letter);
  const second = terms.product(letter, terms.test(terms.not(after)));
  const equals = terms.choice(first, second);
  return [...found, { kind: 'letter', letter: letter.name, equals, lemma: '[!b]a + a[!c]' }];
}

function equalities(terms: Terms, hypothesis: Equation): Consequence[] | undefined {
  const { relation, left, right } = hypothesis;
  if (relation === '=') {
    const tests = testStep(terms, left, right) ?? testStep(terms, right, left);
    const found = tests ?? definition(left, right) ?? definition(right, left);
    if (found) return [found];
    const least = { relation: '<=', left, right } as const;
    const most = { relation: '<=', left: right, right: left } as const;
    return equalities(terms, right.kind === 'letter' ? least : most);
  }
  if (right.kind !== 'letter') return undefined;
  const found = absorption(terms, left, right.name);
  return found ? [found] : [bound(terms, left, right.name)];
}

/** `a = e` for a letter that is not in e: it is what it is said to be. */
function definition(letter: Term, equals: Term): Consequence | undefined {
  if (letter.kind !== 'letter' || lettersOf(equals).has(letter.name)) return undefined;
  return { kind: 'letter', letter: letter.name, equals, lemma: 'a is e' };
}

/** `e <= a`: a = a + e. */
function bound(terms: Terms, least: Term, letter: string): Consequence {
  const equals = terms.choice(terms.letter(letter), least);
  return { kind: 'letter', letter, equals, lemma: 'a + e' };
}

/** `aa <= a`: a = a a*. `ca <= a`: a = c* a. `ac <= a`: a = a c*. Each by induction of the star. */
function absorption(terms: Terms, left: Term, name: string): Consequence | undefined {
  const letter = terms.letter(name);
  const parts = factors(left);
  const first = parts[0] === letter;
  const last = parts.at(-1) === letter;
  if (parts.length < 2 || (!first && !last)) return undefined;
  const rest = terms.sequence(first ? parts.slice(1) : parts.slice(0, -1));
  const star = terms.star(rest);
  const equals = first ? terms.product(letter, star) : terms.product(star, letter);
  return { kind: 'letter', letter: name, equals, lemma: first ? 'a c*' : 'c* a' };
}

/** `[c]a = [c]`: a = [!c]a + [c]. `a[c] = [c]`: a = a[!c] + [c]. (Hardin and Kozen) */
function testStep(terms: Terms, left: Term, right: Term): Consequence | undefined {
  if (right.kind !== 'test') return undefined;
  const parts = factors(left);
  const [first, second] = parts;
  if (parts.length !== 2 || !first || !second) return undefined;
  const test = first.kind === 'test' ? first : second;
  const letter = first.kind === 'test' ? second : first;
  if (test !== right || letter.kind !== 'letter') return undefined;
  const otherwise = terms.test(terms.not(right.formula));
  const rest = test === first ? terms.product(otherwise, letter) : terms.product(letter, otherwise);
  const equals = terms.choice(rest, right);
  return { kind: 'letter', letter: letter.name, equals, lemma: '[!c]a + [c]' };
}

function guarded(terms: Terms, term: Term): Guarded {
  const core = factors(term);
  const both = (formulas: readonly Formula[]) =>
    formulas.length === 0
      ? terms.truth(true)
      : formulas.reduce((left, right) => terms.and(left, right));
  const firsts: Formula[] = [];
  for (let head = core[0]; head?.kind === 'test'; head = core[0]) {
    firsts.push(head.formula);
    core.shift();
  }
  const lasts: Formula[] = [];
  for (let last = core.at(-1); last?.kind === 'test'; last = core.at(-1)) {
    lasts.unshift(last.formula);
    core.pop();
  }
  return { before: both(firsts), core, after: both(lasts) };
}

function sameFactors(left: readonly Term[], right: readonly Term[]): boolean {
  return left.length === right.length && left.every((factor, i) => factor === right[i]);
}

/** `R e <= f R` for a letter R that is in neither: the shape of a simulation. */
export interface Simulation {
  readonly letter: string;
  readonly concrete: Term;
  readonly abstract: Term;
}

export function simulation(terms: Terms, { relation, left, right }: Equation) {
  if (relation !== '<=') return undefined;
  const before = factors(left);
  const after = factors(right);
  const letter = before[0];
  if (letter?.kind !== 'letter' || letter !== after.at(-1)) return undefined;
  const concrete = terms.sequence(before.slice(1), single);
  const abstract = terms.sequence(after.slice(0, -1), single);
  if (lettersOf(concrete, abstract).has(letter.name)) return undefined;
  return { letter: letter.name, concrete, abstract } satisfies Simulation;
}
