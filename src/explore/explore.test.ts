import { describe, expect, test } from 'vitest';
import type { Block } from '../model/block.ts';
import { mirror } from '../stack/mirror/proof.ts';
import { explore } from './explore.ts';
import { harmless, LaterMirror, mirrorOf, small, wrong } from './fixtures/mirrors.ts';
import { isAsync, type Outcome } from './instance.ts';
import { replay } from './replay.ts';
import { shrink } from './shrink.ts';

const all = { kind: 'explored', exhausted: true };

function problemOf(outcome: Outcome) {
  if (outcome.kind === 'explored') throw new Error(`nothing found: ${outcome.bound}`);
  return outcome;
}

test('the mirror keeps its promise on two disks of up to two blocks', async () => {
  expect(await explore(small(mirror))).toMatchInlineSnapshot(`
    {
      "bound": "any number of operations, up to 2 blocks, 2 different contents",
      "counts": {
        "assumed": 0,
        "crashes": 20664,
        "effects": 15316,
        "generated": 27726,
        "initialised": 431,
        "recoveries": 691,
        "refused": 56,
        "runs": 6971,
        "skipped": 0,
        "states": 795,
      },
      "exhausted": true,
      "kind": "explored",
    }
  `);
});

test('a row of operations is explored to its end and no further', async () => {
  const counts = [];
  for (const depth of [0, 1, 2]) {
    const outcome = await explore(small(mirror, { depth }));
    expect(outcome).toMatchObject(all);
    counts.push(outcome.counts.states);
  }
  expect(counts).toMatchInlineSnapshot(`
    [
      237,
      510,
      789,
    ]
  `);
});

test('every wrong mirror is found, and what is found shrinks and replays', async () => {
  const shortest: Record<string, string> = {};
  for (const [name, code] of Object.entries(wrong)) {
    const instance = small(mirrorOf(code));
    const found = problemOf(await explore(instance));
    expect(found.kind).toBe('violation');
    expect(await replay(instance, found.counterexample)).toMatchObject({
      violated: true,
      because: found.because,
    });
    const shrunk = await shrink(instance, found.counterexample);
    expect(shrunk.steps.length).toBeLessThanOrEqual(found.counterexample.steps.length);
    expect(await replay(instance, shrunk)).toMatchObject({ violated: true });
    const words = shrunk.steps.map(({ do: name, power }) => name + (power === null ? '' : '!'));
    shortest[name] = words.join(' ');
  }
  expect(shortest).toMatchInlineSnapshot(`
    {
      "IgnoresDeadDisk": "init write read",
      "JudgesByIdentity": "init write! recover read read",
      "LeavesContents": "init read",
      "RecoversNothing": "init write! recover read read",
      "RecoversToNext": "init write! recover read",
      "RecoversZeros": "init write idle! recover read",
      "RemembersSize": "init idle! recover size",
      "SizeOfFirst": "init size",
      "SkipsLast": "init write! recover read read",
      "StartsAtSecond": "init write! recover read read",
      "StopsWhenFirstFails": "init write read",
      "WritesFirstOnly": "init write read",
    }
  `);
});

test.for(Object.entries(harmless))('a harmless variant: %s', async ([, code]) => {
  expect(await explore(small(mirrorOf(code)))).toMatchObject(all);
});

describe('async code', () => {
  const later = (code: typeof LaterMirror) => small(mirrorOf(code), { async: isAsync(code) });

  test('is explored as its synchronous twin is', async () => {
    expect(isAsync(LaterMirror)).toBe(true);
    const outcome = await explore(later(LaterMirror));
    expect(outcome).toMatchObject(all);
    expect(outcome.counts).toEqual((await explore(small(mirror))).counts);
  });

  test('may not leave an operation alone', async () => {
    class Floating extends LaterMirror {
      override async write(address: number, block: Block) {
        await this.pair.write(0, address, block);
        this.pair.write(1, address, block);
      }
    }
    const found = problemOf(await explore(later(Floating)));
    expect(found).toMatchObject({ kind: 'violation', because: expect.stringContaining('awaited') });
    expect((await replay(later(Floating), found.counterexample)).violated).toBe(true);
  });

  test('may not have two operations under way', async () => {
    class Both extends LaterMirror {
      override async write(address: number, block: Block) {
        await Promise.all([0, 1].map((disk) => this.pair.write(disk as 0 | 1, address, block)));
      }
    }
    expect(problemOf(await explore(later(Both))).because).toContain('begins before the last');
  });

  test('may do nothing once it has returned', async () => {
    class Late extends LaterMirror {
      override async write(address: number, block: Block) {
        await this.pair.write(0, address, block);
        const rest = async () => {
          for (let turn = 0; turn < 5; turn++) await undefined;
          await this.pair.write(1, address, block);
        };
        rest();
      }
    }
    expect(problemOf(await explore(later(Late))).because).toContain('after the code has returned');
  });

  test('may not wait for ever', async () => {
    class Waits extends LaterMirror {
      override async size() {
        await new Promise(() => {});
        return 0;
      }
    }
    expect(problemOf(await explore(later(Waits))).because).toContain('never comes');
  });
});

test('says what is left when it is stopped', async () => {
  const outcome = await explore(small(mirror, { limits: { states: 200 } }));
  expect(outcome).toMatchObject({
    kind: 'explored',
    exhausted: false,
    bound: expect.stringContaining('stopped after 200 states'),
  });
});
