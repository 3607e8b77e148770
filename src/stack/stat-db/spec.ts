/** The promise: the mean of the numbers so far. They are in memory, and gone when power goes. */
import { anyInteger, type u32 } from '../../model/index.ts';

/** The length of the longest array. */
export const most = 4_294_967_295;

export class StatDb {
  numbers: u32[] = [];
  sum = 0;

  static initial(): StatDb {
    return new StatDb();
  }

  /** False, and nothing, if there are as many as there can be, or the sum would not be safe. */
  add(number: u32): boolean {
    if (this.numbers.length >= most || Number.MAX_SAFE_INTEGER - this.sum < number) return false;
    this.numbers.push(number);
    this.sum += number;
    return true;
  }

  /** The mean, rounded down; null if there are no numbers. */
  mean(): number | null {
    const count = this.numbers.length;
    return count === 0 ? null : Math.floor(this.sum / count);
  }

  crash(): void {
    this.numbers = [];
    this.sum = 0;
  }
}

/** What is below: two variables in memory. */
export class Accumulators {
  sum: number;
  count: number;

  constructor(sum: number, count: number) {
    this.sum = sum;
    this.count = count;
  }

  static initial(): Accumulators {
    return new Accumulators(anyInteger(0, 1), anyInteger(0, 1));
  }

  readSum(): number {
    return this.sum;
  }

  readCount(): number {
    return this.count;
  }

  writeSum(sum: number): void {
    this.sum = sum;
  }

  writeCount(count: number): void {
    this.count = count;
  }

  /** Memory is empty when power is back. */
  crash(): void {
    this.sum = 0;
    this.count = 0;
  }
}
