import { forall, refinement } from 'plimsoll';
import { BitmapAllocator } from './code.ts';
import { Flags } from './flags.ts';
import { Allocator } from './spec.ts';

export const layer = refinement({
  promise: Allocator,
  code: BitmapAllocator,
  on: Flags,
  abstraction: (allocator, bits, code) =>
    same(allocator.used, bits.flags) &&
    same(code.used, bits.flags) &&
    0 <= code.full &&
    code.full <= code.used.length &&
    forall(0, code.full, (i) => code.used[i]!),
  crash: (before, after, bits) => same(before.used, bits.flags) || same(after.used, bits.flags),
  initially: (bits) => new Allocator(bits.flags.length),
});

/** Whether these are as many, and the same. */
function same(a: readonly boolean[], b: readonly boolean[]): boolean {
  return a.length === b.length && forall(0, a.length, (i) => a[i]! === b[i]!);
}
