/**
 * One step of a calculation: a law is used at one place or more, and what is around stays, up to
 * the laws of semirings.
 */

import type { Sort, Term } from '../terms/term.ts';
import { alternatives, factors } from '../terms/walk.ts';
import type { Theorem } from './kernel.ts';
import type { Semiring } from './semiring.ts';

export class Rewriting {
  readonly #semiring: Semiring;
  readonly #laws: readonly Theorem[];

  constructor(semiring: Semiring, laws: readonly Theorem[]) {
    this.#semiring = semiring;
    this.#laws = laws;
  }

  /** `left <= right` by a use of one of the laws; nothing if that does not give it. */
  step(left: Term, right: Term): Theorem | undefined {
    return this.#product(left, right) ?? this.#choice(left, right);
  }

  /** A run of factors becomes another by a law, or one factor changes inside. */
  #product(left: Term, right: Term): Theorem | undefined {
    const word = factors(left);
    for (const law of this.#laws)
      for (let from = 0; from <= word.length; from++)
        for (let to = from; to <= word.length; to++) {
          const found = this.#at(left, right, word, from, to, law);
          if (found) return found;
        }
    return this.#inside(left, right, word);
  }

  #at(left: Term, right: Term, word: Term[], from: number, to: number, law: Theorem) {
    const { words } = this.#semiring;
    const sort = sortAt(word, from, left);
    if (law.left.source !== sort || law.left.target !== sortAt(word, to, left)) return undefined;
    const fits = this.#semiring.below(words.term(word.slice(from, to), sort), law.left);
    return fits && this.#around(left, right, word, from, to, words.chain(fits, law));
  }

  /** `left <= before used before after <= right`. */
  #around(left: Term, right: Term, word: Term[], from: number, to: number, used: Theorem) {
    const { words, kernel } = this.#semiring;
    const before = words.term(word.slice(0, from), left.source);
    const after = words.term(word.slice(to), used.right.target);
    const inner = words.times(words.times(words.same(before), used), words.same(after));
    const first = this.#semiring.below(left, inner.left);
    const last = first && this.#semiring.below(inner.right, right);
    if (!first || !last) return undefined;
    const whole = words.chain(first, inner, last);
    return kernel.proved(whole) ? whole : undefined;
  }

  #inside(left: Term, right: Term, word: Term[]): Theorem | undefined {
    const others = factors(right);
    if (others.length !== word.length) return undefined;
    for (const [at, factor] of word.entries()) {
      const other = others[at] as Term;
      if (factor.kind !== other.kind || factor === other) continue;
      const used = this.#factor(factor, other, word.length > 1);
      const found = used && this.#around(left, right, word, at, at + 1, used);
      if (found) return found;
    }
    return undefined;
  }

  #factor(left: Term, right: Term, among: boolean): Theorem | undefined {
    if (left.kind === 'star' && right.kind === 'star')
      return this.#semiring.starred(left, right, (one, other) => this.step(one, other));
    return among && left.kind === 'choice' ? this.#choice(left, right) : undefined;
  }

  /** Each alternative changes, or stays. */
  #choice(left: Term, right: Term): Theorem | undefined {
    if (left.kind !== 'choice') return undefined;
    const sides = [left.left, left.right].map((side) => this.#side(side, right));
    const [first, second] = sides;
    return first && second && this.#semiring.kernel.infer('choice both', first, second);
  }

  #side(side: Term, right: Term): Theorem | undefined {
    const { words } = this.#semiring;
    const stays = this.#semiring.below(side, right);
    if (stays) return stays;
    for (const other of alternatives(right)) {
      const found = this.step(side, other);
      const among = found && this.#semiring.below(other, right);
      if (among) return words.chain(found, among);
    }
    return this.step(side, right);
  }
}

/** The states between two factors. */
function sortAt(word: readonly Term[], at: number, whole: Term): Sort {
  return word[at]?.source ?? word[at - 1]?.target ?? whole.source;
}
