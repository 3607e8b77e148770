import { expect, test } from 'vitest';
import { blockOf, zeroBlock } from '../model/block.ts';
import {
  anyBlock,
  anyBlocks,
  anyBoolean,
  anyInteger,
  anyOf,
  withChooser,
} from '../model/choice.ts';
import { assume } from '../model/ghost.ts';
import { Choices, Diverged, every, TooMany } from './choices.ts';

const sample = { blocks: [zeroBlock, blockOf(Uint8Array.of(1))], length: 2 };
const valuesOf = <T>(body: () => T) => every(sample, body).ways.map((way) => way.value);

test('every sequence of choices is taken once, in order', () => {
  const body = () => (anyBoolean() ? `b${anyInteger(5, 7)}` : anyOf(['x', 'y']));
  expect(valuesOf(body)).toEqual(['x', 'y', 'b5', 'b6', 'b7']);
  expect(valuesOf(anyBlock)).toHaveLength(2);
  expect(valuesOf(anyBlocks)).toHaveLength(1 + 2 + 4);
});

test('the answers of a way lead there again', () => {
  const body = () => [anyInteger(0, 2), anyBoolean(), anyInteger(0, 3)];
  for (const { value, picks } of every(sample, body).ways)
    expect(withChooser(new Choices(sample, picks), body)).toEqual(value);
});

test('where the answers end, the first is taken', () => {
  const choices = new Choices(sample, [1]);
  expect(withChooser(choices, () => [anyInteger(0, 2), anyInteger(3, 4)])).toEqual([1, 3]);
  expect(choices.taken()).toEqual([1, 0]);
});

test('an answer that does not fit is an error', () => {
  expect(() => withChooser(new Choices(sample, [2]), anyBoolean)).toThrow(Diverged);
});

test('ways without an answer, or ruled out, are left out', () => {
  const { ways, stuck } = every(sample, () => {
    const n = anyInteger(0, 3);
    assume(n !== 1, 'a test');
    return n === 2 ? anyOf([]) : n;
  });
  expect(ways.map((way) => way.value)).toEqual([0, 3]);
  expect(stuck?.name).toBe('NoChoice');
});

test('too many possibilities are not tried', () => {
  expect(() => every(sample, () => anyInteger(0, 2 ** 40))).toThrow(TooMany);
});
