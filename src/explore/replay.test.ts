import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Block } from '../model/block.ts';
import type { Operations } from '../model/machine.ts';
import type { TwoDisks } from '../model/two-disks.ts';
import { Mirror } from '../stack/mirror/code.ts';
import { mirror } from '../stack/mirror/proof.ts';
import type { Counterexample } from './counterexample.ts';
import { encode } from './encode.ts';
import { explore } from './explore.ts';
import { LaterMirror, mirrorOf, one, small, wrong } from './fixtures/mirrors.ts';
import { instanceOf } from './guided.ts';
import type { Layer } from './instance.ts';
import { render } from './render.ts';
import { replay } from './replay.ts';
import { shrink } from './shrink.ts';
import { toTestFile } from './test-file.ts';

const read = (file: string) => readFileSync(file, 'utf8');

async function found(layer: Layer): Promise<Counterexample> {
  const outcome = await explore(small(layer));
  if (outcome.kind === 'explored') throw new Error('nothing found');
  return shrink(small(layer), outcome.counterexample);
}

/** Initialises a store of one block, then writes to it until power is lost. */
function writing(power: number | null): Counterexample {
  const empty = { block: '' };
  return {
    format: 1,
    layer: { file: '', name: 'mirror' },
    source: '',
    start: { first: [empty], second: [empty], firstWorks: true, secondWorks: true },
    blocks: [empty, encode(one)],
    length: 1,
    steps: [
      { do: 'init', arguments: [], picks: [], power: null },
      { do: 'write', arguments: [0, encode(one)], picks: [], power },
    ],
  };
}

test('shows where power went, what was done, and what is wrong', async () => {
  const layer = mirrorOf(wrong.SkipsLast);
  const run = await found(layer);
  const replayed = await replay(instanceOf(layer, run), run);
  const text = render(replayed, read, { command: 'plimsoll replay skips.json' });
  expect(text).toMatchInlineSnapshot(`
    "read(0): the promise does not allow what it answers
      found    zeros
      allowed  #01

    a store with TwoDisks { first: [zeros], second: [zeros], firstWorks: true, secondWorks: true }
    1. init() = true
    2. write(0, #01): power is lost
         done     write(0, 0, #01) = true            src/stack/mirror/code.ts:47:15
           --> src/stack/mirror/code.ts:49:15
         49 |     this.pair.write(1, address, block);
            |               ^ power lost before this
         not done write(1, 0, #01)                   src/stack/mirror/code.ts:49:15
         first: [zeros] -> [#01]
    3. recover()
         done     size(0) = 1                        src/stack/mirror/code.ts:53:22
    4. read(0) = #01
    5. read(0) = zeros
         done     read(0, 0) = null                  src/stack/mirror/code.ts:43:22
         done     read(1, 0) = zeros                 src/stack/mirror/code.ts:43:52
         firstWorks: true -> false

    replay: plimsoll replay skips.json"
  `);
});

test('code that catches everything cannot go on without power', async () => {
  class Stubborn extends Mirror {
    override write(address: number, block: Block): void {
      const { pair } = this as unknown as { pair: Operations<TwoDisks> };
      for (const disk of [0, 1, 0, 1] as const) {
        try {
          pair.write(disk, address, block);
        } catch {}
      }
    }
  }
  const { steps } = await replay(instanceOf(mirrorOf(Stubborn), writing(1)), writing(1));
  expect(steps[1]).toMatchObject({ powerLost: true, after: { first: [one], second: [{}] } });
  expect(steps[1]?.effects).toHaveLength(1);
  expect(steps[1]?.missed).toHaveLength(3);
});

test.for([Mirror, LaterMirror])('names the line of each effect: %o', async (code) => {
  const { steps } = await replay(instanceOf(mirrorOf(code), writing(1)), writing(1));
  const [done] = steps[1]!.effects;
  const [missed] = steps[1]!.missed;
  const line = ({ file, line: at }: { file: string; line: number }) =>
    read(file).split('\n')[at - 1]?.trim();
  expect(line(done!.at!)).toMatch(/this\.pair\.write\(0, address, block\);$/);
  expect(line(missed!.at!)).toMatch(/this\.pair\.write\(1, address, block\);$/);
});

test('power may go before the first effect and after the last', async () => {
  const disks = async (power: number) => {
    const run = writing(power);
    const { steps } = await replay(instanceOf(mirror, run), run);
    const { effects, missed } = steps[1]!;
    return [effects.length, missed.length];
  };
  expect(await disks(0)).toEqual([0, 2]);
  expect(await disks(2)).toEqual([2, 0]);
  const late = await replay(instanceOf(mirror, writing(3)), writing(3));
  expect(late).toMatchObject({ violated: false });
  expect(late.because).toContain('ends before power is lost');
});

test('shrinking drops what is beside the point', async () => {
  const layer = mirrorOf(wrong.WritesFirstOnly);
  const short = await found(layer);
  const [init, write, last] = short.steps;
  const idle = { do: 'idle', arguments: [], picks: [], power: 0 };
  const recover = { do: 'recover', arguments: [], picks: [], power: null };
  const size = { do: 'size', arguments: [], picks: [], power: null };
  const long = { ...short, steps: [init!, size, idle, recover, size, write!, last!] };
  expect((await replay(small(layer), long)).violated).toBe(true);
  expect(await shrink(small(layer), long)).toEqual(short);
});

/** Runs the test that a file describes, with `layer` for what it imports. */
function execute(source: string, layer: Layer): Promise<void> {
  const body = source.replaceAll(/^import .*$/gm, '').replace(' as const', '');
  let run: () => Promise<void> = async () => {};
  const test = (_: string, test: () => Promise<void>) => {
    run = test;
  };
  new Function('test', 'expect', 'replay', 'instanceOf', 'mirror', body)(
    test,
    expect,
    replay,
    instanceOf,
    layer,
  );
  return run();
}

test('a counterexample becomes a test that fails until the code is mended', async () => {
  const layer = mirrorOf(wrong.StopsWhenFirstFails);
  const run = await found(layer);
  const named = { ...run, layer: { file: 'proof.ts', name: 'mirror' } };
  const because = "it's lost";
  const source = toTestFile(named, { layer: './proof.ts', explorer: 'plimsoll/explore', because });
  expect(source).toContain("import { mirror } from './proof.ts';");
  expect(source).toContain("test('mirror no longer: it\\'s lost'");
  await expect(execute(source, layer)).rejects.toThrow('violated');
  await execute(source, mirror);
});
