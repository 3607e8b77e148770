/** Losses of power and other faults, where they are hard to survive. */
import { expect, test } from 'vitest';
import type { Block } from '../model/block.ts';
import { anyBlocks, anyBoolean, anyInteger } from '../model/choice.ts';
import { Disk } from '../model/disk.ts';
import type { Operations } from '../model/machine.ts';
import { TwoDisks } from '../model/two-disks.ts';
import { explore } from './explore.ts';
import { blocks, small } from './fixtures/mirrors.ts';
import type { Instance, Layer, Outcome } from './instance.ts';
import { replay } from './replay.ts';

const all = { kind: 'explored', exhausted: true };

/** The steps of what was found, `!` where power is lost. */
async function found(instance: Instance, outcome: Outcome): Promise<string> {
  if (outcome.kind !== 'violation') return outcome.kind;
  expect((await replay(instance, outcome.counterexample)).violated).toBe(true);
  const { steps } = outcome.counterexample;
  return steps.map(({ do: name, power }) => name + (power === null ? '' : '!')).join(' ');
}

/** Two numbers and a note, each written on its own; the note is 0, 1, or 2 for nothing. */
class Cells {
  left: number;
  right: number;
  note: number;

  constructor(left: number, right: number, note: number) {
    this.left = left;
    this.right = right;
    this.note = note;
  }

  static initial(): Cells {
    return new Cells(anyInteger(0, 1), anyInteger(0, 1), anyInteger(0, 2));
  }

  get(): [number, number, number] {
    return [this.left, this.right, this.note];
  }

  setLeft(value: number): void {
    this.left = value;
  }

  setRight(value: number): void {
    this.right = value;
  }

  setNote(value: number): void {
    this.note = value;
  }
}

/** Two numbers that change together. */
class Both {
  left: number;
  right: number;

  constructor(left: number, right: number) {
    this.left = left;
    this.right = right;
  }

  static initial(): Both {
    return new Both(0, 0);
  }

  get(): number[] {
    return [this.left, this.right];
  }

  set(value: number): void {
    this.left = value;
    this.right = value;
  }
}

const nothing = 2;

/** Notes what is to be written, so that recovery can write it again. */
class Noted {
  protected readonly cells: Operations<Cells>;

  constructor(cells: Operations<Cells>) {
    this.cells = cells;
  }

  init(): boolean {
    this.write(0);
    this.cells.setNote(nothing);
    return true;
  }

  get(): number[] {
    const [left, right] = this.cells.get();
    return [left, right];
  }

  set(value: number): void {
    this.cells.setNote(value);
    this.write(value);
    this.cells.setNote(nothing);
  }

  recover(): void {
    const [, , note] = this.cells.get();
    if (note === nothing) return;
    this.write(note);
    this.cells.setNote(nothing);
  }

  protected write(value: number): void {
    this.cells.setLeft(value);
    this.cells.setRight(value);
  }
}

function noted(code: Layer['code']): Instance {
  return {
    layer: { promise: Both, code, on: Cells, initially: () => new Both(0, 0) },
    operations: [
      { name: 'get', arguments: [[]] },
      { name: 'set', arguments: [[0], [1]] },
    ],
    blocks: [],
    length: 0,
    async: false,
  };
}

test('a noted write survives power lost anywhere', async () => {
  expect(await explore(noted(Noted))).toMatchObject(all);
});

test('recovery is itself cut short', async () => {
  class ForgetsFirst extends Noted {
    override recover(): void {
      const [, , note] = this.cells.get();
      if (note === nothing) return;
      this.cells.setNote(nothing);
      this.write(note);
    }
  }
  const instance = noted(ForgetsFirst);
  expect(await found(instance, await explore(instance))).toBe('init set! recover! recover get');
});

test('initialisation is itself cut short', async () => {
  class InitialisesOnce extends Noted {
    override init(): boolean {
      const [, , note] = this.cells.get();
      if (note === nothing) return true;
      this.cells.setNote(nothing);
      this.write(0);
      return true;
    }
  }
  class OnlyNoted extends Cells {
    static override initial(): OnlyNoted {
      return new OnlyNoted(anyInteger(0, 1), anyInteger(0, 1), anyInteger(0, 1));
    }
  }
  const { layer, ...rest } = noted(InitialisesOnce);
  const instance = { ...rest, layer: { ...layer, on: OnlyNoted } };
  expect(await found(instance, await explore(instance))).toBe('init! init get');
});

test('power is lost after the last effect of an operation, too', async () => {
  class NotesLast extends Noted {
    override set(value: number): void {
      this.write(value);
      this.cells.setNote(value);
    }

    override recover(): void {
      const [, , note] = this.cells.get();
      if (note === 1) this.cells.setLeft(0);
    }
  }
  const instance = { ...noted(NotesLast), depth: 2 };
  expect(await found(instance, await explore(instance))).toMatch(
    /^init set(!| idle!) recover get$/,
  );
});

/** Two disks, each call passed on. */
class Pass {
  private readonly pair: Operations<TwoDisks>;

  constructor(pair: Operations<TwoDisks>) {
    this.pair = pair;
  }

  init(): boolean {
    return true;
  }

  recover(): void {}

  read(disk: 0 | 1, address: number): Block | null {
    return this.pair.read(disk, address);
  }

  write(disk: 0 | 1, address: number, block: Block): boolean {
    return this.pair.write(disk, address, block);
  }
}

test('a machine refines itself, faults and all, but not one without them', async () => {
  class NeverDie extends TwoDisks {
    static override initial(): NeverDie {
      const { first, second, firstWorks, secondWorks } = TwoDisks.initial();
      return new NeverDie(first, second, firstWorks, secondWorks);
    }

    override fault(): void {}
  }
  const initially = (pair: TwoDisks) => pair;
  const instance: Instance = {
    layer: { promise: TwoDisks, code: Pass, on: TwoDisks, initially },
    operations: [
      { name: 'read', arguments: [0, 1].flatMap((disk) => [0, 1].map((a) => [disk, a])) },
      { name: 'write', arguments: [0, 1].flatMap((disk) => blocks.map((b) => [disk, 0, b])) },
    ],
    blocks,
    length: 1,
    async: false,
  };
  expect(await explore(instance)).toMatchObject(all);
  const alive = ({ first, second, firstWorks, secondWorks }: TwoDisks) =>
    new NeverDie(first, second, firstWorks, secondWorks);
  const layer = { ...instance.layer, promise: NeverDie, initially: alive };
  const outcome = await explore({ ...instance, layer });
  expect(outcome).toMatchObject({ kind: 'violation', found: 'null' });
});

/** A disk that keeps writes to itself until it is flushed. */
class Cached extends Disk {
  cache: Block[] = [];

  static override initial(): Cached {
    return new Cached(anyBlocks()).clean();
  }

  clean(): this {
    this.cache = [...this.blocks];
    return this;
  }

  override read(address: number): Block {
    return this.cache[address] ?? super.read(address);
  }

  override write(address: number, block: Block): void {
    if (address in this.cache) this.cache[address] = block;
  }

  flush(): void {
    this.blocks = [...this.cache];
  }

  override crash(): void {
    this.blocks = this.blocks.map((old, i) => (anyBoolean() ? this.cache[i]! : old));
    this.clean();
  }
}

class Flushing {
  protected readonly disk: Operations<Cached>;

  constructor(disk: Operations<Cached>) {
    this.disk = disk;
  }

  init(): boolean {
    return true;
  }

  recover(): void {}

  read(address: number): Block {
    return this.disk.read(address);
  }

  write(address: number, block: Block): void {
    this.disk.write(address, block);
    this.disk.flush();
  }

  size(): number {
    return this.disk.size();
  }
}

test('a write that is not flushed may be lost', async () => {
  class Hasty extends Flushing {
    override write(address: number, block: Block): void {
      this.disk.write(address, block);
    }
  }
  const layer: Layer = {
    promise: Disk,
    code: Flushing,
    on: Cached,
    initially: (disk: Cached) => new Disk(disk.blocks),
  };
  expect(await explore(small(layer))).toMatchObject(all);
  const hasty = small({ ...layer, code: Hasty });
  expect(await found(hasty, await explore(hasty))).toMatch(/^init write idle! recover read$/);
});

test('code that hides nothing refines the machine it runs on, losses and all', async () => {
  class Bare extends Flushing {
    override write(address: number, block: Block): void {
      this.disk.write(address, block);
    }
  }
  const initially = (disk: Cached) => disk;
  const layer: Layer = { promise: Cached, code: Bare, on: Cached, initially };
  expect(await explore(small(layer, { length: 1 }))).toMatchObject(all);
});
