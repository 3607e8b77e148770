/** One operation at a time, from states that nothing reaches as well. */
import { expect, test } from 'vitest';
import { Disk, type Operations } from '../model/index.ts';
import { exploreEverywhere, type Start } from './everywhere.ts';
import type { Instance } from './instance.ts';
import { Past } from './past.ts';

/** A number that is either there or not. */
class Cell {
  value: number;

  constructor(value: number) {
    this.value = value;
  }

  static initial(): Cell {
    return new Cell(0);
  }

  get(): number {
    return this.value;
  }

  put(value: number): void {
    this.value = value;
  }

  crash(): void {}
}

/** Keeps a number in two cells, as its double; the second one is for nothing. */
class TwoCells {
  half: number;
  dirty: boolean;

  constructor(half: number, dirty = false) {
    this.half = half;
    this.dirty = dirty;
  }

  static initial(): TwoCells {
    return new TwoCells(0);
  }

  get(): number {
    return this.half;
  }

  put(half: number): void {
    this.half = half;
  }

  mark(dirty: boolean): void {
    this.dirty = dirty;
  }

  isDirty(): boolean {
    return this.dirty;
  }

  crash(): void {}
}

/** Right as long as nobody finds the mark: and the mark is never set. */
class Marked implements Operations<Cell> {
  protected readonly cells: Operations<TwoCells>;

  constructor(cells: Operations<TwoCells>) {
    this.cells = cells;
  }

  init(): boolean {
    return true;
  }

  get(): number {
    return this.cells.get();
  }

  put(value: number): void {
    this.cells.put(value);
  }

  recover(): void {
    if (this.cells.isDirty()) this.cells.put(0);
  }
}

class Forgetful extends Marked {
  override put(value: number): void {
    this.cells.mark(true);
    this.cells.put(value);
    this.cells.mark(false);
  }
}

function instance(code: typeof Marked): Instance {
  const operations = [
    { name: 'get', arguments: [[]] },
    { name: 'put', arguments: [[0], [1]] },
  ];
  const layer = { promise: Cell, code, on: TwoCells };
  return { layer, operations, blocks: [], length: 0, async: false };
}

const clean: readonly Start[] = [0, 1].map((value) => ({
  lower: new TwoCells(value),
  promise: new Cell(value),
}));
const marked = { lower: new TwoCells(1, true), promise: new Cell(1) };
const stands = (cell: Cell, cells: TwoCells) => cell.value === cells.half;

test('counts an obligation for each operation, and one for a crash', async () => {
  const outcome = await exploreEverywhere(instance(Marked), { starts: clean, stands });
  expect(outcome).toMatchObject({ kind: 'kept', obligations: 2 * (3 + 1) });
});

test('begins in states that nothing reaches', async () => {
  const starts = [...clean, marked];
  const outcome = await exploreEverywhere(instance(Marked), { starts, stands });
  if (outcome.kind !== 'broken') throw new Error(outcome.kind);
  expect(outcome.replayed.steps.map((step) => step.do)).toEqual(['idle', 'recover']);
  expect(outcome.replayed.steps.at(-1)?.after).toEqual(new TwoCells(0, true));
});

test('finds what recovery makes of a crash, however often power is lost in it', async () => {
  const outcome = await exploreEverywhere(instance(Forgetful), { starts: clean, stands });
  if (outcome.kind !== 'broken') throw new Error(outcome.kind);
  expect(outcome.problem.because).toBe(
    'recovery leaves what stands for no state that the promise may be in',
  );
  const [put, recover] = outcome.replayed.steps;
  expect([put?.do, put?.powerLost, recover?.do]).toEqual(['put', true, 'recover']);
});

test('an operation that leaves what stands for nothing is wrong, though no answer is', async () => {
  const narrower = (cell: Cell, cells: TwoCells) => stands(cell, cells) && cells.half === 0;
  const [zero] = clean;
  const outcome = await exploreEverywhere(instance(Marked), { starts: [zero!], stands: narrower });
  if (outcome.kind !== 'broken') throw new Error(outcome.kind);
  expect(outcome.replayed.because).toMatch(/^put\(1\): it leaves what stands for no state/);
});

test('a start that stands for nothing is an error, and no start shows nothing', async () => {
  const wrong = { lower: new TwoCells(1), promise: new Cell(0) };
  await expect(exploreEverywhere(instance(Marked), { starts: [wrong], stands })).rejects.toThrow(
    'does not stand for its state',
  );
  const none = await exploreEverywhere(instance(Marked), { starts: [], stands });
  expect(none).toMatchObject({ kind: 'unknown', because: 'there is no state to start from' });
});

test('a bound that is met is no verdict', async () => {
  const bounded = { ...instance(Marked), limits: { steps: 3 } };
  const outcome = await exploreEverywhere(bounded, { starts: clean, stands });
  expect(outcome).toMatchObject({ kind: 'unknown' });
});

test('what executions have in common ends before the first new choice', () => {
  const past = new Past({ value: () => new Disk([]) } as never);
  const answer = { operation: 'read', threw: false, result: 1 };
  past.begin(-1);
  past.add({ ...answer, choices: 1 });
  past.add({ ...answer, choices: 1 });
  past.add({ ...answer, choices: 3 });
  past.begin(2);
  expect(past.shared).toBe(2);
  expect(past.at(1)).toMatchObject(answer);
  expect(past.at(2)).toBeUndefined();
  past.begin(0);
  expect(past.shared).toBe(0);
});
