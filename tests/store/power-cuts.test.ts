/** Power cuts of the store that ships: a share of what they may leave, recovered and looked at. */
import { expect, test } from 'vitest';
import { Recorder } from '../../src/host/recorder.ts';
import { judgeCuts } from '../../src/host/testing/judged-cuts.ts';
import { MemoryFiles } from '../../src/host/testing/memory-files.ts';
import { type LayerOfTransactions, play } from '../../src/host/testing/scenario.ts';
import { layers } from '../../src/store.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));

test(`nothing acknowledged is lost, nothing is half there: seed ${seed}`, async () => {
  const layer = layers.code as unknown as LayerOfTransactions;
  const events = [
    { do: 'transactions', count: 20 },
    { do: 'fail', disk: 0 },
    { do: 'transactions', count: 10 },
    { do: 'repair' },
    { do: 'transactions', count: 10 },
    { do: 'kill' },
    { do: 'fail', disk: 1 },
    { do: 'transactions', count: 10 },
    { do: 'replace', disk: 1 },
    { do: 'transactions', count: 10 },
  ] as const;
  const scenario = { layer, blocks: 21, blockSize: 512, events, seed };
  const played = await play(scenario, new Recorder(new MemoryFiles(), { unit: 512 }));
  const judged = await judgeCuts(scenario, played, { drawn: 3, again: 10, seed });
  expect(judged.wrong).toBeUndefined();
  expect(judged.survivors).toBeGreaterThan(1000);
  expect(judged.again).toBeGreaterThan(100);
});
