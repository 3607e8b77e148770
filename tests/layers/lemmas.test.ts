/** Lemmas, functions with contracts, and codecs: what is false of them is never used. */
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { numberBlock } from '../../examples/number-block.ts';
import { StatementFailed, withChecks } from '../../src/model/ghost.ts';
import {
  blockOf,
  codec,
  ensures,
  NotAccepted,
  requires,
  use,
  zeroBlock,
} from '../../src/model/index.ts';
import { plimsoll, root } from '../command.ts';
import { holdLayers } from './hold.ts';

holdLayers('lemmas');

const fixture = (name: string) => join(root, 'tests/layers/fixtures/lemmas', `${name}.ts`);

describe('what is said of a wrong one', () => {
  test.each([
    ['ensures-false', 'what it ensures does not hold', 'what it ensures or requires: it is false'],
    ['opaque-lies', 'n: 0', 'what it ensures or requires: it is false'],
    [
      'circular-same-measure',
      'what it ensures does not hold',
      'what it ensures or requires: it is false',
    ],
    ['recursion-wrong-measure', 'the measure decreases', 'its proof, or what it requires'],
    ['requires-not-met', 'what it requires holds where it is used', 'an annotation'],
    ['opaque-overflows', 'the integer stays within its range', 'the code'],
  ])('%s', async (name, why, blame) => {
    const { exit, out } = await plimsoll(['prove', fixture(name)]);
    const said = out.replace(/\s+/g, ' ');
    expect(said).toContain(why);
    expect(said).toContain(`to blame, as far as can be told: ${blame}`);
    expect(exit).toBe(2);
  });

  test('of a codec, two values that are encoded alike', async () => {
    const { exit, out } = await plimsoll(['prove', fixture('codec-two-bytes')]);
    expect(out).toMatch(/number: two values are encoded alike: 65536 and 0, as 00 00 00 00 a5/);
    expect(exit).toBe(1);
  });
});

test('a codec of a module without layers is proved by itself', async () => {
  const { exit, out } = await plimsoll(['prove', join(root, 'examples/number-block.ts')]);
  expect(out).toMatch(/^proved {4}numberBlock/);
  expect(exit).toBe(0);
});

test('a codec throws the declared error for what it does not accept', () => {
  expect(() => numberBlock.encode(-1)).toThrow('the codec does not accept this value');
  const half = codec({
    bytes: 1,
    encode: (value: number) => Uint8Array.of(value),
    decode: (bytes) => bytes[0]!,
    accepts: (value) => value < 256,
  });
  expect(() => half.encode(256)).toThrow(NotAccepted);
  expect(half.decode(half.encode(255))).toBe(255);
});

test('every number comes back, and a block without one is seen', () => {
  for (const value of [0, 1, 255, 256, 2 ** 32, Number.MAX_SAFE_INTEGER])
    expect(numberBlock.decode(numberBlock.encode(value))).toBe(value);
  expect(numberBlock.decode(zeroBlock)).toBeNull();
  expect(numberBlock.decode(blockOf(Uint8Array.of(0, 0, 0, 0, 0, 0, 255, 0xa5)))).toBeNull();
});

describe('when run', () => {
  let calls = 0;
  const large = (n: number) => {
    requires(n >= 0);
    ensures(() => n > 5);
    calls++;
  };

  test('a lemma is not called', () => {
    use(() => large(1));
    expect(calls).toBe(0);
  });

  test('but where statements check themselves, outside of its condition it says nothing', () => {
    expect(() => withChecks(() => use(() => large(1)))).toThrow(StatementFailed);
    withChecks(() => use(() => large(-1)));
    withChecks(() => use(() => large(6)));
    expect(calls).toBe(1);
  });

  test('a contract may name its own function', () => {
    const next = (n: number): number => {
      ensures(() => next(n) === n + 1);
      return n + 2;
    };
    expect(next(1)).toBe(3);
    expect(() => withChecks(() => next(1))).toThrow('what a contract ensures does not hold');
  });
});
