/** Power cuts of disks with caches: any of the writes since the last flush may be gone, or torn. */
import { describe, expect, test } from 'vitest';
import type { Sync } from './files.ts';
import { Recorder } from './recorder.ts';
import { judgeCuts } from './testing/judged-cuts.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { type Event, play, type Scenario } from './testing/scenario.ts';
import { plainTransactions, type Step } from './testing/transactions.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

type Life =
  | 'two disks that work'
  | 'a disk that dies, and is repaired'
  | 'a disk that is replaced, then the other one dies';

const lives: Readonly<Record<Life, readonly Event[]>> = {
  'two disks that work': [{ do: 'transactions', count: 60 }],
  'a disk that dies, and is repaired': [
    { do: 'transactions', count: 10 },
    { do: 'fail', disk: 0 },
    { do: 'transactions', count: 10 },
    { do: 'repair' },
    { do: 'transactions', count: 10 },
  ],
  'a disk that is replaced, then the other one dies': [
    { do: 'transactions', count: 10 },
    { do: 'fail', disk: 1 },
    { do: 'transactions', count: 10 },
    { do: 'replace', disk: 1 },
    { do: 'transactions', count: 10 },
    { do: 'fail', disk: 0 },
    { do: 'transactions', count: 5 },
    { do: 'kill' },
    { do: 'transactions', count: 5 },
  ],
};

function scenario(events: readonly Event[], { without, blockSize = 512 }: Given = {}): Scenario {
  const layer = plainTransactions(4, without);
  return { layer, blocks: 20, blockSize, events, seed };
}

interface Given {
  readonly without?: Step;
  readonly blockSize?: number;
}

async function cut(given: Scenario, ignore?: Sync) {
  const recorder = new Recorder(new MemoryFiles(), { unit: 512, ignore });
  const played = await play(given, recorder);
  return judgeCuts(given, played, { drawn: 3, again: 10, seed, ignore });
}

describe(`seed ${seed}`, () => {
  test.each(Object.entries(lives))('nothing acknowledged is lost: %s', async (_, events) => {
    const { wrong, survivors, again } = await cut(scenario(events));
    expect(wrong).toBeUndefined();
    expect(survivors).toBeGreaterThan(200);
    expect(again).toBeGreaterThan(50);
  });

  test('nothing is half there when sectors of a block are torn apart', async () => {
    const { wrong } = await cut(scenario([{ do: 'transactions', count: 30 }], { blockSize: 1024 }));
    expect(wrong).toBeUndefined();
  });

  /** In which life it is missed. */
  const missed: Readonly<Record<Step | 'what was written', Life>> = {
    'flush of the copy': 'a disk that dies, and is repaired',
    'flush of the log': 'two disks that work',
    'flush of the header': 'two disks that work',
    'what was written': 'two disks that work',
  };
  test.each(Object.entries(missed))('without the %s a block is wrong', async (step, life) => {
    const ignore = step === 'what was written' ? step : undefined;
    const without = ignore ? undefined : (step as Step);
    const { wrong } = await cut(scenario(lives[life], without ? { without } : {}), ignore);
    expect(wrong).toMatch(/block \d+ is \d+, not \d+/);
  });
});
