/** Operations that overlap: what is found, how it is shown, and how much there is to try. */
import { describe, expect, test } from 'vitest';
import { type Block, zeroBlock } from '../../model/block.ts';
import { Disk } from '../../model/disk.ts';
import { mirror } from '../../stack/mirror/proof.ts';
import { Engine } from '../engine.ts';
import { small } from '../fixtures/mirrors.ts';
import { adding, Cached, mirrorOfOne, onDisk, one, Through, two } from '../fixtures/overlapping.ts';
import type { Instance, Outcome } from '../instance.ts';
import { type Call, callOf } from '../promised.ts';
import { render } from '../render.ts';
import { replay } from '../replay.ts';
import { exploreSchedules, type ScheduleOptions } from './explore.ts';
import { Graph } from './graph.ts';
import type { Moment } from './moment.ts';

const unlocked = { clients: 2, locked: false };

/** What was found, as it is when it is run again on the real code. */
async function shown(instance: Instance, options: ScheduleOptions): Promise<string> {
  const outcome = await exploreSchedules(instance, options);
  if (outcome.kind === 'explored') return outcome.bound;
  const replayed = await replay(instance, outcome.counterexample);
  expect(replayed).toMatchObject({ violated: true });
  return render(replayed, () => undefined).replace(/ +\S+:\d+:\d+$/gm, '');
}

function size(outcome: Outcome): string {
  const { counts, kind } = outcome;
  return `${kind}: ${counts.states} moments, ${counts.generated} turns`;
}

describe('two writers to a mirror', () => {
  test('without a lock leave it with two contents', async () => {
    const options = { ...unlocked, together: ['write'] };
    expect(await shown(mirrorOfOne(), options)).toMatchInlineSnapshot(`
      "read(0): the promise does not allow what it answers
        found    zeros
        allowed  #01

      a store with TwoDisks { first: [zeros], second: [zeros], firstWorks: true, secondWorks: true }
      1. init() = true
      2. A: write(0, zeros) begins
      3. A: write(0, zeros) goes on
           done     write(0, 0, zeros) = true
      4. B: write(0, #01) begins
      5. B: write(0, #01) goes on
           done     write(0, 0, #01) = true
           first: [zeros] -> [#01]
      6. B: write(0, #01) goes on
           done     write(1, 0, #01) = true
           second: [zeros] -> [#01]
      7. A: write(0, zeros) goes on
           done     write(1, 0, zeros) = true
           second: [#01] -> [zeros]
      8. A: write(0, zeros) ends
      9. B: write(0, #01) ends
      10. A: read(0) begins
      11. A: read(0) goes on
           done     read(0, 0) = #01
      12. A: read(0) ends = #01
      13. A: read(0) begins
      14. A: read(0) goes on
           done     read(0, 0) = null
           firstWorks: true -> false
      15. A: read(0) goes on
           done     read(1, 0) = zeros
      16. A: read(0) ends = zeros"
    `);
  });

  test('without a lock may write, as long as nobody reads', async () => {
    const [writes] = mirrorOfOne().operations;
    const instance = mirrorOfOne({ operations: [writes!] });
    expect(size(await exploreSchedules(instance, unlocked))).toMatchInlineSnapshot(
      `"explored: 3907 moments, 9775 turns"`,
    );
  });

  test('are kept apart by the lock', async () => {
    const through = await exploreSchedules(mirrorOfOne(), { clients: 2 });
    expect(through).toMatchObject({ kind: 'explored', exhausted: true });
    expect(size(through)).toMatchInlineSnapshot(`"explored: 2819 moments, 6226 turns"`);
  });
});

test('a counter that is read and written loses a count', async () => {
  expect(await shown(adding, unlocked)).toMatchInlineSnapshot(`
    "add(): the promise does not allow what it answers
      found    1
      allowed  2

    a store with Total { value: 0 }
    1. init() = true
    2. A: add() begins
    3. A: add() goes on
         done     get() = 0
    4. B: add() begins
    5. B: add() goes on
         done     get() = 0
    6. A: add() goes on
         done     set(1)
         value: 0 -> 1
    7. A: add() ends = 1
    8. B: add() goes on
         done     set(1)
    9. B: add() ends = 1"
  `);
  for (const reduced of [true, false]) {
    expect(await exploreSchedules(adding, { ...unlocked, reduced })).toMatchObject({
      kind: 'violation',
    });
    expect(await exploreSchedules(adding, { clients: 3, reduced })).toMatchObject({
      kind: 'explored',
    });
  }
});

describe('what a disk does in one order, code may learn of in another', () => {
  test('which is nothing to code that remembers nothing', async () => {
    expect(await exploreSchedules(onDisk(Through), unlocked)).toMatchObject({ kind: 'explored' });
  });

  test('but a cache then holds what the disk does not', async () => {
    expect(
      await shown(onDisk(Cached), { ...unlocked, together: ['write'] }),
    ).toMatchInlineSnapshot(`
      "read(0): the promise does not allow what it answers
        found    #02
        allowed  #01

      a store with OneBlock { blocks: [zeros] }
      1. init() = true
      2. A: write(0, #01) begins
      3. A: write(0, #01) goes on
           done     write(0, #01)
           blocks: [zeros] -> [#01]
      4. B: write(0, #02) begins
      5. B: write(0, #02) goes on
           done     write(0, #02)
           blocks: [#01] -> [#02]
      6. B: write(0, #02) ends
      7. A: write(0, #01) ends
      8. A: read(0) begins
      9. A: read(0) ends = #01
      10. power is lost
      11. recover()
      12. A: read(0) begins
      13. A: read(0) goes on
           done     read(0) = #02
      14. A: read(0) ends = #02"
    `);
  });
});

test('power goes while operations are under way', async () => {
  const [writes, reads] = onDisk(Through).operations;
  /** What it writes first was never asked for. */
  class Clears extends Through {
    override async write(): Promise<void> {
      await this.disk.write(0, two);
      await this.disk.write(0, one);
    }
  }
  const instance = onDisk(Clears, { operations: [{ ...writes!, arguments: [[0, one]] }, reads!] });
  const options = { ...unlocked, together: ['write'] };
  expect(await shown(instance, options)).toMatchInlineSnapshot(`
    "read(0): the promise does not allow what it answers
      found    #02
      allowed  #01 or zeros

    a store with OneBlock { blocks: [zeros] }
    1. init() = true
    2. A: write(0, #01) begins
    3. A: write(0, #01) goes on
         done     write(0, #02)
         blocks: [zeros] -> [#02]
    4. power is lost
         power lost before this:
         not done write(0, #01)
    5. recover()
    6. A: read(0) begins
    7. A: read(0) goes on
         done     read(0) = #02
    8. A: read(0) ends = #02"
  `);
});

/** How often each number of writers can go on, and how much of it is tried. */
test('how much there is to try, reduced and not', async () => {
  const found: Record<string, string> = {};
  for (const [clients, depth] of [
    [2, 2],
    [3, 3],
    [2, 4],
  ] as const) {
    const [, reads] = onDisk(Through).operations;
    const operations = [{ name: 'write', arguments: [[0, one]] }, reads!];
    const instance = onDisk(Through, { depth, operations });
    for (const locked of [false, true])
      for (const reduced of [false, true]) {
        const outcome = await exploreSchedules(instance, { clients, locked, reduced });
        const how = `${locked ? 'locked' : 'unlocked'}${reduced ? ', reduced' : ''}`;
        found[`${depth} operations of ${clients} clients, ${how}`] = size(outcome);
      }
  }
  expect(found).toMatchInlineSnapshot(`
    {
      "2 operations of 2 clients, locked": "explored: 106 moments, 261 turns",
      "2 operations of 2 clients, locked, reduced": "explored: 76 moments, 160 turns",
      "2 operations of 2 clients, unlocked": "explored: 76 moments, 179 turns",
      "2 operations of 2 clients, unlocked, reduced": "explored: 59 moments, 119 turns",
      "3 operations of 3 clients, locked": "explored: 1471 moments, 4005 turns",
      "3 operations of 3 clients, locked, reduced": "explored: 471 moments, 1108 turns",
      "3 operations of 3 clients, unlocked": "explored: 522 moments, 1658 turns",
      "3 operations of 3 clients, unlocked, reduced": "explored: 230 moments, 584 turns",
      "4 operations of 2 clients, locked": "explored: 332 moments, 861 turns",
      "4 operations of 2 clients, locked, reduced": "explored: 242 moments, 540 turns",
      "4 operations of 2 clients, unlocked": "explored: 476 moments, 1441 turns",
      "4 operations of 2 clients, unlocked, reduced": "explored: 297 moments, 729 turns",
    }
  `);
});

test('code that does not wait is wrong with and without a lock', async () => {
  const wrong = {
    'returns too early': class extends Through {
      override async write(address: number, block: Block): Promise<void> {
        this.disk.write(address, block);
      }
    },
    'asks for two things at once': class extends Through {
      override async write(address: number, block: Block): Promise<void> {
        await Promise.all([this.disk.write(address, block), this.disk.write(1, block)]);
      }
    },
    'waits for ever': class extends Through {
      override write(): Promise<void> {
        return new Promise(() => {});
      }
    },
    fails: class extends Through {
      override async read(): Promise<never> {
        throw new TypeError('nothing to read');
      }
    },
  };
  const found: Record<string, string> = {};
  for (const [name, code] of Object.entries(wrong))
    for (const locked of [true, false]) {
      const [because = ''] = (await shown(onDisk(code), { clients: 2, locked })).split('\n');
      expect(found[name] ?? because).toBe(because);
      found[name] = because;
    }
  expect(found).toMatchInlineSnapshot(`
    {
      "asks for two things at once": "write() of the machine below is not awaited",
      "fails": "read(0): the code threw TypeError: nothing to read",
      "returns too early": "write() of the machine below is not awaited",
      "waits for ever": "write(0, #01): it awaits something else",
    }
  `);
});

/** In how many orders some operations can go, each once, when power stays. */
async function orders(graph: Graph, at: Moment, left: readonly Call[]): Promise<bigint> {
  const known = new Map<string, bigint>();
  const count = async (here: Moment, calls: readonly Call[]): Promise<bigint> => {
    const key = `${graph.key(here)} ${calls.map((call) => call.key).join()}`;
    const found = known.get(key);
    if (found !== undefined || here.phase !== 'busy') return found ?? 0n;
    let sum = 0n;
    let last = true;
    for (const { begins, take } of await graph.options(here, true)) {
      const rest = calls.filter((call) => call.key !== begins?.key);
      if (begins && rest.length === calls.length) continue;
      last = false;
      sum += await count((await take())!.to!, rest);
    }
    known.set(key, last ? 1n : sum);
    return last ? 1n : sum;
  };
  return count(at, left);
}

test('in how many orders four writes can go, and how few turns it takes to see all', async () => {
  const found: Record<string, string> = {};
  for (const clients of [2, 3, 4]) {
    const calls = [0, 1, 2, 3].slice(0, clients).map((at) => callOf('write', [at, one]));
    const operations = [{ name: 'write', arguments: calls.map((call) => call.arguments) }];
    const { layer, ...rest } = onDisk(Through, { depth: clients, operations });
    const instance = { ...rest, layer: { ...layer, promise: FourBlocks, on: FourBlocks } };
    const setting = { clients, locked: false, reduced: false };
    const graph = new Graph(new Engine(instance), setting);
    const [start] = graph.engine.starts();
    const up = (await graph.alone(start!)).find(({ to }) => to?.phase === 'busy')!.to!;
    const reduced = await exploreSchedules(instance, { ...setting, reduced: true });
    found[`${clients} writes`] = `${await orders(graph, up, calls)} orders`;
    found[`${clients} writes, reduced`] = size(reduced);
    if (clients === 4) continue;
    found[`${clients} writes, not reduced`] = size(await exploreSchedules(instance, setting));
  }
  expect(found).toMatchInlineSnapshot(`
    {
      "2 writes": "20 orders",
      "2 writes, not reduced": "explored: 103 moments, 222 turns",
      "2 writes, reduced": "explored: 89 moments, 179 turns",
      "3 writes": "1680 orders",
      "3 writes, not reduced": "explored: 1830 moments, 5375 turns",
      "3 writes, reduced": "explored: 1010 moments, 2543 turns",
      "4 writes": "369600 orders",
      "4 writes, reduced": "explored: 14571 moments, 45935 turns",
    }
  `);
});

class FourBlocks extends Disk {
  static override initial(): Disk {
    return new FourBlocks([0, 1, 2, 3].map(() => zeroBlock));
  }
}

test('code that awaits nothing is explored as ever', async () => {
  const { bound } = (await exploreSchedules(small(mirror, { length: 1 }), unlocked)) as {
    bound: string;
  };
  expect(bound).toMatch(/; nothing is awaited, so nothing overlaps$/);
});
