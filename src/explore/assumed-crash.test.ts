/** Answers that a crash rules out lead nowhere; they do not end the search. */
import { expect, test } from 'vitest';
import { assume } from '../model/ghost.ts';
import { anyInteger } from '../model/index.ts';
import { Choices, Diverged } from './choices.ts';
import { failPower } from './store.ts';

class Odd {
  left = 0;
  crash(): void {
    this.left = anyInteger(0, 3);
    assume(this.left % 2 === 1, 'odd');
  }
}

const sample = { blocks: [], length: 0 };
const fail = (pick: number) => {
  const machine = new Odd();
  failPower(machine as never, new Choices(sample, [pick]));
  return machine.left;
};

test('a crash takes the answers that it is given, or diverges', () => {
  expect(fail(1)).toBe(1);
  expect(fail(3)).toBe(3);
  expect(() => fail(2)).toThrow(Diverged);
  expect(() => fail(2)).toThrow('a crash does not go so: odd');
});
