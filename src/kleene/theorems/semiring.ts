/**
 * What follows from the laws of semirings alone: bracketing, units, distribution, choice. Letters
 * and tests are opaque; of a star only its inside may differ, by the same laws. A step of a
 * calculation that names no law has to be one of these.
 */

import type { Pair, Star, Term } from '../terms/term.ts';
import type { Kernel, Theorem } from './kernel.ts';
import { type Word, Words } from './words.ts';

export class Semiring {
  readonly kernel: Kernel;
  readonly words: Words;
  readonly #known = new Map<string, Theorem | undefined>();

  constructor(kernel: Kernel) {
    this.kernel = kernel;
    this.words = new Words(kernel);
  }

  /** The theorem `left <= right`, or nothing if these laws do not give it. */
  below(left: Term, right: Term): Theorem | undefined {
    if (left.source !== right.source || left.target !== right.target) return undefined;
    if (left === right) return this.words.same(left);
    return this.#once(`${left.id} <= ${right.id}`, () =>
      this.words.expanded([], [left], right, (word) => this.#word(word, right)),
    );
  }

  #once(key: string, find: () => Theorem | undefined): Theorem | undefined {
    if (!this.#known.has(key)) this.#known.set(key, find());
    return this.#known.get(key);
  }

  /** The product of the word is below the goal. */
  #word(word: Word, goal: Term): Theorem | undefined {
    return this.#once(`${word.map(({ id }) => id)} in ${goal.id}`, () => {
      const [first, second] = word;
      if (!first) return this.#nothing(goal);
      if (!second && first === goal) return this.words.same(goal);
      if (goal.kind === 'product') return this.#product(word, goal);
      if (goal.kind === 'choice') return this.#choice(word, goal);
      return goal.kind === 'star' && first.kind === 'star' && !second
        ? this.starred(first, goal)
        : undefined;
    });
  }

  /** `1 <= goal`. */
  #nothing(goal: Term): Theorem | undefined {
    if (goal.kind === 'one') return this.words.same(goal);
    if (goal.kind === 'choice') return this.#choice([], goal);
    return goal.kind === 'product' ? this.#product([], goal) : undefined;
  }

  #choice(word: Word, { left, right }: Pair): Theorem | undefined {
    for (const [side, rule] of [
      [left, 'choice left'],
      [right, 'choice right'],
    ] as const) {
      const below = this.#word(word, side);
      if (below) return this.words.chain(below, this.kernel.axiom(rule, left, right));
    }
    return undefined;
  }

  #product(word: Word, { left, right }: Pair): Theorem | undefined {
    for (let at = word.length; at >= 0; at--) {
      const [before, after] = [word.slice(0, at), word.slice(at)];
      const middle = before.at(-1)?.target ?? left.source;
      if (middle !== left.target || (after[0]?.source ?? right.target) !== right.source) continue;
      const first = this.#word(before, left);
      const second = first && this.#word(after, right);
      if (first && second)
        return this.words.chain(
          this.words.parted(before, after, left.target),
          this.words.times(first, second),
        );
    }
    return undefined;
  }

  /** `x* <= y*`, from `x <= y`; the inside may also be shown in another way. */
  starred(
    star: Star,
    goal: Star,
    inside = (left: Term, right: Term) => this.below(left, right),
  ): Theorem | undefined {
    const once = inside(star.body, goal.body);
    return once && this.repeated(once);
  }

  /** `x* <= y*` from `x <= y`. */
  repeated(once: Theorem): Theorem {
    const { kernel, words } = this;
    const star = kernel.terms.star(once.right);
    const step = words.chain(
      words.times(once, words.same(star)),
      kernel.axiom('star first', once.right),
    );
    return words.chain(
      kernel.axiom('one after, added', kernel.terms.star(once.left)),
      kernel.infer('induction first', kernel.axiom('star none', once.right), step),
    );
  }
}
