/** Blocks that code makes itself survive a crash or are lost like those that it was given. */
import { expect, test } from 'vitest';
import { type Block, blockOf, bytesOf, zeroBlock } from '../model/block.ts';
import { CachedDisk } from '../model/cached-disk.ts';
import type { Operations } from '../model/machine.ts';
import { explore } from './explore.ts';
import type { Instance } from './instance.ts';
import { replay } from './replay.ts';
import { shrink } from './shrink.ts';

/** Whether it is on. */
class Switch {
  on = false;

  static initial(): Switch {
    return new Switch();
  }

  turnOn(): void {
    this.on = true;
  }

  isOn(): boolean {
    return this.on;
  }

  crash(): void {}
}

const marked = blockOf(Uint8Array.of(7, 1));
const unmarked = blockOf(Uint8Array.of(7, 2));

/** Marks a block with bytes that nobody gave it. */
class Kept implements Operations<Switch> {
  private readonly disk: Operations<CachedDisk>;

  constructor(disk: Operations<CachedDisk>) {
    this.disk = disk;
  }

  init(): boolean {
    if (this.disk.size() < 1) return false;
    this.disk.write(0, unmarked);
    this.disk.flush();
    return true;
  }

  turnOn(): void {
    this.disk.write(0, marked);
    this.disk.flush();
  }

  isOn(): boolean {
    return bytesOf(this.disk.read(0))[1] === 1;
  }

  recover(): void {}
}

class NotFlushed extends Kept {
  private readonly below: Operations<CachedDisk>;

  constructor(disk: Operations<CachedDisk>) {
    super(disk);
    this.below = disk;
  }

  override turnOn(): void {
    this.below.write(0, marked);
  }
}

const instance = (code: unknown): Instance => ({
  layer: { promise: Switch, code, on: CachedDisk, initially: () => new Switch() } as never,
  operations: [
    { name: 'turnOn', arguments: [[]] },
    { name: 'isOn', arguments: [[]] },
  ],
  blocks: [zeroBlock, blockOf(Uint8Array.of(1))] as readonly Block[],
  length: 2,
  async: false,
});

test('what was flushed is kept', async () => {
  expect(await explore(instance(Kept))).toMatchObject({ kind: 'explored', exhausted: true });
});

test('what was not is lost, and the run that shows it shrinks and replays', async () => {
  const found = await explore(instance(NotFlushed));
  if (found.kind !== 'violation') throw new Error(`nothing found: ${found.kind}`);
  const shown = await shrink(instance(NotFlushed), found.counterexample);
  expect(shown.steps.map((step) => step.do)).toEqual(['init', 'turnOn', 'idle', 'recover', 'isOn']);
  expect(await replay(instance(NotFlushed), shown)).toMatchObject({ violated: true });
});
