/** The list of entries in the first block of a real disk: tested, not proved. */
import { type Block, blockOf, bytesOf, type Disk, type Operations, u32 } from 'plimsoll';
import type { Entry, Page } from './spec.ts';

/** The length and so many entries fit into the smallest block there is. */
const room = 60;
const entrySize = 8;
const mark = 0xa5;

export function onDisk(disk: Operations<Disk>): Operations<Page> {
  return {
    read: () => entriesIn(disk.read(0)),
    write: (entries) => disk.write(0, blockOfEntries(entries)),
    capacity: () => (disk.size() === 0 ? 0 : room),
  };
}

function blockOfEntries(entries: readonly Entry[]): Block {
  const bytes = new Uint8Array(entries.length * entrySize + 1);
  const view = new DataView(bytes.buffer);
  entries.forEach(({ key, value }, i) => {
    view.setUint32(i * entrySize, key, true);
    view.setUint32(i * entrySize + 4, value, true);
  });
  // The mark comes last: without it a block would end where its zeros begin.
  bytes[bytes.length - 1] = mark;
  return blockOf(bytes);
}

/** None, if nobody has put any there. */
function entriesIn(block: Block): readonly Entry[] {
  const bytes = bytesOf(block);
  if (bytes.length % entrySize !== 1 || bytes.at(-1) !== mark) return [];
  const view = new DataView(bytes.buffer);
  return Array.from({ length: Math.floor(bytes.length / entrySize) }, (_, i) => ({
    key: u32(view.getUint32(i * entrySize, true)),
    value: u32(view.getUint32(i * entrySize + 4, true)),
  }));
}
