/** What a search for a counterexample may cost: counted, so that it ends alike on every machine. */

/** A question that is given up costs as much as so many suspicions. */
const undecided = 60;

/** About as much as is worth waiting for. */
const usual = 1_200;

export class Allowance {
  private left = usual;

  /** Takes off what it has cost to put this many suspicions to the solver. */
  pay(suspicions: number, gaveUp: boolean): void {
    this.left -= suspicions + (gaveUp ? undecided : 0);
  }

  get isSpent(): boolean {
    return this.left < 0;
  }
}
