/**
 * Power cuts on the scale of a long life: 10,000 transactions on two disks, one of which dies, is
 * repaired and replaced; at least 100,000 different things that cuts may leave of it, recovered
 * and looked at, cuts within recoveries included. Fails when anything acknowledged is missing.
 *
 *     npx rolldown benchmarks/power-cuts.ts --platform node --dir build
 *     node build/power-cuts.js [transactions] [survivors] [seed]
 */
import { Recorder } from '../src/host/recorder.ts';
import { judgeCuts } from '../src/host/testing/judged-cuts.ts';
import { MemoryFiles } from '../src/host/testing/memory-files.ts';
import { type Event, play } from '../src/host/testing/scenario.ts';
import { plainTransactions } from '../src/host/testing/transactions.ts';

const [transactions = 10_000, survivors = 100_000, given] = process.argv.slice(2).map(Number);
const seed = given ?? Math.floor(Math.random() * 2 ** 31);
const part = Math.ceil(transactions / 5);

const events: readonly Event[] = [
  { do: 'transactions', count: part },
  { do: 'fail', disk: 0 },
  { do: 'transactions', count: part },
  { do: 'repair' },
  { do: 'transactions', count: part },
  { do: 'kill' },
  { do: 'fail', disk: 1 },
  { do: 'transactions', count: part },
  { do: 'replace', disk: 1 },
  { do: 'transactions', count: transactions - 4 * part },
];

const capacity = 4;
const layer = plainTransactions(capacity);
const scenario = { layer, blocks: 2 + 2 * capacity + 8, blockSize: 512, events, seed };

const begun = performance.now();
const played = await play(scenario, new Recorder(new MemoryFiles(), { unit: 512 }));
const entries = played.recorder.log.length;
console.log(`seed ${seed}: ${transactions} transactions, ${entries} writes, syncs and marks`);
const share = Math.max(1, Math.ceil((2 * survivors) / entries));
const judged = await judgeCuts(scenario, played, { drawn: share, again: 20, seed });
const seconds = ((performance.now() - begun) / 1000).toFixed(0);
console.log(
  `${judged.moments} moments, ${judged.survivors} different survivors, and ${judged.again} more ` +
    `of cuts within recoveries, in ${seconds} s: ${judged.wrong ?? 'nothing is missing'}`,
);
process.exitCode = judged.wrong || judged.survivors < survivors ? 1 : 0;
