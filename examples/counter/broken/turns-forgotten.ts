// expect: refuted
// because: recovery takes the second cell for the older one, also when it is the newer
import { type Operations, refinement } from 'plimsoll';
import { Cells, Counter } from '../spec.ts';

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
    this.older = 1;
  }
}

export const counter = refinement({
  promise: Counter,
  code: TwoCells,
  on: Cells,
  abstraction: (counter, cells, code) =>
    holds(cells, counter.value) &&
    code.count === counter.value &&
    (code.older === 0 ? cells.second : cells.first) === counter.value,
  crash: (before, after, cells) =>
    holds(cells, before.value) || holds(cells, after.value) || changing(cells, before, after),
  initially: () => new Counter(0),
  bounds: { operations: 4 },
});

/** Whether everything is flushed, and the newer of the two numbers is this one. */
function holds(cells: Cells, value: number): boolean {
  return (
    !cells.firstChanged &&
    !cells.secondChanged &&
    cells.first === cells.firstFlushed &&
    cells.second === cells.secondFlushed &&
    value >= 0 &&
    Math.max(cells.first ?? -1, cells.second ?? -1) === value
  );
}

/** Whether one cell is being written, and the other is as it was. */
function changing(cells: Cells, before: Counter, after: Counter): boolean {
  if (before.value < 0 || after.value <= before.value) return false;
  return cells.firstChanged
    ? !cells.secondChanged &&
        cells.first === after.value &&
        cells.second === before.value &&
        cells.secondFlushed === before.value &&
        (cells.firstFlushed ?? -1) <= before.value
    : cells.secondChanged &&
        cells.second === after.value &&
        cells.first === before.value &&
        cells.firstFlushed === before.value &&
        (cells.secondFlushed ?? -1) <= before.value;
}
