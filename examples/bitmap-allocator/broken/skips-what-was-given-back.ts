// expect: refuted
// because: free() leaves `full` where it is; a block before it is never handed out again
import { forall, invariant, type Operations, refinement, stateOf } from 'plimsoll';
import { Flags } from '../flags.ts';
import { Allocator } from '../spec.ts';

export class BitmapAllocator implements Operations<Allocator> {
  private readonly bits: Operations<Flags>;
  /** What the bits say. */
  used: boolean[] = [];
  /** Every block before this one is used. */
  full = 0;

  constructor(bits: Operations<Flags>) {
    this.bits = bits;
  }

  init(): boolean {
    const size = this.bits.size();
    for (let index = 0; index < size; index++) {
      invariant(() => stateOf<Flags>(this.bits).flags.length === size);
      invariant(() => forall(0, index, (i) => !stateOf<Flags>(this.bits).flags[i]!));
      this.bits.set(index, false);
    }
    this.recover();
    return true;
  }

  allocate(): number | null {
    const index = this.firstFree();
    if (index === null) return null;
    this.bits.set(index, true);
    this.used[index] = true;
    this.full = index + 1;
    return index;
  }

  free(index: number): void {
    if (index < 0 || index >= this.used.length) return;
    this.bits.set(index, false);
    this.used[index] = false;
  }

  recover(): void {
    const used: boolean[] = [];
    const size = this.bits.size();
    for (let index = 0; index < size; index++) {
      invariant(() => used.length === index);
      invariant(() => forall(0, index, (i) => used[i]! === stateOf<Flags>(this.bits).flags[i]!));
      used.push(this.bits.get(index));
    }
    this.used = used;
    this.full = 0;
  }

  private firstFree(): number | null {
    for (let index = this.full; index < this.used.length; index++) {
      invariant(() => forall(0, index, (i) => this.used[i]!));
      if (this.used[index] === false) return index;
    }
    return null;
  }
}

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
