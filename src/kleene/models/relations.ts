/** Finite relations as rows of bits: the concrete model of everything here. */

export class Relation {
  readonly rows: number;
  readonly columns: number;
  readonly #width: number;
  readonly #bits: Uint32Array;

  private constructor(rows: number, columns: number, bits?: Uint32Array) {
    this.rows = rows;
    this.columns = columns;
    this.#width = (columns + 31) >>> 5;
    this.#bits = bits ?? new Uint32Array(rows * this.#width);
  }

  static empty(rows: number, columns = rows): Relation {
    return new Relation(rows, columns);
  }

  static full(rows: number, columns = rows): Relation {
    return Relation.where(rows, columns, () => true);
  }

  static identity(size: number): Relation {
    return Relation.test(size, () => true);
  }

  /** Stays where it is, where the test holds. */
  static test(size: number, holds: (state: number) => boolean): Relation {
    const result = new Relation(size, size);
    for (let state = 0; state < size; state++) if (holds(state)) result.#set(state, state);
    return result;
  }

  static where(
    rows: number,
    columns: number,
    related: (row: number, column: number) => boolean,
  ): Relation {
    const result = new Relation(rows, columns);
    for (let row = 0; row < rows; row++)
      for (let column = 0; column < columns; column++)
        if (related(row, column)) result.#set(row, column);
    return result;
  }

  static of(rows: number, columns: number, pairs: Iterable<readonly [number, number]>): Relation {
    const result = new Relation(rows, columns);
    for (const [row, column] of pairs) {
      if (!(row >= 0 && row < rows && column >= 0 && column < columns))
        throw new RangeError(`(${row}, ${column}) is not in a relation of ${rows} by ${columns}`);
      result.#set(row, column);
    }
    return result;
  }

  has(row: number, column: number): boolean {
    return ((this.#bits[row * this.#width + (column >>> 5)]! >>> (column & 31)) & 1) === 1;
  }

  /** Row by row, and in each from the first column on. */
  *[Symbol.iterator](): Generator<[number, number]> {
    for (let at = 0; at < this.#bits.length; at++) {
      const row = Math.floor(at / this.#width);
      const first = 32 * (at % this.#width);
      for (let word = this.#bits[at]!; word !== 0; word &= word - 1)
        yield [row, first + 31 - Math.clz32(word & -word)];
    }
  }

  union(other: Relation): Relation {
    this.#sameShape(other);
    return this.#combined(other, (one, two) => one | two);
  }

  intersection(other: Relation): Relation {
    this.#sameShape(other);
    return this.#combined(other, (one, two) => one & two);
  }

  minus(other: Relation): Relation {
    this.#sameShape(other);
    return this.#combined(other, (one, two) => one & ~two);
  }

  compose(next: Relation): Relation {
    if (this.columns !== next.rows)
      throw new RangeError(`${this.columns} states do not meet ${next.rows}`);
    const result = new Relation(this.rows, next.columns);
    const width = this.#width;
    for (let row = 0; row < this.rows; row++)
      for (let i = 0; i < width; i++)
        for (let word = this.#bits[row * width + i]!; word !== 0; word &= word - 1)
          result.#addRow(row, next, 32 * i + 31 - Math.clz32(word & -word));
    return result;
  }

  /** Any number of times, also none (Warshall). */
  star(): Relation {
    if (this.rows !== this.columns)
      throw new RangeError('only what ends where it starts can be repeated');
    const result = new Relation(this.rows, this.columns, this.#bits.slice());
    for (let middle = 0; middle < this.rows; middle++) {
      for (let row = 0; row < this.rows; row++)
        if (result.has(row, middle)) result.#addRow(row, result, middle);
    }
    for (let state = 0; state < this.rows; state++) result.#set(state, state);
    return result;
  }

  converse(): Relation {
    return Relation.where(this.columns, this.rows, (row, column) => this.has(column, row));
  }

  /** Those that are related to something, as a test. */
  domain(): Relation {
    return Relation.test(this.rows, (row) => {
      for (let i = 0; i < this.#width; i++)
        if (this.#bits[row * this.#width + i] !== 0) return true;
      return false;
    });
  }

  within(other: Relation): boolean {
    this.#sameShape(other);
    for (let i = 0; i < this.#bits.length; i++)
      if ((this.#bits[i]! & ~other.#bits[i]!) !== 0) return false;
    return true;
  }

  equals(other: Relation): boolean {
    return this.within(other) && other.within(this);
  }

  #set(row: number, column: number): void {
    this.#bits[row * this.#width + (column >>> 5)]! |= 1 << (column & 31);
  }

  #addRow(row: number, from: Relation, other: number): void {
    const width = from.#width;
    for (let i = 0; i < width; i++) this.#bits[row * width + i]! |= from.#bits[other * width + i]!;
  }

  #combined(other: Relation, combine: (one: number, two: number) => number): Relation {
    const bits = this.#bits.slice();
    for (let i = 0; i < bits.length; i++) bits[i] = combine(bits[i]!, other.#bits[i]!);
    return new Relation(this.rows, this.columns, bits);
  }

  #sameShape(other: Relation): void {
    if (this.rows !== other.rows || this.columns !== other.columns)
      throw new RangeError(
        `${this.rows} by ${this.columns} is not ${other.rows} by ${other.columns}`,
      );
  }
}
