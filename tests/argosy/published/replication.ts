/** Replication as published: a disk on two disks. Recovery stops at the first block it repairs. */
import {
  type Block,
  Disk,
  type Operations,
  sameBlock,
  sameBlocks,
  zeroBlock,
} from '../../../src/model/index.ts';
import { type MachineClass, refinement } from '../../../src/refine/layer.ts';
import type { LastingPair } from './machines.ts';

export type ReplicationMutant = 'no recovery' | 'recovery skips the last block';

/** The layer on pairs that last, or that fail. */
export function replication(on: MachineClass<LastingPair>, mutant?: ReplicationMutant) {
  class Replication implements Operations<Disk> {
    private readonly pair: Operations<LastingPair>;

    constructor(pair: Operations<LastingPair>) {
      this.pair = pair;
    }

    init(): boolean {
      const first = this.pair.size(0);
      const second = this.pair.size(1);
      if (first !== null && second !== null && first !== second) return false;
      const size = first ?? second;
      if (size === null) return false;
      for (let address = size - 1; address >= 0; address--) this.write(address, zeroBlock);
      return true;
    }

    read(address: number): Block {
      return this.pair.read(0, address) ?? this.pair.read(1, address) ?? zeroBlock;
    }

    write(address: number, block: Block): void {
      this.pair.write(0, address, block);
      this.pair.write(1, address, block);
    }

    size(): number {
      return this.pair.size(0) ?? this.pair.size(1) ?? 0;
    }

    recover(): void {
      if (mutant === 'no recovery') return;
      const last = this.size() - (mutant === 'recovery skips the last block' ? 2 : 1);
      for (let address = last; address >= 0; address--) {
        const first = this.pair.read(0, address);
        const second = this.pair.read(1, address);
        if (first === null || second === null) return;
        if (sameBlock(first, second)) continue;
        this.pair.write(1, address, first);
        return;
      }
    }
  }

  return refinement({
    promise: Disk,
    code: Replication,
    on,
    abstraction: (disk, pair) => {
      const blocks = contentOf(pair);
      return blocks !== undefined && sameBlocks(disk.blocks, blocks);
    },
    initially: (pair) => new Disk(contentOf(pair) ?? []),
  });
}

/** What the disks of a pair hold, if each holds the same. */
export function contentOf({ first, second }: LastingPair): readonly Block[] | undefined {
  if (first && second && !sameBlocks(first, second)) return undefined;
  return first ?? second ?? undefined;
}
