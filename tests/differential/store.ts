/** The machine below every generated program: a bit of everything, with choices and errors. */
import {
  anyBlock,
  anyBlocks,
  anyBoolean,
  anyInteger,
  anyOf,
  type Block,
  requires,
  zeroBlock,
} from '../../src/model/index.ts';

export interface Point {
  readonly x: number;
  readonly y: number;
}

export class Busy extends Error {}
export class Lost extends Error {}

export class Store {
  count: number;
  items: number[];
  flag: boolean;
  place: Point | null;
  block: Block;
  names: Map<string, number>;

  constructor(items: readonly number[]) {
    this.count = 0;
    this.items = [...items];
    this.flag = false;
    this.place = null;
    this.block = zeroBlock;
    this.names = new Map<string, number>();
  }

  static initial(): Store {
    return new Store([1, 2, 3]);
  }

  total(): number {
    return this.count;
  }

  /** Adds within a small range, so that no sequence of programs leaves it. */
  add(value: number): number {
    if (value < 1000 && value > -1000 && this.count < 100000 && this.count > -100000)
      this.count += value;
    return this.count;
  }

  put(value: number): void {
    requires(value > -4);
    this.count = value;
  }

  flip(): boolean {
    this.flag = !this.flag;
    return this.flag;
  }

  at(index: number): number | undefined {
    return index < 0 || index >= this.items.length ? undefined : this.items[index]!;
  }

  push(value: number): void {
    if (this.items.length < 8) this.items.push(value);
  }

  replace(index: number, value: number): boolean {
    if (index < 0 || index >= this.items.length) return false;
    this.items[index] = value;
    return true;
  }

  name(text: string, value: number): number | undefined {
    const before = this.names.get(text);
    this.names.set(text, value);
    return before;
  }

  list(): readonly number[] {
    return [...this.items];
  }

  roll(): number {
    return anyInteger(0, 3);
  }

  any(): number {
    return this.items.length === 0 ? 0 : anyOf([...this.items]);
  }

  /** Null if the store is in a bad mood. */
  try(value: number): number | null {
    if (anyBoolean()) return null;
    this.count = Math.min(value, 100000);
    return this.count;
  }

  where(): Point | null {
    return this.place;
  }

  move(to: Point): void {
    this.place = { x: to.x, y: to.y };
  }

  read(): Block {
    return this.flag ? anyBlock() : this.block;
  }

  /** Any blocks at all. */
  scan(): readonly Block[] {
    return anyBlocks();
  }

  write(block: Block): boolean {
    this.block = block;
    return this.flag;
  }

  crash(): void {
    if (anyBoolean()) this.items = [];
    this.flag = false;
  }

  fault(): void {
    if (this.count === 13 && anyBoolean()) this.place = null;
  }
}
