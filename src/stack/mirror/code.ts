/**
 * A mirrored disk: every block is on both disks, at the same address.
 *
 * At most one address can differ between the disks, the one that was being written when power
 * went. Recovery copies the first disk over the second, so it may be cut short and run again.
 */
import {
  type Block,
  type Disk,
  forall,
  implies,
  invariant,
  type Operations,
  sameBlock,
  stateOf,
  type TwoDisks,
  zeroBlock,
} from '../../model/index.ts';

export class Mirror implements Operations<Disk> {
  private readonly pair: Operations<TwoDisks>;

  constructor(pair: Operations<TwoDisks>) {
    this.pair = pair;
  }

  /** Makes both disks equal: all zeros. Disks of different sizes are refused. */
  init(): boolean {
    const first = this.pair.size(0);
    const second = this.pair.size(1);
    if (first !== null && second !== null && first !== second) return false;
    const size = first ?? second ?? 0;
    for (let address = 0; address < size; address++) {
      invariant(() => sized(stateOf<TwoDisks>(this.pair), size));
      invariant(() => agree(stateOf<TwoDisks>(this.pair), address));
      this.pair.write(0, address, zeroBlock);
      this.pair.write(1, address, zeroBlock);
    }
    return true;
  }

  read(address: number): Block {
    return this.pair.read(0, address) ?? this.pair.read(1, address) ?? zeroBlock;
  }

  write(address: number, block: Block): void {
    this.pair.write(0, address, block);
    // Power lost here leaves the new block on the first disk only: recovery finishes the write.
    this.pair.write(1, address, block);
  }

  size(): number {
    return this.pair.size(0) ?? this.pair.size(1) ?? 0;
  }

  recover(): void {
    const size = this.size();
    for (let address = 0; address < size; address++) {
      invariant(() => sized(stateOf<TwoDisks>(this.pair), size));
      invariant(() => agree(stateOf<TwoDisks>(this.pair), address));
      const block = this.pair.read(0, address);
      // With one disk dead there is nothing to bring in line.
      if (block === null) return;
      this.pair.write(1, address, block);
    }
  }
}

/** Whether each disk that works has `size` blocks. */
function sized(pair: TwoDisks, size: number): boolean {
  return (
    implies(pair.firstWorks, pair.first.length === size) &&
    implies(pair.secondWorks, pair.second.length === size)
  );
}

/** Whether the disks, if both work, agree below `end`. */
function agree(pair: TwoDisks, end: number): boolean {
  return implies(
    pair.firstWorks && pair.secondWorks,
    forall(0, end, (i) => sameBlock(pair.first[i]!, pair.second[i]!)),
  );
}
