/**
 * The store of transactions beside SQLite, in one run: transactions of 1, 10 and 100 blocks, one
 * after the other and from eight clients at once, reads, and recovery. Both take turns; of each
 * figure the median is printed, and the ratio of the medians.
 *
 *     cd benchmarks/store-sqlite && npm install && npm run build && npm start [rounds] [directory]
 *
 * Plimsoll writes two files, of which one may be lost; SQLite writes one.
 */
import { copyFileSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { basename, join } from 'node:path';
import { blockSize, type Contestant, type Opened, type Place } from './contestant.ts';
import { layers, ours } from './ours.ts';
import { sqlite } from './sqlite.ts';

const contestants = [ours, sqlite];
const milliseconds = 300;
const megabyte = 1024 * 1024;
const clients = 8;

const [rounds = '5', directory = tmpdir()] = process.argv.slice(2);

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

/** Addresses far apart, different ones every time. */
function addresses(many: number, blocks: number, turn: number): readonly number[] {
  return Array.from({ length: many }, (_, i) => (turn * 7919 + i * 104_729) % blocks);
}

let written = 0;

/** Never the same twice: SQLite leaves out writes that change nothing. */
function fresh(): Uint8Array {
  const content = new Uint8Array(blockSize).fill(7);
  new DataView(content.buffer).setFloat64(0, ++written);
  return content;
}

/** How often per second something can be done. */
async function rate(action: (turn: number) => unknown): Promise<number> {
  const begun = performance.now();
  let turn = 0;
  while (performance.now() < begun + milliseconds) await action(turn++);
  return (turn / (performance.now() - begun)) * 1000;
}

type Measure = (store: Opened, blocks: number) => Promise<number>;

const transactions =
  (many: number): Measure =>
  (store, blocks) =>
    rate((turn) => store.write(addresses(many, blocks, turn), fresh()));

/** Of transactions that are begun together; a store may make them durable with one sync. */
const together: Measure = async (store, blocks) =>
  clients *
  (await rate((turn) =>
    Promise.all(
      Array.from({ length: clients }, (_, client) =>
        store.write(addresses(1, blocks, clients * turn + client), fresh()),
      ),
    ),
  ));

/** A hundred at a time, so that waiting for nothing is not what is measured. */
const reads: Measure = async (store, blocks) =>
  100 *
  (await rate((turn) => {
    for (const address of addresses(100, blocks, turn)) store.read(address);
  }));

const measures: readonly (readonly [string, Measure])[] = [
  ['transactions of 1 block', transactions(1)],
  ['transactions of 10 blocks', transactions(10)],
  ['transactions of 100 blocks', transactions(100)],
  [`transactions of 1 block, ${clients} at once`, together],
  ['reads', reads],
];

/** Does something with a folder for each contestant. */
async function withFolder<T>(body: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(directory, 'plimsoll-benchmark-'));
  try {
    return await body(folder);
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function tell(what: string, unit: string, found: readonly (readonly number[])[]): void {
  const [own = 0, peer = 0] = found.map(median);
  const said = (figure: number) => figure.toLocaleString('en', { maximumSignificantDigits: 3 });
  const figures = [own, peer].map((figure) => said(figure).padStart(10));
  console.log(`${what.padEnd(36)}${figures.join('')} ${unit.padEnd(4)} ${said(own / peer)}`);
}

async function compareRates(sync: boolean): Promise<void> {
  const blocks = (16 * megabyte) / blockSize;
  await withFolder(async (folder) => {
    const stores: Opened[] = [];
    for (const { name, create } of contestants) {
      const own = join(folder, name);
      mkdirSync(own);
      stores.push(await create({ folder: own, blocks, sync }));
    }
    for (const [what, measure] of measures) {
      const found: number[][] = stores.map(() => []);
      for (let round = 0; round < Number(rounds); round++)
        for (const [i, store] of stores.entries()) found[i]!.push(await measure(store, blocks));
      tell(what, '/s', found);
    }
    for (const store of stores) store.close();
  });
}

/** Opens, after transactions of 100 blocks, what a power cut leaves; until the first read. */
async function recovery(contestant: Contestant, blocks: number): Promise<number> {
  return withFolder(async (folder) => {
    const place: Place = { folder, blocks, sync: false };
    const store = await contestant.create(place);
    for (let turn = 0; turn < 10; turn++) await store.write(addresses(100, blocks, turn), fresh());
    const cut = join(folder, 'cut');
    mkdirSync(cut);
    for (const file of contestant.files(folder))
      if (existsSync(file)) copyFileSync(file, join(cut, basename(file)));
    store.close();
    const begun = performance.now();
    const again = await contestant.recover({ ...place, folder: cut, sync: true });
    again.read(0);
    const taken = performance.now() - begun;
    again.close();
    return taken;
  });
}

const names = contestants.map(({ name }) => name.padStart(10)).join('');
console.log(`${rounds} rounds in turn, medians; blocks of ${blockSize} bytes`);
console.log(`layers of Plimsoll: ${layers}`);
for (const sync of [true, false]) {
  const how = sync ? 'with real syncs' : 'without syncs';
  console.log(`\n${how.padEnd(36)}${names}      ratio`);
  await compareRates(sync);
}
console.log(`\n${'recovery after a power cut'.padEnd(36)}${names}      ratio`);
for (const size of [1, 16, 256]) {
  const found: number[][] = contestants.map(() => []);
  for (let round = 0; round < Math.min(3, Number(rounds)); round++)
    for (const [i, each] of contestants.entries())
      found[i]!.push(await recovery(each, (size * megabyte) / blockSize));
  tell(`a store of ${size} MB`, 'ms', found);
}
const load = loadavg()[0]!.toFixed(1);
console.log(`\nNode ${process.version}, ${availableParallelism()} cores, load ${load}`);
