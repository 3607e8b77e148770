import { afterEach, beforeAll, expect, test } from 'vitest';
import { constant, type Term } from '../../src/logic/index.ts';
import { rules as executorRules } from '../../src/symbolic/execute/intrinsic.ts';
import { BlockSort } from '../../src/symbolic/execute/sorts.ts';
import type { Rules } from '../../src/symbolic/interpreter/frame.ts';
import { rules } from '../../src/symbolic/interpreter/interpret.ts';
import { obligations } from '../../src/symbolic/interpreter/outcome.ts';
import { BlockValue, type ObjectValue } from '../../src/symbolic/interpreter/value.ts';
import type { Intrinsic } from '../../src/symbolic/ir.ts';
import { makeBatch } from './batch.ts';
import { againstExecutor, againstInterpreter, type Case, isGivenUp, makeCase } from './compare.ts';
import { faults, intrinsicFaults } from './faults.ts';
import { ghostInExecutor, ghostInInterpreter, ghostInJavaScript } from './ghosts.ts';
import { faultyProgram, faultyRules } from './seed.ts';

const seed = 1;
/** A fault must be noticed within this many programs. */
const size = { classes: 50, entries: 20, strict: true };

let cases: readonly Case[] = [];

beforeAll(async () => {
  const made: Case[] = [];
  for (const program of makeBatch(seed, [0], size).programs)
    for (const input of [0, 1]) made.push((await makeCase(program, [seed, 0, input])).made);
  cases = made.filter((each) => !isLarge(each));
}, 600_000);

function isLarge(each: Case): boolean {
  try {
    againstExecutor(each);
    return false;
  } catch (error) {
    return isGivenUp(error);
  }
}

/** A run that an engine cannot go through with is noticed as well. */
function notices(run: () => string | undefined): boolean {
  try {
    return run() !== undefined;
  } catch {
    return true;
  }
}

const interpreterNotices = (wrong: Rules): boolean =>
  cases.some(
    (each) =>
      notices(() => againstInterpreter(each, wrong)) ||
      ghostInJavaScript(each) !== ghostInInterpreter(each, wrong),
  );

function executorNotices(change: (each: Case) => Case): boolean {
  return cases.some(
    (each) =>
      notices(() => againstExecutor(change(each))) ||
      notices(() =>
        ghostInJavaScript(each) === ghostInExecutor(change(each)) ? undefined : 'another value',
      ),
  );
}

test('without a fault nothing is noticed', () => {
  expect(interpreterNotices(rules)).toBe(false);
  expect(executorNotices((each) => each)).toBe(false);
});

test.each(faults.map((fault) => [fault.name, fault] as const))(
  'the interpreter: %s',
  (_name, fault) => {
    expect(interpreterNotices(faultyRules(fault))).toBe(true);
  },
);

const never = new Set(['invariant', 'measure']);

test.each(obligations.filter((each) => !never.has(each) && each !== 'choice'))(
  'the interpreter does not check: %s',
  (name) => {
    const left = new Set(obligations.filter((each) => each !== name));
    expect(interpreterNotices({ ...rules, obligations: left })).toBe(true);
  },
);

const { intrinsics, callees, expressions } = rules;
const otherRules: readonly (readonly [string, Rules])[] = [
  ['zeroBlock', { ...rules, intrinsics: { ...intrinsics, zeroBlock: () => new BlockValue('02') } }],
  [
    'stateOf',
    {
      ...rules,
      intrinsics: { ...intrinsics, stateOf: (given) => spoilt(intrinsics.stateOf(given)) },
    },
  ],
  [
    'and that always looks at both sides',
    {
      ...rules,
      intrinsics: {
        ...intrinsics,
        and: (given) => [given.boolean(0), given.boolean(1)].every((each) => each),
      },
    },
  ],
  [
    'or that always looks at both sides',
    {
      ...rules,
      intrinsics: {
        ...intrinsics,
        or: (given) => [given.boolean(0), given.boolean(1)].some((each) => each),
      },
    },
  ],
  [
    'self that is a copy from before',
    { ...rules, expressions: { ...expressions, self: (_node, frame) => firstSelf(frame.self!) } },
  ],
  [
    'a method that changes a copy of the object',
    {
      ...rules,
      callees: {
        ...callees,
        method: (callee, given, frame, at) =>
          callees.method(callee, given, { ...frame, self: frame.self!.copy() }, at),
      },
    },
  ],
  [
    'a function that is not called',
    { ...rules, callees: { ...callees, function: () => ({ kind: 'return', value: 0n }) } },
  ],
  [
    'an operation that is not done',
    { ...rules, callees: { ...callees, lower: () => ({ kind: 'return', value: 0n }) } },
  ],
  [
    'a choice of blocks',
    { ...rules, choices: { ...rules.choices, blocks: () => ({ kind: 'block' }) } },
  ],
  [
    'a choice of a block',
    { ...rules, choices: { ...rules.choices, block: () => ({ kind: 'blocks' }) } },
  ],
];

function spoilt(state: unknown): ObjectValue {
  const copy = (state as ObjectValue).copy();
  copy.fields.set('count', 123_456n);
  return copy;
}

const before = new WeakMap<ObjectValue, ObjectValue>();

function firstSelf(self: ObjectValue): ObjectValue {
  const known = before.get(self) ?? self.copy();
  before.set(self, known);
  return known;
}

test.each(otherRules)('the interpreter: %s', (_name, wrong) => {
  expect(interpreterNotices(wrong)).toBe(true);
});

const right = { ...executorRules };

afterEach(() => {
  Object.assign(executorRules, right);
});

test.each(faults.map((fault) => [fault.name, fault] as const))(
  'the executor: %s',
  (_name, fault) => {
    const known = new Map<object, Case['program']['entry']['program']>();
    const wrong = (each: Case): Case => {
      const { program } = each.program.entry;
      const taken = known.get(program) ?? faultyProgram(program, fault);
      known.set(program, taken);
      const entry = { ...each.program.entry, program: taken };
      return { ...each, program: { ...each.program, entry } };
    };
    expect(executorNotices(wrong)).toBe(true);
  },
);

/** Intrinsics that owe something. */
const owing: readonly Intrinsic[] = [
  ...(['add', 'subtract', 'multiply', 'divideFloor', 'remainder', 'toNumber'] as const),
  ...(['element', 'slice'] as const),
];

test.each(owing)('the executor owes nothing for %s', (name) => {
  executorRules[name] = (given, e, scope) => right[name](given, e, { ...scope, ghost: true });
  expect(executorNotices((each) => each)).toBe(true);
});

test('the executor: zeroBlock', () => {
  const wrong: Term = constant('another block', BlockSort);
  executorRules.zeroBlock = () => wrong;
  expect(executorNotices((each) => each)).toBe(true);
});

test('every intrinsic that a source is read as has a fault', () => {
  expect(Object.keys(intrinsicFaults).sort()).toEqual(
    Object.keys(intrinsics)
      .filter((name) => name !== 'with')
      .sort(),
  );
});
