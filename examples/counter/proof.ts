import { refinement } from 'plimsoll';
import { TwoCells } from './code.ts';
import { Cells, Counter } from './spec.ts';

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
