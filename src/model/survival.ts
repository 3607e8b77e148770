import { type Block, sameBlock } from './block.ts';
import { exists, forall } from './ghost.ts';
import { isSealed } from './seal.ts';

/**
 * What a volatile cache loses, for every machine that has one.
 *
 * Each write that was not flushed may have reached the medium or not, whatever became of the
 * others. So every block, on its own, is left with one of the contents it has had since the last
 * flush. `present` is what reads see, `older` are the contents of the whole disk before each write
 * since that flush. A write that changes several blocks is torn by the same sentence.
 */
export function mayBeLeft(
  left: readonly Block[],
  present: readonly Block[],
  older: readonly (readonly Block[])[],
): boolean {
  return (
    left.length === present.length &&
    forall(
      0,
      left.length,
      (i) =>
        sameBlock(left[i]!, present[i]!) ||
        exists(0, older.length, (j) => sameBlock(left[i]!, older[j]![i]!)),
    )
  );
}

/**
 * The same of a cache that may also tear a block: one that has had two contents since the last
 * flush may be left as a mixture of them. Nobody knows what that is, but that it is not sealed.
 */
export function mayBeLeftOrTorn(
  left: readonly Block[],
  present: readonly Block[],
  older: readonly (readonly Block[])[],
): boolean {
  return (
    left.length === present.length &&
    forall(
      0,
      left.length,
      (i) =>
        sameBlock(left[i]!, present[i]!) ||
        exists(
          0,
          older.length,
          (j) =>
            sameBlock(left[i]!, older[j]![i]!) ||
            (!isSealed(left[i]!) && !sameBlock(older[j]![i]!, present[i]!)),
        ),
    )
  );
}
