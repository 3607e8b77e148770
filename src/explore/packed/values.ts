/**
 * Values as sequences of words: the same for equal values, and for no others.
 *
 * It says of two values what `keyOf` says of them, and is several times faster: no text is made of
 * what is a small number already. Every sequence begins with what it is and how long, so none is
 * the beginning of another.
 */
import { admit, classTag, deeper, NotExplorable } from '../value.ts';
import { longer } from './records.ts';
import { Sequences } from './sequences.ts';

/** What comes next. Blocks and lists say how many there are in the bits above. */
const kinds = {
  hole: 0,
  nothing: 1,
  missing: 2,
  no: 3,
  yes: 4,
  integer: 5,
  /** A number, text or big integer that has a number of its own. */
  other: 6,
  bytes: 7,
  list: 8,
  map: 9,
  set: 10,
  object: 11,
} as const;

/** The names of the fields of some objects, in the order in which they were found. */
interface Shape {
  readonly names: readonly string[];
  readonly sorted: readonly string[];
  readonly number: number;
}

const plain = {};

/** Values numbered in the order in which they are first seen. */
export class Values {
  private readonly sequences = new Sequences();
  private scratch: Int32Array = new Int32Array(256);
  private used = 0;
  private readonly hole: object | undefined;
  private readonly shapes = new Map<object, readonly Shape[]>();
  /** Shapes, and numbers, texts and big integers that are no small integers. */
  private readonly others = new Map<string, number>();

  constructor(hole?: object) {
    this.hole = hole;
  }

  get size(): number {
    return this.sequences.size;
  }

  number(value: unknown): number {
    this.used = 0;
    this.write(value, 0);
    return this.sequences.number(this.scratch, this.used);
  }

  private put(word: number): void {
    if (this.used === this.scratch.length) this.scratch = longer(this.scratch, this.used + 1);
    this.scratch[this.used++] = word;
  }

  private write(value: unknown, depth: number): void {
    if (typeof value === 'object') {
      if (value === null) this.put(kinds.nothing);
      else if (value === this.hole) this.put(kinds.hole);
      else this.object(value, deeper(depth));
    } else if (typeof value === 'number' && (value | 0) === value) {
      this.put(kinds.integer);
      this.put(value);
    } else if (typeof value === 'boolean') this.put(value ? kinds.yes : kinds.no);
    else if (value === undefined) this.put(kinds.missing);
    else if (typeof value === 'function' || typeof value === 'symbol')
      throw new NotExplorable(`a field holds a ${typeof value}`);
    else {
      this.put(kinds.other);
      this.put(this.numberOf(`${typeof value} ${value}`));
    }
  }

  private object(value: object, depth: number): void {
    if (value instanceof Uint8Array) this.bytes(value);
    else if (Array.isArray(value)) {
      this.put(kinds.list);
      this.put(value.length);
      for (let i = 0; i < value.length; i++) this.write(value[i], depth);
    } else if (value instanceof Map || value instanceof Set) {
      this.put(value instanceof Map ? kinds.map : kinds.set);
      this.put(value.size);
      for (const item of value) this.write(item, depth);
    } else this.fields(value as Record<string, unknown>, depth);
  }

  private bytes(value: Uint8Array): void {
    this.put(kinds.bytes);
    this.put(value.length);
    for (let at = 0; at < value.length; at += 4)
      this.put(
        value[at]! |
          ((value[at + 1] ?? 0) << 8) |
          ((value[at + 2] ?? 0) << 16) |
          ((value[at + 3] ?? 0) << 24),
      );
  }

  private fields(value: Record<string, unknown>, depth: number): void {
    const { sorted, number } = this.shapeOf(value);
    this.put(kinds.object);
    this.put(number);
    for (const name of sorted) this.write(value[name], depth);
  }

  private shapeOf(value: object): Shape {
    const prototype = Object.getPrototypeOf(value) ?? plain;
    const known = this.shapes.get(prototype) ?? [];
    const names = Object.keys(value);
    for (const shape of known) if (same(shape.names, names)) return shape;
    admit(value);
    const sorted = names.toSorted();
    const number = this.numberOf(`object ${classTag(value)}${JSON.stringify(sorted)}`);
    const shape = { names, sorted, number };
    this.shapes.set(prototype, [...known, shape]);
    return shape;
  }

  /** A number for what is named by a text. */
  private numberOf(text: string): number {
    const known = this.others.get(text);
    if (known !== undefined) return known;
    this.others.set(text, this.others.size);
    return this.others.size - 1;
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
}
