/** Sizes, alignments and offsets, as the layout string of a module gives them. */
import type { StructType, Type } from './type.ts';

export class Layout {
  readonly #integers: readonly (readonly [width: number, align: number])[];
  readonly #offsets = new Map<StructType, readonly number[]>();

  constructor(text: string) {
    const given = new Map([
      [1, 1],
      [8, 1],
      [16, 2],
      [32, 4],
      [64, 4],
    ]);
    for (const part of text.split('-')) {
      const found = /^i([0-9]+):([0-9]+)/.exec(part);
      if (found) given.set(Number(found[1]), Math.max(1, Number(found[2]) / 8));
    }
    this.#integers = [...given].sort(([a], [b]) => a - b);
  }

  /** The bytes that a value takes up in an array. */
  size(type: Type): number {
    const align = this.align(type);
    return Math.ceil(this.stored(type) / align) * align;
  }

  /** The bytes that a store writes. */
  stored(type: Type): number {
    switch (type.kind) {
      case 'integer':
        return Math.ceil(type.width / 8);
      case 'pointer':
        return 8;
      case 'array':
        return type.count * this.size(type.element);
      case 'struct':
        return this.#structSize(type);
      default:
        throw new Error(`${type.kind} has no size`);
    }
  }

  align(type: Type): number {
    switch (type.kind) {
      case 'integer':
        return this.#integerAlign(type.width);
      case 'pointer':
        return 8;
      case 'array':
        return this.align(type.element);
      case 'struct':
        return type.packed ? 1 : Math.max(1, ...type.fields.map((field) => this.align(field)));
      default:
        return 1;
    }
  }

  /** Where the fields of a structure begin. */
  offsets(type: StructType): readonly number[] {
    const known = this.#offsets.get(type);
    if (known !== undefined) return known;
    let next = 0;
    const offsets = type.fields.map((field) => {
      const align = type.packed ? 1 : this.align(field);
      const offset = Math.ceil(next / align) * align;
      next = offset + this.size(field);
      return offset;
    });
    this.#offsets.set(type, offsets);
    return offsets;
  }

  #structSize(type: StructType): number {
    const last = type.fields.at(-1);
    if (last === undefined) return 0;
    const end = this.offsets(type).at(-1)! + this.size(last);
    const align = this.align(type);
    return Math.ceil(end / align) * align;
  }

  /** A width that is not named is aligned as the next larger one, or as the largest. */
  #integerAlign(width: number): number {
    const found = this.#integers.find(([one]) => one >= width) ?? this.#integers.at(-1)!;
    return found[1];
  }
}
