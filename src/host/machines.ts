/** The operations of machines with caches, as hosts offer them. */
import type { Block } from '../model/index.ts';

export interface TwoCachedDisks {
  read(disk: 0 | 1, address: number): Block | null;
  write(disk: 0 | 1, address: number, block: Block): boolean;
  flush(disk: 0 | 1): boolean;
  size(disk: 0 | 1): number | null;
  behind(disk: 0 | 1): boolean | null;
  raise(disk: 0 | 1): boolean;
  level(disk: 0 | 1): boolean;
}
