/** One case for each operator, flag, predicate and conversion, with what C says of it. */

import type { Rules } from '../../src/llvm/interpreter/rules.ts';
import { intrinsicCases } from './intrinsic-cases.ts';

export type Table = keyof Rules;

export interface RuleCase {
  readonly name: string;
  /** The entry of the rules that decides it. */
  readonly table: Table;
  readonly key: string;
  readonly instruction: (width: number) => string;
  /** Lines before it. */
  readonly before?: (width: number) => string;
  readonly declaration?: (width: number) => string;
  readonly result: (width: number) => number;
  /** C over a, b (unsigned), s, t (signed): when there is no result, and what it is. */
  readonly poison: string;
  readonly fault: string;
  readonly value: string;
  readonly widths: readonly number[];
}

export const widths = [3, 8, 13, 16, 32, 33, 64] as const;

const zeroDivisor = 'b == 0';
const badDivision = 'b == 0 || (s == LOWEST && t == -1)';
const far = 'b >= WIDTH';

interface Operator {
  readonly value: string;
  readonly poison?: string;
  readonly fault?: string;
  readonly flags?: Readonly<Record<string, string>>;
}

const operators: Readonly<Record<string, Operator>> = {
  add: { value: 'a + b', flags: overflows('add') },
  sub: { value: 'a - b', flags: overflows('sub') },
  mul: { value: 'a * b', flags: overflows('mul') },
  shl: {
    value: 'a << b',
    poison: far,
    flags: { nsw: '((S)(U)(a << b) >> b) != s', nuw: '((U)(a << b) >> b) != a' },
  },
  udiv: { value: 'a / b', fault: zeroDivisor, flags: { exact: 'a % b != 0' } },
  sdiv: { value: 's / t', fault: badDivision, flags: { exact: 's % t != 0' } },
  urem: { value: 'a % b', fault: zeroDivisor },
  srem: { value: 's % t', fault: badDivision },
  lshr: { value: 'a >> b', poison: far, flags: { exact: '(U)((a >> b) << b) != a' } },
  ashr: { value: 's >> b', poison: far, flags: { exact: '(U)((a >> b) << b) != a' } },
  and: { value: 'a & b' },
  or: { value: 'a | b', flags: { disjoint: '(a & b) != 0' } },
  xor: { value: 'a ^ b' },
};

function overflows(name: string): Readonly<Record<string, string>> {
  return {
    nsw: `({ S r; __builtin_${name}_overflow(s, t, &r); })`,
    nuw: `({ U r; __builtin_${name}_overflow(a, b, &r); })`,
  };
}

const signs = { gt: '>', ge: '>=', lt: '<', le: '<=' };

const predicates: Readonly<Record<string, string>> = {
  eq: 'a == b',
  ne: 'a != b',
  ...Object.fromEntries(Object.entries(signs).map(([k, sign]) => [`u${k}`, `a ${sign} b`])),
  ...Object.fromEntries(Object.entries(signs).map(([k, sign]) => [`s${k}`, `s ${sign} t`])),
};

const same = (width: number) => width;
const none = '0';

function operatorCases(): RuleCase[] {
  return Object.entries(operators).flatMap(([opcode, own]) => {
    const { value, poison = none, fault = none, flags = {} } = own;
    const make = (flag: string, table: Table, key: string, objection: string): RuleCase => ({
      name: `${opcode}${flag && `_${flag}`}${table === 'values' || flag ? '' : `_${table}`}`,
      table,
      key,
      instruction: (width) => `${opcode} ${flag} i${width} %a, %b`,
      result: same,
      poison: poison === none ? objection : `(${poison}) || (${objection})`,
      fault,
      value,
      widths,
    });
    return [
      make('', 'values', opcode, none),
      ...(fault === none ? [] : [make('', 'faults', opcode, none)]),
      ...(poison === none ? [] : [make('', 'limits', opcode, none)]),
      ...Object.entries(flags).map(([flag, text]) =>
        make(flag, 'flags', `${opcode} ${flag}`, text),
      ),
    ];
  });
}

function predicateCases(): RuleCase[] {
  const plain = Object.entries(predicates).map(([key, value]) => compareCase(key, '', value, none));
  const sign = compareCase('slt', 'samesign', 's < t', '(s < 0) != (t < 0)');
  return [...plain, { ...sign, table: 'flags', key: 'icmp samesign' }];
}

function compareCase(key: string, flag: string, value: string, poison: string): RuleCase {
  return {
    name: `icmp_${key}${flag && `_${flag}`}`,
    table: 'predicates',
    key,
    instruction: (width) => `icmp ${flag} ${key} i${width} %a, %b`,
    result: () => 1,
    poison,
    fault: none,
    value,
    widths,
  };
}

/** To the width that follows, or from it. */
export const partner = (width: number) => (width > 16 ? width + 31 : width * 2 - 1);

function castCases(): RuleCase[] {
  const make = (
    opcode: 'zext' | 'sext',
    flag: string,
    value: string,
    poison: string,
  ): RuleCase => ({
    name: `${opcode}${flag && `_${flag}`}`,
    table: flag ? 'flags' : 'casts',
    key: flag ? `${opcode} ${flag}` : opcode,
    instruction: (width) => `${opcode} ${flag} i${width} %a to i${partner(width)}`,
    result: partner,
    poison,
    fault: none,
    value,
    widths: widths.filter((width) => partner(width) <= 64),
  });
  const trunc = (flag: string, poison: string): RuleCase => ({
    name: `trunc${flag && `_${flag}`}`,
    table: flag ? 'flags' : 'casts',
    key: flag ? `trunc ${flag}` : 'trunc',
    instruction: (width) => `trunc ${flag} i${width} %a to i${width - 2}`,
    result: (width) => width - 2,
    poison,
    fault: none,
    value: '(unsigned _BitInt(WIDTH - 2))a',
    widths: widths.filter((width) => width > 3),
  });
  return [
    make('zext', '', 'a', none),
    make('zext', 'nneg', 'a', 's < 0'),
    make('sext', '', '(u64)(i64)s', none),
    trunc('', none),
    trunc('nuw', '(U)(unsigned _BitInt(WIDTH - 2))a != a'),
    trunc('nsw', '(S)(_BitInt(WIDTH - 2))s != s'),
  ];
}

export const ruleCases: readonly RuleCase[] = [
  ...operatorCases(),
  ...predicateCases(),
  ...castCases(),
  ...intrinsicCases,
];

/** C functions that give, for each case and width, 1 for poison, 2 for a fault, and the result. */
export function oracle(cases: readonly RuleCase[]): string {
  const functions = cases.flatMap((one) =>
    one.widths.map((width) => {
      const types = `#define U unsigned _BitInt(${width})\n#define S _BitInt(${width})\n`;
      const lowest = `#define WIDTH ${width}\n#define LOWEST ((S)((U)1 << (WIDTH - 1)))\n`;
      const reset = '#undef U\n#undef S\n#undef WIDTH\n#undef LOWEST\n';
      const values = 'U a = x, b = y; S s = (S)a, t = (S)b; (void)s; (void)t; (void)b;';
      const state = `if (${one.fault}) return 2; return (${one.poison}) ? 1 : 0;`;
      const head = (kind: string) => `u64 ${kind}_${one.name}_${width}(u64 x, u64 y)`;
      return [
        `${types}${lowest}${head('state')} { ${values} ${state} }`,
        `${head('value')} { ${values} return (u64)(${one.value}); }`,
        reset,
      ].join('\n');
    }),
  );
  return `typedef unsigned long long u64; typedef long long i64;\n${functions.join('\n')}`;
}

/** The same cases as IR. */
export function irOf(cases: readonly RuleCase[]): string {
  const functions = cases.flatMap((one) =>
    one.widths.map((width) => {
      const result = `i${one.result(width)}`;
      const type = `i${width}`;
      const before = one.before ? `${one.before(width)}\n  ` : '';
      const body = `${before}%r = ${one.instruction(width)}\n  ret ${result} %r`;
      return `define ${result} @${one.name}_${width}(${type} %a, ${type} %b) {\n  ${body}\n}`;
    }),
  );
  const declared = cases.flatMap(({ declaration, widths: own }) =>
    declaration ? own.map(declaration) : [],
  );
  return `target datalayout = "e-m:e-i64:64-i128:128-n8:16:32:64-S128"
target triple = "x86_64-unknown-linux-gnu"
${[...functions, ...new Set(declared)].join('\n')}\n`;
}
