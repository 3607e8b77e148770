import { type Block, forall, implies, refinement, sameBlock } from 'plimsoll';
import { Remap } from './code.ts';
import { Disk } from './spec.ts';
import { WornDisk } from './worn-disk.ts';

export const layer = refinement({
  promise: Disk,
  code: Remap,
  on: WornDisk,
  abstraction: (disk, worn, code) =>
    holds(worn, disk.blocks) &&
    0 <= code.unused &&
    code.unused <= worn.blocks.length &&
    forall(0, worn.table.length, (i) => worn.table[i]! < code.unused),
  crash: (before, after, worn) => holds(worn, before.blocks) || holds(worn, after.blocks),
  initially: (worn) => new Disk(worn.blocks.slice(0, worn.table.length)),
});

/** Whether the table leads to these blocks, to each of them by a place of its own. */
function holds(worn: WornDisk, blocks: readonly Block[]): boolean {
  return (
    worn.table.length === blocks.length &&
    worn.table.length <= worn.blocks.length &&
    forall(0, blocks.length, (i) => isPlace(worn, worn.table[i]!)) &&
    forall(0, blocks.length, (i) => sameBlock(worn.blocks[worn.table[i]!]!, blocks[i]!)) &&
    forall(0, blocks.length, (i) =>
      forall(0, blocks.length, (j) => implies(i !== j, worn.table[i]! !== worn.table[j]!)),
    )
  );
}

function isPlace(worn: WornDisk, place: number): boolean {
  return 0 <= place && place < worn.blocks.length;
}
