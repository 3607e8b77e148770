import { expect, test } from 'vitest';
import { blockOf } from './block.ts';
import { everyKey, sameEntries, visited } from './maps.ts';

const prices = new Map([
  ['b', 2],
  ['a', 1],
]);

test('the same entries in another order', () => {
  expect(sameEntries(prices, new Map([...prices].reverse()))).toBe(true);
  expect(sameEntries(new Set([1, 2]), new Set([2, 1]))).toBe(true);
});

test('another value, another key, one more', () => {
  expect(sameEntries(prices, new Map(prices).set('a', 2))).toBe(false);
  expect(sameEntries(new Set(['1']), new Set<string | number>([1]))).toBe(false);
  expect(sameEntries(prices, new Map(prices).set('c', 3))).toBe(false);
  expect(sameEntries(new Map([['a', undefined]]), new Map([['b', undefined]]))).toBe(false);
});

test('values are compared by content', () => {
  const one = (byte: number) => new Map([[0, blockOf(Uint8Array.of(byte))]]);
  expect(sameEntries(one(1), one(1))).toBe(true);
  expect(sameEntries(one(1), one(2))).toBe(false);
});

test('what was visited is what comes before', () => {
  expect([...visited(prices, 'b')]).toEqual([]);
  expect([...visited(prices, 'a')]).toEqual([['b', 2]]);
  expect([...visited(new Set([3, 1]), 1)]).toEqual([3]);
});

test('every key', () => {
  expect(everyKey(prices, (key) => key < 'c')).toBe(true);
  expect(everyKey(new Set([1, 2]), (key) => key < 2)).toBe(false);
});
