import { type Block, implies, sameBlocks, TwoDisks } from '../../model/index.ts';
import { refinement } from '../../refine/layer.ts';
import { Mirror } from './code.ts';
import { Disk } from './spec.ts';

export const mirror = refinement({
  promise: Disk,
  code: Mirror,
  on: TwoDisks,
  abstraction: (disk, pair) => holds(pair, disk.blocks),
  crash: (before, after, pair) =>
    holds(pair, before.blocks) ||
    holds(pair, after.blocks) ||
    (pair.firstWorks &&
      pair.secondWorks &&
      sameBlocks(pair.first, after.blocks) &&
      sameBlocks(pair.second, before.blocks)),
  initially: (pair) => new Disk(pair.firstWorks ? pair.first : pair.second),
});

/** Whether one disk works, and every disk that works has exactly these blocks. */
function holds(pair: TwoDisks, blocks: readonly Block[]): boolean {
  return (
    (pair.firstWorks || pair.secondWorks) &&
    implies(pair.firstWorks, sameBlocks(pair.first, blocks)) &&
    implies(pair.secondWorks, sameBlocks(pair.second, blocks))
  );
}
