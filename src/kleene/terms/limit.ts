/** Limits are answers, not accidents: which one was met, and how far the work had come. */

export interface Limits {
  readonly milliseconds: number;
  /** Pairs of states that the search may hold. */
  readonly pairs: number;
  /** Nodes of decision diagrams over tests. */
  readonly nodes: number;
  /** The clock, in milliseconds; another may count the time of the processor. */
  readonly now?: () => number;
}

export const usual: Limits = { milliseconds: 10_000, pairs: 1_000_000, nodes: 4_000_000 };

export interface Limit {
  readonly what: 'time' | 'pairs' | 'nodes' | 'terms';
  /** How far the work had come, in words. */
  readonly reached: string;
}

export class Exhausted extends Error {
  override readonly name = 'Exhausted';
  readonly what: Limit['what'];

  constructor(what: Limit['what']) {
    super(`the limit of ${what} is reached`);
    this.what = what;
  }
}

/** Work is counted everywhere, and the clock is looked at now and then. */
export class Clock {
  readonly limits: Limits;
  readonly #now: () => number;
  readonly #end: number;
  #until = 0;

  constructor(limits: Limits = usual) {
    this.limits = limits;
    this.#now = limits.now ?? (() => performance.now());
    this.#end = this.#now() + limits.milliseconds;
  }

  tick(work = 1): void {
    this.#until -= work;
    if (this.#until > 0) return;
    this.#until = 20_000;
    if (this.#now() > this.#end) throw new Exhausted('time');
  }
}
