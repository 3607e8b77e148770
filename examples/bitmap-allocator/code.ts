/**
 * A bitmap of used blocks, one bit each, with a copy in memory that is searched.
 *
 * A bit is changed before the copy is: whatever was answered is durable. Recovery reads the copy.
 */
import { forall, invariant, type Operations, stateOf } from 'plimsoll';
import type { Flags } from './flags.ts';
import type { Allocator } from './spec.ts';

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
    if (index < this.full) this.full = index;
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
