/**
 * What durability costs: writes per second of one block through the mirror on two files, beside
 * plain writes of Node to one file, with and without fdatasync.
 *
 *     npx rolldown benchmarks/host.ts --platform node --dir build && node build/host.js [directory]
 */
import { closeSync, fdatasyncSync, mkdtempSync, openSync, rmSync, writeSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { nodeFiles } from '../src/host/files.ts';
import { realSurroundings } from '../src/host/owner.ts';
import { openStore } from '../src/host/store.ts';
import { blockOf } from '../src/model/index.ts';
import { Mirror } from '../src/stack/mirror/code.ts';

const blocks = 256;
const blockSize = 4096;
const content = new Uint8Array(blockSize).fill(7);
const seconds = 2;

function rate(action: (turn: number) => void): number {
  const end = performance.now() + seconds * 1000;
  let turn = 0;
  while (performance.now() < end) action(turn++);
  return Math.round(turn / seconds);
}

async function mirror(folder: string, sync: boolean): Promise<{ writes: number; reads: number }> {
  const files = sync ? nodeFiles : { ...nodeFiles, sync: () => {} };
  const paths = [join(folder, `first-${sync}`), join(folder, `second-${sync}`)] as const;
  const options = { paths, layer: Mirror, create: { blocks, blockSize } };
  const { layer, close } = await openStore(options, realSurroundings(files));
  const block = blockOf(content);
  const writes = rate((turn) => layer.write(turn % blocks, block));
  const reads = rate((turn) => layer.read(turn % blocks));
  close();
  return { writes, reads };
}

function plain(folder: string, sync: boolean): number {
  const file = openSync(join(folder, `plain-${sync}`), 'w+');
  const writes = rate((turn) => {
    writeSync(file, content, 0, blockSize, (turn % blocks) * blockSize);
    if (sync) fdatasyncSync(file);
  });
  closeSync(file);
  return writes;
}

const folder = mkdtempSync(join(process.argv[2] ?? tmpdir(), 'plimsoll-benchmark-'));
try {
  for (const sync of [true, false]) {
    const { writes, reads } = await mirror(folder, sync);
    const one = plain(folder, sync);
    const what = sync ? 'with fdatasync   ' : 'without fdatasync';
    console.log(`${what}  mirror ${writes} writes/s, ${reads} reads/s   one file ${one} writes/s`);
  }
} finally {
  rmSync(folder, { recursive: true });
}
