/** The rules of the interpreter, and those on terms, against what C says, run as WebAssembly. */
import { beforeAll, describe, expect, test } from 'vitest';
import { toWasm } from '../../src/llvm/compile.ts';
import { termRules } from '../../src/llvm/execute/arithmetic.ts';
import type { Result } from '../../src/llvm/interpreter/intrinsics.ts';
import { Machine } from '../../src/llvm/interpreter/machine.ts';
import { type Rules, rules } from '../../src/llvm/interpreter/rules.ts';
import { UndefinedBehaviour } from '../../src/llvm/interpreter/undefined.ts';
import { readModule } from '../../src/llvm/reader/read.ts';
import { Random } from '../../src/llvm/testing/random.ts';
import { load } from '../../src/llvm/testing/webassembly.ts';
import { bits, no, type Term, yes } from '../../src/logic/index.ts';
import { multiply128 } from './generate.ts';
import { irOf, oracle, type RuleCase, ruleCases } from './rule-cases.ts';

const seed = Number(process.env.SEED ?? 1);
/** For each of the widths: at least 200 for an operator in all of them. */
const inputs = Number(process.env.C_PROGRAMS ?? 60);

type Answer = bigint | 'poison' | 'fault' | 'broken';
type Oracle = (one: RuleCase, width: number, a: bigint, b: bigint) => Answer;
type Engine = Oracle;

let asked: Oracle;
const module = readModule(irOf(ruleCases), 'rules.ll');

beforeAll(async () => {
  const source = { main: 'o.c', files: { 'o.c': multiply128 + oracle(ruleCases) } };
  const exports = await load(await toWasm(source, 0));
  asked = (one, width, a, b) => {
    const call = (kind: string) =>
      (exports[`${kind}_${one.name}_${width}`] as (a: bigint, b: bigint) => bigint)(a, b);
    const state = call('state');
    if (state !== 0n) return state === 1n ? 'poison' : 'fault';
    return BigInt.asUintN(one.result(width), call('value'));
  };
});

function interpreter(own: Rules): Engine {
  const machine = new Machine(module, { rules: own });
  return (one, width, a, b) => {
    try {
      const result = machine.call(`${one.name}_${width}`, [a, b]);
      return typeof result === 'bigint' ? result : 'poison';
    } catch (error) {
      if (error instanceof UndefinedBehaviour) return 'fault';
      // A rule that is wrong may ask the engine to divide by zero.
      if (error instanceof RangeError) return 'broken';
      throw error;
    }
  };
}

/** Terms of literals are folded to literals, so the executor's rules can be run, too. */
const terms: Engine = (one, width, a, b) => {
  const [x, y] = [bits(width, a), bits(width, b)];
  const [opcode = '', flag] = one.table === 'predicates' ? ['icmp'] : one.key.split(' ');
  const holds = (rule: ((a: Term, b: Term) => Term) | undefined, right = y) =>
    rule !== undefined && truth(rule(x, right));
  const operator = opcode as keyof typeof termRules.values;
  if (holds(termRules.faults[operator])) return 'fault';
  if (holds(termRules.limits[operator])) return 'poison';
  const to = one.result(width);
  if (flag && holds(termRules.flags[one.key], opcode === 'trunc' ? bits(to, 0) : y))
    return 'poison';
  if (opcode === 'icmp') {
    const key = (flag ? 'slt' : one.key) as keyof typeof termRules.predicates;
    return truth(termRules.predicates[key](x, y)) ? 1n : 0n;
  }
  if (operator in termRules.values) return literal(termRules.values[operator](x, y));
  return literal(termRules.casts[opcode as keyof typeof termRules.casts](x, to));
};

function literal(term: Term): bigint {
  if (term.operator !== 'bits') throw new Error(`not folded: ${term.operator}`);
  return BigInt.asUintN(term.sort.kind === 'bits' ? term.sort.width : 0, term.value);
}

function truth(term: Term): boolean {
  if (term !== yes && term !== no) throw new Error(`not folded: ${term.operator}`);
  return term === yes;
}

/** The first input on which an engine and C differ. */
function difference(one: RuleCase, engine: Engine): string | undefined {
  for (const width of one.widths) {
    const random = new Random(seed + width);
    for (let i = 0; i < inputs; i++) {
      const [a, b] = pair(width, random);
      const [own, expected] = [engine(one, width, a, b), asked(one, width, a, b)];
      if (own !== expected) return `${one.name} i${width} ${a} ${b}: ${own}, C says ${expected}`;
    }
  }
  return undefined;
}

/** Numbers near the ends, equal ones, ones without a common bit, small ones, any. */
function pair(width: number, random: Random): [bigint, bigint] {
  const high = 1n << BigInt(width - 1);
  const edge = () =>
    BigInt.asUintN(width, random.pick([0n, high, -1n, high - 1n]) + BigInt(random.below(3)) - 1n);
  const a = random.chance(40) ? edge() : random.bits(width);
  const kind = random.below(6);
  if (kind === 0) return [a, a];
  if (kind === 1) return [a, BigInt.asUintN(width, ~a)];
  if (kind === 2) return [a, BigInt.asUintN(width, BigInt(random.below(width + 2)))];
  if (kind === 3) return [BigInt.asUintN(width, BigInt(random.below(40))), edge()];
  if (kind === 4) {
    const small = BigInt(1 + random.below(3));
    return [BigInt.asUintN(width, small * random.bits(width >> 1)), small];
  }
  return [a, random.chance(50) ? edge() : random.bits(width)];
}

describe.for(ruleCases.map((one) => [one.name, one] as const))('%s', ([, one]) => {
  test('is what C says', () => {
    expect(one.widths.length * inputs).toBeGreaterThanOrEqual(inputs >= 60 ? 200 : 0);
    expect(difference(one, interpreter(rules))).toBeUndefined();
    if (one.table !== 'intrinsics') expect(difference(one, terms)).toBeUndefined();
  });

  test('a fault in its rule is noticed', () => {
    const wrong = wrongOnes(one);
    expect(wrong.length).toBeGreaterThan(0);
    for (const own of wrong) expect(difference(one, interpreter(own))).toBeDefined();
  });
});

const tables = [
  'values',
  'faults',
  'limits',
  'flags',
  'predicates',
  'casts',
  'intrinsics',
] as const;

test('every rule is the rule of a case', () => {
  const tested = new Set(ruleCases.map(({ table, key }) => `${table} ${key}`));
  const all = tables.flatMap((table) => Object.keys(rules[table]).map((key) => `${table} ${key}`));
  expect(all.filter((one) => !tested.has(one))).toEqual([]);
  expect(Object.keys(termRules.flags)).toEqual(expect.arrayContaining(Object.keys(rules.flags)));
});

type Any = (...args: never[]) => unknown;

/** The rules with one of them wrong, in each of several ways. */
function wrongOnes({ table, key }: RuleCase): Rules[] {
  const right = (rules[table] as Readonly<Record<string, Any>>)[key] as (
    ...args: unknown[]
  ) => unknown;
  const changed = (rule: (...args: unknown[]) => unknown): Rules => ({
    ...rules,
    [table]: { ...rules[table], [key]: rule },
  });
  if (table === 'predicates') return [changed((...args) => !right(...args))];
  if (table === 'values') return [changed((...args) => (right(...args) as bigint) ^ 1n)];
  if (table === 'intrinsics') return [changed((...args) => wrongResult(right(...args) as Result))];
  if (table === 'casts') return [changed((...args) => (right(...args) as bigint) ^ 1n)];
  return [changed(() => undefined), changed(() => 'never right')];
}

function wrongResult(result: Result): Result {
  if ('pair' in result) return { pair: [result.pair[0] ^ 1n, !result.pair[1]] };
  return 'value' in result ? { value: result.value ^ 1n } : { value: 0n };
}
