/** The operations of machines with caches, as hosts offer them. */
import type { Block } from '../model/index.ts';

export interface TearingDisk {
  read(address: number): Block;
  write(address: number, block: Block): void;
  flush(): void;
  size(): number;
}

export interface TwoCachedDisks {
  read(disk: 0 | 1, address: number): Block | null;
  write(disk: 0 | 1, address: number, block: Block): boolean;
  flush(disk: 0 | 1): boolean;
  size(disk: 0 | 1): number | null;
  epoch(disk: 0 | 1): number | null;
  mark(disk: 0 | 1, epoch: number): boolean;
}
