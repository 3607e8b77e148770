/** Counts the work of a search, so that its end does not depend on how fast the machine is. */

/** Something is too big to be tried completely. */
export class TooMany extends Error {
  override readonly name = 'TooMany';
}

export class Meter {
  /** Ways that code and machines went, and operations of the machine below in them. */
  steps = 0;
  /** No more than these. */
  most = Number.POSITIVE_INFINITY;

  count(more: number): void {
    this.steps += more;
    if (this.steps > this.most) throw new TooMany(`stopped after ${this.most} steps`);
  }
}
