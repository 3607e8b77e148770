/**
 * A counter in two cells that take turns: the new number goes where the older one is.
 *
 * A write that is cut short spoils at most the older number. The newer one, and which cell it is
 * in, is kept in memory and found again by recovery.
 */
import type { Operations } from 'plimsoll';
import type { Cells, Counter } from './spec.ts';

export class TwoCells implements Operations<Counter> {
  private readonly cells: Operations<Cells>;
  /** The proof looks at these two. */
  count = 0;
  older: 0 | 1 = 1;

  constructor(cells: Operations<Cells>) {
    this.cells = cells;
  }

  init(): boolean {
    this.cells.write(0, 0);
    this.cells.write(1, 0);
    this.cells.flush();
    return true;
  }

  read(): number {
    return this.count;
  }

  increment(): boolean {
    if (this.count === Number.MAX_SAFE_INTEGER) return false;
    const next = this.count + 1;
    this.cells.write(this.older, next);
    this.cells.flush();
    this.count = next;
    this.older = this.older === 0 ? 1 : 0;
    return true;
  }

  recover(): void {
    // No number is below zero: a spoilt cell is older than the other one.
    const first = this.cells.read(0) ?? -1;
    const second = this.cells.read(1) ?? -1;
    this.count = Math.max(first, second);
    this.older = first < second ? 0 : 1;
  }
}
