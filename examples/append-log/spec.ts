import { anyBlocks, type u32 } from 'plimsoll';

/** The promise: a list that grows and is never lost; a crash finds an append done or not done. */
export class Log {
  values: u32[];
  /** The most values there can be. */
  readonly capacity: number;

  constructor(capacity: number) {
    this.values = [];
    this.capacity = capacity;
  }

  /** Nothing yet, and room for any number of values. */
  static initial(): Log {
    return new Log(anyBlocks().length);
  }

  /** Puts a value at the end; false, and nothing happens, if the log is full. */
  append(value: u32): boolean {
    if (this.values.length >= this.capacity) return false;
    this.values.push(value);
    return true;
  }

  /** The value at `index`, counted from the first; null if there is none. */
  get(index: number): u32 | null {
    return 0 <= index && index < this.values.length ? this.values[index]! : null;
  }

  /** How many values there are. */
  length(): number {
    return this.values.length;
  }

  /** What was appended is durable: nothing is lost. */
  crash(): void {}
}
