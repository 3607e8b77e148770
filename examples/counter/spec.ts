/** The promise: a number that only goes up, and that no loss of power takes back. */
import { anyBoolean, anyInteger } from 'plimsoll/model';

export class Counter {
  value: number;

  constructor(value: number) {
    this.value = value;
  }

  static initial(): Counter {
    return new Counter(0);
  }

  read(): number {
    return this.value;
  }

  /** Adds one; false, and nothing, at the end of the numbers. */
  increment(): boolean {
    if (this.value === Number.MAX_SAFE_INTEGER) return false;
    this.value += 1;
    return true;
  }

  /** What was counted stays counted. */
  crash(): void {}
}

/**
 * What is trusted: two cells of a disk, each with a number and a checksum.
 *
 * A write is durable after the next flush. When power goes before that, the cell holds the old
 * number, the new one, or rubbish, which the checksum gives away: null.
 */
export class Cells {
  first: number | null;
  second: number | null;
  /** What a cell held at the last flush. */
  firstFlushed: number | null;
  secondFlushed: number | null;
  firstChanged: boolean;
  secondChanged: boolean;

  constructor(first: number | null, second: number | null) {
    this.first = first;
    this.second = second;
    this.firstFlushed = first;
    this.secondFlushed = second;
    this.firstChanged = false;
    this.secondChanged = false;
  }

  static initial(): Cells {
    const first = anyBoolean() ? null : anyInteger(0, 2);
    return new Cells(first, anyBoolean() ? null : anyInteger(0, 2));
  }

  read(cell: 0 | 1): number | null {
    return cell === 0 ? this.first : this.second;
  }

  write(cell: 0 | 1, value: number): void {
    if (cell === 0) {
      this.first = value;
      this.firstChanged = true;
    } else {
      this.second = value;
      this.secondChanged = true;
    }
  }

  flush(): void {
    this.firstFlushed = this.first;
    this.secondFlushed = this.second;
    this.firstChanged = false;
    this.secondChanged = false;
  }

  crash(): void {
    if (this.firstChanged && anyBoolean()) this.first = anyBoolean() ? this.firstFlushed : null;
    if (this.secondChanged && anyBoolean()) this.second = anyBoolean() ? this.secondFlushed : null;
    this.flush();
  }
}
