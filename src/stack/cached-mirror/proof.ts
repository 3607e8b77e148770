import {
  type Block,
  forall,
  implies,
  mayBeLeftOrTorn,
  sameBlocks,
  TwoCachedDisks,
} from '../../model/index.ts';
import { refinement } from '../../refine/layer.ts';
import { CachedMirror } from './code.ts';
import { TearingDisk } from './spec.ts';

export const cachedMirror = refinement({
  promise: TearingDisk,
  code: CachedMirror,
  on: TwoCachedDisks,
  abstraction: (disk, pair, code) =>
    within(disk, pair) &&
    code.first === !pair.firstBehind &&
    code.second === !pair.secondBehind &&
    implies(code.first, sameBlocks(pair.first, disk.blocks)) &&
    implies(code.second, sameBlocks(pair.second, disk.blocks)),
  crash: (before, after, pair) => within(before, pair) || within(after, pair),
  initially: (pair) => new TearingDisk(pair.first),
});

/** Whatever may be left of a disk that is not behind may be left of what is promised. */
function within(promised: TearingDisk, pair: TwoCachedDisks): boolean {
  const first = !pair.firstBehind;
  const second = !pair.secondBehind;
  return (
    ((first && pair.firstWorks) || (second && pair.secondWorks)) &&
    implies(first, fewer(promised, pair.first, pair.firstOlder)) &&
    implies(second, fewer(promised, pair.second, pair.secondOlder))
  );
}

type Blocks = readonly Block[];

function fewer(promised: TearingDisk, blocks: Blocks, older: readonly Blocks[]): boolean {
  return (
    mayBeLeftOrTorn(blocks, promised.blocks, promised.older) &&
    forall(0, older.length, (i) => mayBeLeftOrTorn(older[i]!, promised.blocks, promised.older))
  );
}
