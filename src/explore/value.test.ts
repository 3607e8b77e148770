import { describe, expect, test } from 'vitest';
import { blockOf, zeroBlock } from '../model/block.ts';
import { decode, encode } from './encode.ts';
import { show } from './show.ts';
import { copy, keyOf, NotExplorable, Sampler } from './value.ts';

class Pair {
  left: unknown;
  right: unknown;

  constructor(left: unknown, right: unknown) {
    this.left = left;
    this.right = right;
  }
}

const one = blockOf(Uint8Array.of(1));

/** Values of which no two are equal. */
const different: readonly unknown[] = [
  null,
  undefined,
  true,
  false,
  0,
  1,
  -1,
  0.5,
  Number.NaN,
  Number.POSITIVE_INFINITY,
  1n,
  '',
  'block',
  '1',
  [],
  [0],
  [[0]],
  [0, undefined],
  {},
  { a: 1 },
  { a: 1, b: [2] },
  { a: undefined },
  { block: '01' },
  { big: '1' },
  { undefined: true },
  { record: { block: '' } },
  { map: [] },
  zeroBlock,
  one,
  blockOf(Uint8Array.of(1, 0, 2)),
  [zeroBlock, one],
  { block: one },
  new Map([[1, 'a']]),
  new Map([[1, { a: [one] }]]),
  new Set([1, 2]),
];

test('equal values have the same key, different ones do not', () => {
  const keys = [...different, new Pair(1, 2), new Pair(2, 1)].map((value) => keyOf(value));
  expect(new Set(keys).size).toBe(keys.length);
  expect(keyOf({ b: 1, a: 2 })).toBe(keyOf({ a: 2, b: 1 }));
  expect(keyOf(-0)).toBe(keyOf(0));
});

test('a copy is equal and shares nothing', () => {
  for (const value of different) expect(copy(value)).toEqual(value);
  const value = new Pair([one], { inner: new Pair([], new Map([[1, [2]]])) });
  const made = copy(value);
  expect(made).toBeInstanceOf(Pair);
  expect(keyOf(made)).toBe(keyOf(value));
  (made.left as unknown[]).push(0);
  expect(value.left).toEqual([one]);
});

test('one object in a value may be replaced', () => {
  const [from, to] = [{}, {}];
  expect(copy(new Pair(from, [from]), from, to)).toEqual(new Pair(to, [to]));
  expect((copy(new Pair(from, 1), from, to) as Pair).left).toBe(to);
});

describe('values that hide their state are refused', () => {
  class Hidden {
    #state = 0;
    next() {
      return ++this.#state;
    }
  }
  const circle: unknown[] = [];
  circle.push(circle);
  test.for([new Date(), /a/, () => 0, Promise.resolve(), new Hidden(), circle])('%s', (value) => {
    expect(() => copy({ value })).toThrow(NotExplorable);
    expect(() => keyOf({ value })).toThrow(NotExplorable);
  });
});

test('values are written as JSON and read back', () => {
  for (const value of different) {
    const text = JSON.stringify(encode(value));
    expect(keyOf(decode(JSON.parse(text)))).toBe(keyOf(value));
  }
  expect(encode([one, 2n, undefined])).toEqual([
    { block: '01' },
    { big: '2' },
    { undefined: true },
  ]);
});

test('a template gives objects their classes back', () => {
  const value = new Pair([new Pair(1, one)], 3);
  const back = decode(encode(value), new Pair([new Pair(0, 0)], 0));
  expect(keyOf(back)).toBe(keyOf(value));
  expect(back).toEqual(value);
});

test('a sampler finds what is beyond the base', () => {
  const sampler = new Sampler({ blocks: [zeroBlock], length: 1 });
  expect(sampler.beyond([zeroBlock], 7)).toBeUndefined();
  const beyond = sampler.beyond(new Pair([one], [zeroBlock, one]));
  expect(sampler.widen(beyond)).toEqual({ blocks: [zeroBlock, one], length: 2 });
  expect(sampler.widen(undefined, beyond)).toBe(sampler.widen(beyond));
  expect(sampler.widen(undefined).blocks).toEqual([zeroBlock]);
});

test('values are shown on one line', () => {
  const value = new Pair([zeroBlock, one], { a: 1n, b: 'text', c: null });
  expect(show(value)).toBe("Pair { left: [zeros, #01], right: { a: 1n, b: 'text', c: null } }");
});
