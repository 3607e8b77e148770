import fc from 'fast-check';
import { expect, test } from 'vitest';
import { blockOf } from '../../model/block.ts';
import { keyOf, NotExplorable } from '../value.ts';
import { Sequences } from './sequences.ts';
import { Values } from './values.ts';

class Pair {
  constructor(left: unknown, right: unknown) {
    Object.assign(this, { left, right });
  }
}

class Other extends Pair {}

const hole = Object.freeze({});

/** Values of every kind, of few different contents: many pairs of them are equal, or nearly so. */
const { value } = fc.letrec<{ value: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom(0, -0, 1, -1, 2 ** 31, -(2 ** 31), 1.5, Number.NaN, 2 ** 53, Infinity),
    fc.constantFrom(true, false, null, undefined, 0n, 1n, 2n ** 70n, '', '1', '1n', 'NaN', hole),
    fc.uint8Array({ maxLength: 6, max: 1 }),
    fc.array(tie('value'), { maxLength: 3 }),
    fc.array(tie('value'), { maxLength: 2 }).map((items) => new Set(items)),
    fc.array(fc.tuple(tie('value'), tie('value')), { maxLength: 2 }).map((pairs) => new Map(pairs)),
    fc.dictionary(fc.constantFrom('a', 'b', '10', 'left'), tie('value'), { maxKeys: 2 }),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => new Pair(a, b)),
    fc.tuple(tie('value'), tie('value')).map(([a, b]) => new Other(a, b)),
  ),
}));

test('values have one number if, and only if, they have one key', () => {
  fc.assert(
    fc.property(fc.array(value, { maxLength: 30 }), (all) => {
      const values = new Values(hole);
      const known = new Map<string, number>();
      for (const one of [...all, ...all]) {
        const key = keyOf(one, hole);
        const number = known.get(key) ?? known.size;
        known.set(key, number);
        expect(values.number(one)).toBe(number);
      }
      expect(values.size).toBe(known.size);
    }),
    { numRuns: 500 },
  );
});

test('the order in which fields were written does not matter, the order in a map does', () => {
  const values = new Values();
  const first = values.number({ a: 1, b: 2 });
  expect(values.number({ b: 2, a: 1 })).toBe(first);
  const map = values.number(
    new Map([
      [1, 1],
      [2, 2],
    ]),
  );
  expect(
    values.number(
      new Map([
        [2, 2],
        [1, 1],
      ]),
    ),
  ).not.toBe(map);
});

test('blocks that differ in one byte, and lists that end elsewhere, are different', () => {
  const values = new Values();
  const different = [
    blockOf(Uint8Array.of(1, 2, 3, 4, 5)),
    blockOf(Uint8Array.of(1, 2, 3, 4, 6)),
    blockOf(Uint8Array.of(1, 2, 3, 5, 5)),
    blockOf(Uint8Array.of(1, 2, 3, 4)),
    [1, 2, 3, 4],
    [[1], [2, 3], 4],
    [[1], [2], 3, 4],
    [
      [1, 2],
      [3, 4],
    ],
    [7, 4, 1],
  ];
  expect(different.map((one) => values.number(one))).toEqual(different.map((_, i) => i));
});

test('refuses what keeps its state to itself, as copying does', () => {
  const values = new Values();
  expect(() => values.number({ at: new Date() })).toThrow(NotExplorable);
  expect(() => values.number({ at: () => 1 })).toThrow('a field holds a function');
  const around: { self?: unknown } = {};
  around.self = around;
  expect(() => values.number(around)).toThrow('a value contains itself');
});

test('sequences of any length are numbered as their texts are', () => {
  const word = fc.constantFrom(0, 1, -1);
  fc.assert(
    fc.property(fc.array(fc.array(word, { maxLength: 5 }), { maxLength: 400 }), (all) => {
      const sequences = new Sequences();
      const known = new Map<string, number>();
      for (const one of all) {
        const number = known.get(one.join()) ?? known.size;
        known.set(one.join(), number);
        // What stands behind the sequence is none of it.
        const words = Int32Array.from([...one, 9, 9]);
        expect(sequences.number(words, one.length)).toBe(number);
      }
      expect(sequences.size).toBe(known.size);
    }),
  );
});
