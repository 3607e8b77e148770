import { expect, test } from 'vitest';
import { numberOfText, textOfNumber } from './text.ts';

const texts = ['', 'a', 'b', 'ab', 'ba', 'root', 'Root', '1', '\0', '\uffff', 'aa', '😀', '`'];

test('every text has a number of its own', () => {
  expect(new Set(texts.map(numberOfText)).size).toBe(texts.length);
  for (const text of texts) expect(textOfNumber(numberOfText(text))).toBe(text);
});

test('every number is one of a text', () => {
  for (const number of [0n, 1n, 2n, 65_535n, 65_536n, 65_537n, 2n ** 40n])
    expect(numberOfText(textOfNumber(number))).toBe(number);
  expect([0n, 1n, 2n].map(textOfNumber)).toEqual(['', 'a', 'b']);
});
