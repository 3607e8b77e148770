import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Hash, longer, mixed, Records } from './records.ts';

/** The worst: every record collides with every other; then a few places for many records. */
const hashes: readonly (Hash | undefined)[] = [
  undefined,
  () => 0,
  (words, from) => words[from]! & 3,
  () => -1,
];

/** Few different words, so that records come again and differ in one word only. */
const word = fc.constantFrom(0, 1, -1, 2 ** 31 - 1, -(2 ** 31), 7);
const stream = fc
  .integer({ min: 1, max: 5 })
  .chain((width) =>
    fc.tuple(
      fc.constant(width),
      fc.array(fc.array(word, { minLength: width, maxLength: width }), { maxLength: 300 }),
    ),
  );

test('numbers records as a map from texts does, whatever the hash, growing from nothing', () => {
  fc.assert(
    fc.property(stream, fc.constantFrom(...hashes), ([width, all], hash) => {
      const records = new Records(width, hash, 1);
      const known = new Map<string, number>();
      for (const one of all) {
        const text = one.join(' ');
        const number = known.get(text) ?? known.size;
        known.set(text, number);
        expect(records.add(one)).toBe(number);
        expect(records.size).toBe(known.size);
      }
      for (const [text, number] of known)
        expect(Array.from({ length: width }, (_, at) => records.word(number, at)).join(' ')).toBe(
          text,
        );
    }),
  );
});

test('keeps thousands of records apart that fall on one another', () => {
  const records = new Records(2, (words, from) => words[from]! & 0xf, 1);
  for (let round = 0; round < 2; round++)
    for (let i = 0; i < 4000; i++) expect(records.add([i >> 4, i & 15])).toBe(i);
});

/** Records that differ little, as states do. */
const families: readonly ((i: number) => readonly number[])[] = [
  (i) => [i],
  (i) => [i << 16],
  (i) => [0, i << 8, 0],
  (i) => [i & 0xff, i >> 8],
  (i) => [(i & 0xff) << 24, 0, i >> 8],
];

test.each(families)('the hash it has by itself spreads records that differ little: %s', (of) => {
  const places = new Set<number>();
  const many = 65_536;
  for (let i = 0; i < many; i++) {
    const one = Int32Array.from(of(i));
    places.add(mixed(one, 0, one.length) & (many - 1));
  }
  // Thrown at random, 63 of 100 places are hit.
  expect(places.size).toBeGreaterThan(many * 0.55);
});

test('what grows keeps what it holds', () => {
  const short = Int32Array.of(1, 2, 3);
  expect(longer(short, 3)).toBe(short);
  expect([...longer(short, 4)].slice(0, 4)).toEqual([1, 2, 3, 0]);
});
