/**
 * Terms as sums of words, up to the laws of semirings: each helper here proves what it says by
 * asking the kernel. A word is a list of letters, tests, stars and dropped values.
 */

import type { Pair, Sort, Star, Term, Test } from '../terms/term.ts';
import type { Kernel, Theorem } from './kernel.ts';

export type Word = readonly Term[];

export class Words {
  readonly #kernel: Kernel;

  constructor(kernel: Kernel) {
    this.#kernel = kernel;
  }

  /** The product of a word, bracketed to the right. */
  term(word: Word, sort: Sort): Term {
    const [last, ...others] = [...word].reverse();
    const { terms } = this.#kernel;
    return last
      ? others.reduce((right, left) => terms.product(left, right), last)
      : terms.one(sort);
  }

  same(term: Term): Theorem {
    return this.#kernel.axiom('reflexive', term);
  }

  /** What is below one is below the next, and so on. */
  chain(first: Theorem, ...others: readonly Theorem[]): Theorem {
    return others.reduce((before, next) => {
      if (before.left === before.right) return next;
      return next.left === next.right ? before : this.#kernel.infer('transitive', before, next);
    }, first);
  }

  times(first: Theorem, second: Theorem): Theorem {
    return this.#kernel.infer('product', first, second);
  }

  /** The same inclusion after each of these. */
  after(word: Word, theorem: Theorem): Theorem {
    return [...word]
      .reverse()
      .reduce((inner, factor) => this.times(this.same(factor), inner), theorem);
  }

  /** `u v <= (u) (v)`. */
  parted(first: Word, second: Word, middle: Sort): Theorem {
    const [head, ...rest] = first;
    const last = this.term(second, middle);
    if (!head) return this.#kernel.axiom('one before, added', last);
    if (second.length === 0)
      return this.#kernel.axiom('one after, added', this.term(first, middle));
    if (rest.length === 0) return this.same(this.#kernel.terms.product(head, last));
    const inner = this.parted(rest, second, middle);
    const back = this.#kernel.axiom('associate left', head, this.term(rest, middle), last);
    return this.chain(this.times(this.same(head), inner), back);
  }

  /** `u [b] v <= (u [b]) ([b] v)`. */
  doubled(before: Word, test: Test, after: Word, sort: string): Theorem {
    const { terms } = this.#kernel;
    const both = terms.test(terms.and(test.formula, test.formula), test.source);

    const twice = this.chain(
      this.#kernel.axiom('test implies', test, both),
      this.#kernel.axiom('test parted', test, test),
    );
    const tail = after.length > 0 ? this.term(after, sort) : undefined;
    const inner = tail
      ? this.chain(
          this.times(twice, this.same(tail)),
          this.#kernel.axiom('associate right', test, test, tail),
        )
      : twice;
    const shared = this.after(before.slice(0, -1), inner);
    return this.chain(shared, this.parted(before, [test, ...after], sort));
  }

  /** `y* y* <= y*`. */
  twice(goal: Star): Theorem {
    const step = this.#kernel.axiom('star first', goal.body);
    return this.#kernel.infer('induction first', this.same(goal), step);
  }

  /** `u t v <= goal`, if each word that comes of t is below it; undefined if one is not. */
  expanded(
    done: Word,
    rest: Word,
    goal: Term,
    below: (word: Word) => Theorem | undefined,
  ): Theorem | undefined {
    const kernel = this.#kernel;
    const [head, ...others] = rest;
    if (!head) return below(done);
    const tail = others.length > 0 ? this.term(others, head.target) : undefined;
    const on = (next: Word, before = done) => this.expanded(before, next, goal, below);
    const then = (first: Theorem, next: Theorem | undefined) => next && this.chain(first, next);
    if (head.kind === 'product') {
      const next = on([head.left, head.right, ...others]);
      const { left, right } = head;
      if (!tail) return next;
      return then(this.after(done, kernel.axiom('associate right', left, right, tail)), next);
    }
    if (head.kind === 'one') {
      if (tail)
        return then(this.after(done, kernel.axiom('one before, dropped', tail)), on(others));
      const last = done.at(-1);
      if (!last) return on([]);
      const dropped = kernel.axiom('one after, dropped', last);
      return then(this.after(done.slice(0, -1), dropped), on([]));
    }
    if (head.kind === 'zero') return this.#nothing(done, head, tail, goal);
    if (head.kind !== 'choice') return on(others, [...done, head]);
    const first = on([head.left, ...others]);
    const second = first && on([head.right, ...others]);
    if (!first || !second) return undefined;
    const either = kernel.infer('choice both', first, second);
    return this.chain(this.#spread(done, head, tail), either);
  }

  /** `u (a + b) v <= u a v + u b v`. */
  #spread(done: Word, { left, right }: Pair, tail?: Term): Theorem {
    const kernel = this.#kernel;
    const inner = tail
      ? kernel.axiom('distribute right', left, right, tail)
      : this.same(kernel.terms.choice(left, right));
    return [...done].reverse().reduce((theorem, factor) => {
      const { right: sum } = theorem;
      if (sum.kind !== 'choice') return theorem;
      const apart = kernel.axiom('distribute left', factor, sum.left, sum.right);
      return this.chain(this.times(this.same(factor), theorem), apart);
    }, inner);
  }

  #nothing(done: Word, zero: Term, tail: Term | undefined, goal: Term): Theorem {
    const kernel = this.#kernel;
    const first = tail ? kernel.axiom('zero before', zero, tail) : this.same(zero);
    const all = [...done].reverse().reduce((theorem, factor) => {
      const gone = kernel.axiom('zero after', factor, theorem.right);
      return this.chain(this.times(this.same(factor), theorem), gone);
    }, first);
    return this.chain(all, kernel.axiom('zero', goal));
  }
}
