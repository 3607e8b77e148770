/**
 * Proves inclusions by asking the kernel: words are fitted into the other side, hypotheses rewrite
 * parts of words, and stars at either end are unrolled by induction. What it finds is a theorem of
 * the kernel or nothing; a mistake here can only lose a proof.
 */

import { print } from '../notation/print.ts';
import type { Pair, Star, Term, Test } from '../terms/term.ts';
import type { Inclusion, Kernel, Theorem } from './kernel.ts';
import { NoStep } from './kernel.ts';
import { type Word, Words } from './words.ts';

/** How many uses of hypotheses and inductions may be within each other. */
const usual = 4;

export class Prover {
  readonly kernel: Kernel;
  readonly #words: Words;
  readonly #lemmas: readonly Theorem[];
  readonly #known = new Map<string, Theorem | undefined>();

  /** Lemmas may rewrite; hypotheses are lemmas that were assumed. */
  constructor(kernel: Kernel, lemmas: readonly Theorem[] = []) {
    this.kernel = kernel;
    this.#words = new Words(kernel);
    this.#lemmas = lemmas;
  }

  /** A theorem that says this; an error if none is found. */
  prove({ left, right }: Inclusion, depth = usual): Theorem {
    for (let effort = 0; effort <= depth; effort++) {
      const found = this.#below(left, right, effort);
      if (found) return found;
    }
    throw new NoStep(`no proof is found: ${print(left)} <= ${print(right)}; add a step between`);
  }

  #below(left: Term, right: Term, effort: number): Theorem | undefined {
    if (left === right) return this.#words.same(left);
    const lemma = this.#lemmas.find((one) => one.left === left && one.right === right);
    if (lemma) return lemma;
    return this.#words.expanded([], [left], right, (word) => this.#word(word, right, effort));
  }

  /** The product of the word is below the goal. */
  #word(word: Word, goal: Term, effort: number): Theorem | undefined {
    return this.#once('word', word, goal, effort, () => {
      const fitted = this.#fit(word, goal, effort);
      if (fitted || effort === 0) return fitted;
      return (
        this.#induction(word, goal, effort - 1) ??
        this.#rewritten(word, goal, effort - 1) ??
        undefined
      );
    });
  }

  #once(
    kind: string,
    word: Word,
    goal: Term,
    effort: number,
    find: () => Theorem | undefined,
  ): Theorem | undefined {
    const key = `${kind} ${effort} ${goal.id}: ${word.map(({ id }) => id)}`;
    if (this.#known.has(key)) return this.#known.get(key);
    // Until it is found, it is not there: no proof goes round in a circle.
    this.#known.set(key, undefined);
    const found = find();
    this.#known.set(key, found);
    return found;
  }

  /** Without hypotheses: factor by factor, stars taking in what they repeat. */
  #fit(word: Word, goal: Term, effort: number): Theorem | undefined {
    return this.#once('fit', word, goal, effort, () => {
      const [first, second] = word;
      if (first === goal && !second) return this.#words.same(goal);
      const found = this.#parts(word, goal, effort);
      if (found || first?.kind !== 'test') return found;
      return this.#withoutTest(word, first, goal, effort);
    });
  }

  #parts(word: Word, goal: Term, effort: number): Theorem | undefined {
    if (goal.kind === 'product') return this.#product(word, goal, effort);
    if (goal.kind === 'star') return this.#star(word, goal, effort);
    if (goal.kind === 'test') return this.#test(word, goal);
    if (goal.kind === 'one') return word.length === 0 ? this.#words.same(goal) : undefined;
    if (goal.kind !== 'choice') return undefined;
    const { left, right } = goal;
    for (const [side, rule] of [
      [left, 'choice left'],
      [right, 'choice right'],
    ] as const) {
      const below = this.#fit(word, side, effort);
      if (below) return this.#words.chain(below, this.kernel.axiom(rule, left, right));
    }
    return undefined;
  }

  #product(word: Word, goal: Pair, effort: number): Theorem | undefined {
    const { left, right } = goal;
    for (let at = word.length; at >= 0; at--) {
      const [before, after] = [word.slice(0, at), word.slice(at)];
      const split = this.#both(before, after, left, right, effort);
      if (split) return this.#words.chain(this.#words.parted(before, after, left.target), split);
      // A test may be asked twice.
      const last = before.at(-1);
      if (last?.kind !== 'test') continue;
      const again = this.#both(before, [last, ...after], left, right, effort);
      if (again)
        return this.#words.chain(this.#words.doubled(before, last, after, left.target), again);
    }
    return undefined;
  }

  #both(before: Word, after: Word, left: Term, right: Term, effort: number): Theorem | undefined {
    if (before.length === 0 && left.source !== left.target) return undefined;
    if (after.length === 0 && right.source !== right.target) return undefined;
    if (before.length > 0 && before.at(-1)?.target !== left.target) return undefined;
    const first = this.#fit(before, left, effort);
    const second = first && this.#fit(after, right, effort);
    return second && this.#words.times(first, second);
  }

  #star(word: Word, goal: Star, effort: number): Theorem | undefined {
    const { kernel } = this;
    const [first, ...rest] = word;
    if (!first) return kernel.axiom('star none', goal.body);
    for (let at = word.length; at > 0; at--) {
      const once = this.#both(word.slice(0, at), word.slice(at), goal.body, goal, effort);
      const parted = () => this.#words.parted(word.slice(0, at), word.slice(at), goal.source);
      if (once) return this.#words.chain(parted(), once, kernel.axiom('star first', goal.body));
    }
    if (first.kind !== 'star' || first.source !== goal.source) return undefined;
    const inner = this.#starBelow(first, goal, effort);
    if (!inner || rest.length === 0) return inner;
    const others = this.#fit(rest, goal, effort);
    const twice = this.#words.twice(goal);
    return others && this.#words.chain(this.#words.times(inner, others), twice);
  }

  /** `x* <= y*`, as `x <= y*`. */
  #starBelow(star: Star, goal: Star, effort: number) {
    if (star === goal) return this.#words.same(star);
    const once = this.#below(star.body, goal, effort);
    if (!once) return undefined;
    const words = this.#words;
    const step = words.chain(words.times(once, words.same(goal)), this.#words.twice(goal));
    const none = this.kernel.axiom('star none', goal.body);
    return words.chain(
      this.kernel.axiom('one after, added', star),
      this.kernel.infer('induction first', none, step),
    );
  }

  #test(word: Word, goal: Test): Theorem | undefined {
    const { kernel } = this;
    const [first, second] = word;
    try {
      if (!first) {
        const all = kernel.axiom('test all', goal);
        return this.#words.chain(all, kernel.axiom('test implies', all.right, goal));
      }
      if (first.kind !== 'test') return undefined;
      if (second?.kind !== 'test')
        return second ? undefined : kernel.axiom('test implies', first, goal);
      return this.#joined(word, goal, (rest) => this.#test(rest, goal));
    } catch (problem) {
      if (problem instanceof NoStep) return undefined;
      throw problem;
    }
  }

  /** Two tests at the front become one. */
  #joined(word: Word, goal: Term, then: (word: Word) => Theorem | undefined): Theorem | undefined {
    const [first, second, ...rest] = word as [Test, Test];
    const { kernel } = this;
    const both = kernel.terms.test(kernel.terms.and(first.formula, second.formula), first.source);
    const next = then([both, ...rest]);
    if (!next) return undefined;
    const joined = kernel.axiom('test joined', first, second);
    if (rest.length === 0) return this.#words.chain(joined, next);
    const tail = this.#words.term(rest, goal.target);
    const back = kernel.axiom('associate left', first, second, tail);
    return this.#words.chain(back, this.#words.times(joined, this.#words.same(tail)), next);
  }

  /** Tests at the front are joined, and what they never allow is below anything; or one is left. */
  #withoutTest(word: Word, first: Term, goal: Term, effort: number): Theorem | undefined {
    const [, second, ...rest] = word;
    const { kernel } = this;
    const words = this.#words;
    const tail = second && words.term([second, ...rest], goal.target);
    const never = this.#never(first);
    if (never) {
      const gone = tail && kernel.axiom('zero before', never.right, tail);
      const all = gone ? words.chain(words.times(never, words.same(tail)), gone) : never;
      return words.chain(all, kernel.axiom('zero', goal));
    }
    if (second?.kind === 'test') {
      const joined = this.#joined(word, goal, (one) => this.#fit(one, goal, effort));
      if (joined) return joined;
    }
    if (!second && goal.source !== goal.target) return undefined;
    const next = this.#fit(word.slice(1), goal, effort);
    const dropped = kernel.axiom('test dropped', first);
    if (!next || !tail) return next && words.chain(dropped, next);
    const less = kernel.axiom('one before, dropped', tail);
    return words.chain(words.times(dropped, words.same(tail)), less, next);
  }

  #never(test: Term): Theorem | undefined {
    const { kernel } = this;
    const nothing = kernel.axiom('test none', test);
    try {
      return this.#words.chain(kernel.axiom('test implies', test, nothing.left), nothing);
    } catch (problem) {
      if (problem instanceof NoStep) return undefined;
      throw problem;
    }
  }

  /** A star at the start or the end of the word: the goal takes in what it repeats. */
  #induction(word: Word, goal: Term, effort: number): Theorem | undefined {
    const { terms } = this.kernel;
    const words = this.#words;
    const first = word[0];
    const last = word.at(-1);
    if (first?.kind === 'star' && first.source === goal.source) {
      const step = this.#below(terms.product(first.body, goal), goal, effort);
      const rest = word.slice(1);
      const base =
        step && (rest.length > 0 || goal.source === goal.target) && this.#word(rest, goal, effort);
      if (base) {
        const done = this.kernel.infer('induction first', base, step);
        return words.chain(words.parted([first], rest, first.target), done);
      }
    }
    if (last?.kind !== 'star') return undefined;
    const step = this.#below(terms.product(goal, last.body), goal, effort);
    const rest = word.slice(0, -1);
    const base =
      step && (rest.length > 0 || goal.source === goal.target) && this.#word(rest, goal, effort);
    if (!base) return undefined;
    const done = this.kernel.infer('induction last', base, step);
    return words.chain(words.parted(rest, [last], last.source), done);
  }

  /** One use of a lemma anywhere in the word. */
  #rewritten(word: Word, goal: Term, effort: number): Theorem | undefined {
    for (const lemma of this.#lemmas)
      for (let from = 0; from <= word.length; from++)
        for (let to = from; to <= word.length; to++) {
          const found = this.#replaced(word, from, to, lemma, goal, effort);
          if (found) return found;
        }
    return undefined;
  }

  #replaced(word: Word, from: number, to: number, lemma: Theorem, goal: Term, effort: number) {
    const words = this.#words;
    const part = word.slice(from, to);
    const before = word.slice(0, from);
    const after = word.slice(to);
    const sort = part[0]?.source ?? after[0]?.source ?? before.at(-1)?.target ?? goal.source;
    const end = part.at(-1)?.target ?? sort;
    if (lemma.left.source !== sort || lemma.left.target !== end) return undefined;
    const fitted = this.#fit(part, lemma.left, 0);
    if (!fitted) return undefined;
    const next = words.expanded(before, [lemma.right, ...after], goal, (one) =>
      this.#word(one, goal, effort),
    );
    if (!next) return undefined;
    const used = words.chain(fitted, lemma);
    if (after.length > 0) {
      const tail = words.same(words.term(after, end));
      const inner = words.chain(words.parted(part, after, end), words.times(used, tail));
      return words.chain(words.after(before, inner), next);
    }
    if (part.length > 0 || before.length === 0) return words.chain(words.after(before, used), next);
    const last = words.same(before.at(-1) as Term);
    const added = this.kernel.axiom('one after, added', last.left);
    const inner = words.chain(added, words.times(last, used));
    return words.chain(words.after(before.slice(0, -1), inner), next);
  }
}
