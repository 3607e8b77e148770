import { describe, expect, test } from 'vitest';
import type * as ir from '../ir.ts';
import type { Expression, Intrinsic, Program, Statement, Type } from '../ir.ts';
import { answer } from './choices.ts';
import { interpret, type Options } from './interpret.ts';
import { ObjectValue, type Value, zeroBlock } from './value.ts';

const at = { file: '/a.ts', line: 1, column: 1, endLine: 1, endColumn: 2 };
const safe: Type = { kind: 'integer', range: 'safe' };
const big: Type = { kind: 'integer', range: 'big' };
const u8: Type = { kind: 'integer', range: 'u8' };
const boolean: Type = { kind: 'boolean' };
const numbers: Type = { kind: 'array', element: safe, mutable: true };
const bytes: Type = { kind: 'bytes' };
const self: Expression = { at, type: { kind: 'object', class: '/a.ts#C' }, kind: 'self' };

const constant = (value: boolean | bigint, type: Type = safe): Expression => ({
  at,
  type: typeof value === 'boolean' ? boolean : type,
  kind: 'constant',
  value,
});
const variable = (name: string, type: Type = safe): Expression => ({
  at,
  type,
  kind: 'variable',
  variable: name,
});
const field = (name: string): Expression => ({ at, type: safe, kind: 'field', of: self, name });
const apply = (name: Intrinsic, type: Type, ...given: Expression[]): Expression => ({
  at,
  type,
  kind: 'apply',
  function: name,
  arguments: given,
});
const assign = (name: string, value: Expression): Statement => ({
  at,
  kind: 'assign',
  variable: name,
  value,
  ghost: false,
});
const give = (value: Expression): Statement => ({ at, kind: 'return', value });

function program(body: readonly Statement[], more: readonly ir.Function[] = []): Program {
  const main: ir.Function = {
    key: 'main',
    name: 'main',
    at,
    parameters: [{ variable: 'x', type: safe, at }],
    returns: { kind: 'union', of: [safe, big, boolean, numbers, bytes, { kind: 'undefined' }] },
    body,
    pure: false,
    ghost: false,
    async: false,
  };
  const functions = new Map([main, ...more].map((f) => [f.key, f]));
  return {
    functions,
    classes: new Map(),
    layers: [],
    stacks: [],
    codecs: new Map(),
    files: new Map(),
  };
}

function run(body: readonly Statement[], options: Partial<Options> = {}) {
  return interpret(program(body), 'main', { arguments: [7n], ...options });
}

const returned = (value: Value) => ({ kind: 'returned', value });
const violated = (obligation: string) => ({ kind: 'violated', obligation, at });

describe('an expression', () => {
  const numbersOf = (...values: bigint[]): Expression => ({
    at,
    type: numbers,
    kind: 'array',
    elements: values.map((value) => constant(value)),
  });
  const two = numbersOf(4n, 5n);
  const greatest = constant(2n ** 53n - 1n);
  test.each<[string, Expression, object]>([
    ['adds', apply('add', safe, variable('x'), constant(1n)), returned(8n)],
    ['stays safe', apply('add', safe, greatest, constant(1n)), violated('range')],
    ['may be big', apply('add', big, greatest, constant(1n)), returned(2n ** 53n)],
    [
      'is safe at every step',
      apply('subtract', safe, apply('add', safe, greatest, constant(1n)), constant(1n)),
      violated('range'),
    ],
    ['divides down', apply('divideFloor', safe, constant(-7n), constant(2n)), returned(-4n)],
    [
      'divides by something',
      apply('divideFloor', safe, greatest, constant(0n)),
      violated('division'),
    ],
    ['has a remainder', apply('remainder', safe, constant(7n), constant(4n)), returned(3n)],
    [
      'takes no remainder of what is negative',
      apply('remainder', safe, constant(-7n), constant(4n)),
      violated('division'),
    ],
    ['wraps', apply('wrap', u8, constant(-1n)), returned(255n)],
    ['is an element', apply('element', safe, two, constant(1n)), returned(5n)],
    ['is within bounds', apply('element', safe, two, constant(2n)), violated('bounds')],
    ['is a slice', apply('slice', numbers, two, constant(1n), constant(2n)), returned([5n])],
    [
      'is a slice within bounds',
      apply('slice', numbers, two, constant(1n), constant(0n)),
      violated('bounds'),
    ],
    ['drops nothing of nothing', apply('dropLast', numbers, numbersOf()), violated('bounds')],
    ['has no negative length', apply('zeroBytes', bytes, constant(-1n)), violated('bounds')],
    [
      'narrows with an obligation',
      { at, type: u8, kind: 'convert', value: constant(256n) },
      violated('narrowing'),
    ],
    [
      'does not look at the second where the first decides',
      apply(
        'and',
        boolean,
        constant(false),
        apply('less', boolean, apply('element', safe, two, constant(9n)), two),
      ),
      returned(false),
    ],
  ])('%s', (_name, value, outcome) => {
    expect(run([give(value)]).outcome).toEqual(outcome);
  });
});

describe('a loop', () => {
  const below = apply('less', boolean, variable('i'), variable('x'));
  const next = assign('i', apply('add', safe, variable('i'), constant(1n)));
  const loop = (body: readonly Statement[], invariant: Expression): Statement => ({
    at,
    kind: 'loop',
    before: [],
    condition: below,
    body,
    after: [next],
    invariants: [{ at, holds: invariant, automatic: false }],
    measure: { at, value: apply('subtract', safe, variable('x'), variable('i')), automatic: true },
  });
  const start = assign('i', constant(0n));
  const end = give(variable('i'));

  test('turns until its condition is false', () => {
    expect(run([start, loop([], constant(true)), end]).outcome).toEqual(returned(7n));
  });

  test('goes on with its last part after continue, and not after break', () => {
    const body = (kind: 'break' | 'continue') => loop([{ at, kind }], constant(true));
    expect(run([start, body('continue'), end]).outcome).toEqual(returned(7n));
    expect(run([start, body('break'), end]).outcome).toEqual(returned(0n));
  });

  test('keeps its invariant, also when it ends', () => {
    expect(run([start, loop([], below), end]).outcome).toEqual(violated('invariant'));
  });

  test('makes its measure smaller with every turn', () => {
    const back = assign('i', apply('subtract', safe, variable('i'), constant(1n)));
    expect(run([start, loop([back], constant(true)), end]).outcome).toEqual(violated('measure'));
  });

  test('is given up at a limit', () => {
    const back = assign('i', constant(-1n));
    const body = [start, loop([back], constant(true)), end];
    expect(run(body, { checkLoops: false }).outcome).toMatchObject({ kind: 'stuck' });
  });
});

describe('an effect', () => {
  const put = (value: Expression): Statement => ({
    at,
    kind: 'call',
    callee: { kind: 'lower', operation: 'put' },
    arguments: [value],
  });
  const body = [put(constant(1n)), put(variable('x')), give(field('total'))];

  function withLower(options: Partial<Options>) {
    const effects: Value[] = [];
    const result = run(body, {
      self: new ObjectValue('/a.ts#C', [['total', 3n]]),
      lower: { call: () => ({ kind: 'returned', value: undefined }) },
      onEffect: (_operation, given) => effects.push(given[0]),
      ...options,
    });
    return { ...result, effects };
  }

  test('reaches the machine below, in order', () => {
    expect(withLower({})).toMatchObject({ outcome: returned(3n), effects: [1n, 7n] });
  });

  test('does not happen when power is lost before it', () => {
    const { outcome, effects } = withLower({ crashBefore: 1 });
    expect(outcome).toEqual({ kind: 'crashed', before: 1, at });
    expect(effects).toEqual([1n]);
  });

  test('may throw', () => {
    const lower: Options['lower'] = { call: () => ({ kind: 'threw', error: 'Bad' }) };
    expect(withLower({ lower }).outcome).toEqual({ kind: 'threw', error: 'Bad' });
  });
});

describe('a choice', () => {
  const choose = (low: bigint, high: bigint): Statement => ({
    at,
    kind: 'choose',
    variable: 'c',
    type: safe,
    choice: { kind: 'integer', low: constant(low), high: constant(high) },
  });
  const picks = { pick: () => 2, blocks: [zeroBlock], length: 1 };

  test('is answered by a number', () => {
    const body = [choose(5n, 8n), give(variable('c'))];
    const { outcome } = run(body, { choose: (request) => answer(request, picks) });
    expect(outcome).toEqual(returned(7n));
  });

  test('has an answer', () => {
    expect(run([choose(5n, 4n)]).outcome).toEqual(violated('choice'));
  });
});

test('an error is caught by the handler that names it', () => {
  const handlers = [{ error: 'Mine', body: [give(constant(1n))] }];
  const thrown = (error: string): Statement => ({
    at,
    kind: 'try',
    body: [{ at, kind: 'throw', error }],
    handlers,
  });
  expect(run([thrown('Mine')]).outcome).toEqual(returned(1n));
  expect(run([thrown('Other')]).outcome).toEqual({ kind: 'threw', error: 'Other' });
});

test('a wrong rule is a wrong result', async () => {
  const { rules } = await import('./interpret.ts');
  const wrong = { ...rules, intrinsics: { ...rules.intrinsics, add: () => 0n } };
  const body = [give(apply('add', safe, variable('x'), constant(1n)))];
  expect(run(body, { rules: wrong }).outcome).toEqual(returned(0n));
});
