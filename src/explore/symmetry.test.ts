import { describe, expect, test } from 'vitest';
import { type Block, blockOf, bytesOf, sameBlock, zeroBlock } from '../model/block.ts';
import { anyBlock, anyOf } from '../model/choice.ts';
import type { Operations } from '../model/machine.ts';
import { explore } from './explore.ts';
import { harmless, mirrorOf, small, wrong } from './fixtures/mirrors.ts';
import type { Instance, Layer, Outcome } from './instance.ts';
import { replay } from './replay.ts';

const [one, two, three] = [1, 2, 3].map((i) => blockOf(Uint8Array.of(i))) as [Block, Block, Block];
const blocks = [zeroBlock, one, two, three];

/** Mirrors of one block with four contents. */
function mirrored(code: Layer['code']): Instance {
  const some = small(mirrorOf(code), { blocks, length: 1 });
  return {
    ...some,
    operations: [
      { name: 'read', arguments: [[0]] },
      { name: 'write', arguments: blocks.map((block) => [0, block]) },
    ],
  };
}

const full = (instance: Instance) => explore({ ...instance, symmetry: false });

/** What came of it, in short. */
async function short(instance: Instance, outcome: Outcome): Promise<string> {
  if (outcome.kind === 'explored') return `explored ${outcome.exhausted}`;
  const replayed = await replay(instance, outcome.counterexample);
  return `${outcome.kind} ${replayed.violated}`;
}

describe('up to symmetry the verdict is the same, from fewer states', () => {
  test.each(Object.entries({ ...harmless, ...wrong }))('%s', async (_, code) => {
    const instance = mirrored(code);
    const reduced = await explore(instance);
    const whole = await full(instance);
    expect(await short(instance, reduced)).toBe(await short(instance, whole));
    if (reduced.kind !== 'explored' || whole.kind !== 'explored') return;
    expect(reduced.bound).toContain('up to the symmetry of block values');
    expect(whole.bound).not.toContain('symmetry');
    // Up to six states, the orders of three contents, become one.
    expect(reduced.counts.states).toBeLessThan(whole.counts.states / 3);
    expect(reduced.counts.states).toBeGreaterThanOrEqual(whole.counts.states / 6);
  });
});

/** A block in memory that loses its content with power. */
class Cell {
  static readonly symmetric: 'blocks' = 'blocks';
  block: Block = zeroBlock;
  /** How often it was written, as far as it matters. */
  turns = 0;

  static initial(): Cell {
    return new Cell();
  }

  get(): Block {
    return this.block;
  }

  put(block: Block): void {
    this.block = this.kept(block);
    this.turns = Math.min(this.turns + 1, 3);
  }

  crash(): void {
    this.block = zeroBlock;
    this.turns = 0;
  }

  protected kept(block: Block): Block {
    return block;
  }
}

/** Hands everything on. */
class Through implements Operations<Cell> {
  protected readonly cell: Operations<Cell>;

  constructor(cell: Operations<Cell>) {
    this.cell = cell;
  }

  init(): boolean {
    return true;
  }

  get(): Block {
    return this.cell.get();
  }

  put(block: Block): void {
    this.cell.put(block);
  }

  recover(): void {}
}

function cells(machine: typeof Cell, code: Layer['code'] = Through, more = blocks): Instance {
  if (!Object.hasOwn(machine, 'initial')) machine.initial = () => new machine();
  return {
    layer: { promise: machine, code, on: machine },
    operations: [
      { name: 'get', arguments: [[]] },
      { name: 'put', arguments: more.map((block) => [block]) },
    ],
    blocks,
    length: 1,
    async: false,
  };
}

describe('a declaration that is wrong is noticed, and nothing is called explored', () => {
  async function refused(instance: Instance): Promise<string> {
    // The layer is right: nobody would notice but for the comparison.
    expect(await full(instance)).toMatchObject({ kind: 'explored', exhausted: true });
    const outcome = await explore(instance);
    expect(outcome).toMatchObject({ kind: 'explored', exhausted: false });
    return outcome.kind === 'explored' ? outcome.bound : '';
  }
  const declare = 'declare the contents of blocks to be interchangeable, and';

  test('a right one is accepted', async () => {
    const outcome = await explore(cells(Cell));
    expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
    expect(outcome.kind === 'explored' && outcome.bound).toContain('symmetry of block values');
  });

  test('a machine that drops one content', async () => {
    class Picky extends Cell {
      protected override kept(block: Block): Block {
        return sameBlock(block, three) ? zeroBlock : block;
      }
    }
    expect(await refused(cells(Picky))).toBe(
      `Picky ${declare} put() on a store in use tells contents apart`,
    );
  });

  test('a machine that looks into blocks, after a while', async () => {
    class Late extends Cell {
      protected override kept(block: Block): Block {
        return this.turns > 2 && (bytesOf(block)[0] ?? 0) > 2 ? zeroBlock : block;
      }
    }
    expect(await refused(cells(Late))).toContain('put() on a store in use tells contents apart');
  });

  test('a loss of power that spares one content', async () => {
    class Sparing extends Cell {
      override crash(): void {
        if (!sameBlock(this.block, two)) this.block = zeroBlock;
        this.turns = 0;
      }
    }
    const bound = await refused(cells(Sparing));
    expect(bound).toContain('tells contents apart');
  });

  test('stores that begin with some contents only', async () => {
    class Given extends Cell {
      static override initial(): Given {
        return Object.assign(new Given(), { block: anyOf([zeroBlock, one]) });
      }
    }
    const some = cells(Given);
    const initially = (lower: Cell) => Object.assign(new Given(), { block: lower.block });
    expect(await refused({ ...some, layer: { ...some.layer, initially } })).toBe(
      `Given ${declare} initial() starts with some contents, and not with others like them`,
    );
  });

  test('operations that are tried with some contents only', async () => {
    const bound = await refused(cells(Cell, Through, [zeroBlock, one]));
    expect(bound).toBe(`Cell ${declare} put() is not tried with each of them`);
  });

  test('code that tells contents apart, and is wrong for one of them', async () => {
    class Forgets extends Through {
      override put(block: Block): void {
        this.cell.put(sameBlock(block, three) ? two : block);
      }
    }
    const instance = cells(Cell, Forgets);
    expect((await full(instance)).kind).toBe('violation');
    const outcome = await explore(instance);
    expect(outcome.kind === 'explored' && outcome.exhausted).toBe(false);
  });
});

test('a layer with blocks of its own is explored in full', async () => {
  const seal = blockOf(Uint8Array.of(7));
  class Sealed extends Through {
    last: Block = seal;

    override recover(): void {
      this.last = zeroBlock;
    }
  }
  const instance = cells(Cell, Sealed);
  const outcome = await explore(instance);
  expect(outcome).toEqual(await full(instance));
});

test('a machine that says nothing is explored in full', async () => {
  class Silent extends Cell {}
  Object.defineProperty(Silent, 'symmetric', { value: undefined });
  const instance = cells(Silent);
  expect(await explore(instance)).toEqual(await full(instance));
});

test('a way to what is wrong goes through states that are really there', async () => {
  /** Answers with something else when it has had three different contents in a row. */
  class Confused extends Through {
    private seen: readonly Block[] = [];

    override put(block: Block): void {
      const known = this.seen.some((each) => sameBlock(each, block));
      if (!known && !sameBlock(block, zeroBlock)) this.seen = [...this.seen, block];
      this.cell.put(this.seen.length === 3 ? this.seen[0]! : block);
    }
  }
  const instance = cells(Cell, Confused);
  const outcome = await explore(instance);
  expect(await short(instance, outcome)).toBe('violation true');
  expect(outcome.kind === 'violation' && outcome.counterexample.steps).toHaveLength(5);
});

test('a machine that chooses a block chooses each', async () => {
  class Any extends Cell {
    override get(): Block {
      return this.turns === 0 ? anyBlock() : this.block;
    }
  }
  const instance = cells(Any);
  const [reduced, whole] = [await explore(instance), await full(instance)];
  expect(reduced).toMatchObject({ kind: 'explored', exhausted: true });
  expect(reduced.counts.states).toBeLessThan(whole.counts.states);
});
