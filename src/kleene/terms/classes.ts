/** Numbers in classes that grow together (union and find). */
import { Memo } from './sets.ts';

export class Classes {
  /** What a number was joined to; the roots of classes were joined to nothing. */
  readonly #above = new Memo();

  /** The number that stands for all of a class. */
  root(number: number): number {
    let root = number;
    // Every step halves the way for those who come later: chains of a million are usual.
    for (let next = this.#above.get(root); next !== undefined; next = this.#above.get(root)) {
      const after = this.#above.get(next);
      if (after === undefined) return next;
      this.#above.set(root, after);
      root = after;
    }
    return root;
  }

  /** Makes two classes one, which keeps the root of the first; false if they were one. */
  join(first: number, second: number): boolean {
    const root = this.root(first);
    const other = this.root(second);
    if (root === other) return false;
    this.#above.set(other, root);
    return true;
  }
}
