/**
 * A layer at work on two real files: a write that power cuts short, a disk that is lost, and its
 * old file that comes back. Every line reports what was looked at, not what is hoped for.
 */
import { join } from 'node:path';
import {
  type Block,
  blockOf,
  type Disk,
  type Operations,
  sameBlock,
  type TwoDisks,
} from '../model/index.ts';
import { type Files, makeDirectory, nodeFiles, readFully, writeFully } from './files.ts';
import { realSurroundings, type Surroundings } from './owner.ts';
import { Recorder } from './recorder.ts';
import { type LayerClass, type Life, openStore } from './store.ts';
import { type Counts, powerCuts, rebuild } from './survivors.ts';

type DiskLayer = LayerClass<TwoDisks, Life & Operations<Disk>>;

const blocks = 8;
const blockSize = 512;

/** `directory` is there and empty; what is made in it stays. Throws when a block is wrong. */
export async function demo(
  layer: DiskLayer,
  report: (line: string) => void,
  directory: string,
): Promise<void> {
  const files = nodeFiles;
  const paths = [join(directory, 'first.img'), join(directory, 'second.img')] as const;
  const expected = Array.from({ length: blocks }, (_, address) => text(`block ${address}`));

  const created = await openStore({ paths, layer, create: { blocks, blockSize } });
  report(`created two disks of ${blocks} blocks of ${blockSize} bytes: ${paths.join(', ')}`);
  expected.forEach((content, address) => {
    created.layer.write(address, content);
  });
  check(created.layer, expected);
  report(`wrote ${blocks} blocks and read them back`);
  created.close();

  await cutShort(layer, paths, directory, expected, report);

  const store = await openStore({ paths, layer, note: (line) => report(`note: ${line}`) });
  check(store.layer, expected);
  report('started again, recovered, and read every block back');
  const old = `${paths[0]}.old`;
  copy(paths[0], old, files);
  files.unlink(paths[0]);
  report('removed the file of disk 0 while the store is in use');
  for (let address = 0; address < blocks; address += 2) {
    expected[address] = text(`block ${address}, on one disk`);
    store.layer.write(address, expected[address]!);
  }
  check(store.layer, expected);
  report(`wrote ${blocks / 2} more blocks and read every block back from disk 1`);
  store.close();

  copy(old, paths[0], files);
  report('put the old file of disk 0 back, and started again');
  const last = await openStore({ paths, layer, note: (line) => report(`note: ${line}`) });
  check(last.layer, expected);
  report('recovered, and read every block back: nothing stale, nothing lost');
  last.close();
}

/** Cuts power at every moment of one write, and recovers from everything that may be left. */
async function cutShort(
  layer: DiskLayer,
  paths: readonly [string, string],
  directory: string,
  expected: Block[],
  report: (line: string) => void,
): Promise<void> {
  const address = 3;
  const written = text(`block ${address}, changed`);
  const recorder = new Recorder(nodeFiles, { unit: blockSize });
  recorder.adopt(directory);
  const store = await openStore({ paths, layer }, realSurroundings(recorder));
  const from = recorder.log.length;
  store.layer.write(address, written);
  recorder.mark('written');
  const counts: Counts = { moments: 0, survivors: 0, states: 0 };
  const cuts = [...powerCuts(recorder, counts, from)];
  store.close();
  const place = join(directory, 'after-a-cut');
  makeDirectory(place);
  const found = { old: 0, changed: 0 };
  for (const { tree, marks } of cuts) {
    rebuild(tree, place, nodeFiles);
    const copies = [join(place, 'first.img'), join(place, 'second.img')] as const;
    const again = await openStore({ paths: copies, layer }, nextBoot());
    const changed = sameBlock(again.layer.read(address), written);
    if (!changed && marks.includes('written')) throw new Error('a write that returned is lost');
    check(again.layer, changed ? expected.with(address, written) : expected);
    found[changed ? 'changed' : 'old']++;
    again.close();
    // What was seen once stays so, also when the disk that showed it is lost next.
    const alone = await openStore({ paths: copies, layer, without: 0 }, nextBoot());
    check(alone.layer, changed ? expected.with(address, written) : expected);
    alone.close();
  }
  expected[address] = written;
  report(
    `cut power at ${counts.moments} moments of one write: it may leave ${counts.states} states`,
  );
  report(
    `rebuilt and recovered each: ${found.old} hold the old block, ${found.changed} the new one, ` +
      'and so does disk 1 alone',
  );
}

/** As the machine finds itself after the power cut: no process of before lives. */
function nextBoot(): Surroundings {
  const around = realSurroundings();
  const self = { ...around.self, boot: 'the next one' };
  return { ...around, self, isAlive: ({ boot }) => boot === self.boot };
}

function check(disk: Operations<Disk>, expected: readonly Block[]): void {
  if (disk.size() !== expected.length) throw new Error(`the disk has ${disk.size()} blocks`);
  expected.forEach((content, address) => {
    if (!sameBlock(disk.read(address), content))
      throw new Error(`block ${address} does not hold what was written`);
  });
}

function text(content: string): Block {
  return blockOf(new TextEncoder().encode(content));
}

function copy(from: string, to: string, files: Files): void {
  const source = files.open(from);
  const bytes = new Uint8Array(files.status(source).size);
  readFully(files, source, bytes, 0);
  files.close(source);
  const target = files.create(to);
  writeFully(files, target, bytes, 0);
  files.close(target);
}
