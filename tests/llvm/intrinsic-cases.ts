/** Intrinsics, and what C says of them. */
import type { RuleCase } from './rule-cases.ts';

const narrow = [8, 13, 16, 32, 33, 64];

/** Of two numbers of one width. */
const pairs: Readonly<Record<string, string>> = {
  umin: 'a < b ? a : b',
  umax: 'a > b ? a : b',
  smin: 's < t ? s : t',
  smax: 's > t ? s : t',
  'uadd.sat': '({ U r; __builtin_add_overflow(a, b, &r) ? (U)-1 : r; })',
  'usub.sat': 'a < b ? (U)0 : a - b',
  'sadd.sat': '({ S r; __builtin_add_overflow(s, t, &r) ? (s < 0 ? LOWEST : ~LOWEST) : r; })',
  'ssub.sat': '({ S r; __builtin_sub_overflow(s, t, &r) ? (s < 0 ? LOWEST : ~LOWEST) : r; })',
  expect: 'a',
};

const singles: Readonly<Record<string, string>> = {
  ctpop: '__builtin_popcountll(a)',
  bitreverse: '__builtin_bitreverse64(a) >> (64 - WIDTH)',
  bswap: '__builtin_bswap64(a) >> (64 - WIDTH)',
};

/** With a second argument that says whether one number has no result. */
const partial: Readonly<Record<string, readonly [value: string, none: string]>> = {
  ctlz: ['a ? __builtin_clzll(a) - (64 - WIDTH) : WIDTH', 'a == 0'],
  cttz: ['a ? __builtin_ctzll(a) : WIDTH', 'a == 0'],
  abs: ['s < 0 ? -(u64)(i64)s : (u64)s', 's == LOWEST'],
};

const funnels: Readonly<Record<string, string>> = {
  fshl: '({ U n = b % WIDTH; n ? (U)(a << n) | (b >> (WIDTH - n)) : a; })',
  fshr: '({ U n = b % WIDTH; n ? (U)(a << (WIDTH - n)) | (b >> n) : b; })',
};

interface Shape {
  readonly base: string;
  readonly suffix?: string;
  readonly value: string;
  readonly arguments: (type: string) => string;
  readonly parameters: (type: string) => string;
  readonly poison?: string;
  readonly result?: (width: number) => number;
  readonly widths?: readonly number[];
}

const two = (type: string) => `${type} %a, ${type} %b`;
const twoTypes = (type: string) => `${type}, ${type}`;

function shaped(shape: Shape): RuleCase {
  const { base, value, widths = narrow, result = (width: number) => width } = shape;
  const called = (width: number) =>
    result(width) === width ? `@llvm.${base}.i${width}` : `@llvm.${base}.i8.i${width}`;
  return {
    name: `${base.replaceAll('.', '_')}${shape.suffix ?? ''}`,
    table: 'intrinsics',
    key: base,
    instruction: (width) =>
      `call i${result(width)} ${called(width)}(${shape.arguments(`i${width}`)})`,
    declaration: (width) =>
      `declare i${result(width)} ${called(width)}(${shape.parameters(`i${width}`)})`,
    result,
    poison: shape.poison ?? '0',
    fault: '0',
    value,
    widths,
  };
}

function overflowing(sign: string, name: string, item: 0 | 1): RuleCase {
  const base = `${sign}${name}.with.overflow`;
  const [type, left, right] = sign === 's' ? ['S', 's', 't'] : ['U', 'a', 'b'];
  const call = `__builtin_${name}_overflow(${left}, ${right}, &r)`;
  const pair = (width: number) => `{ i${width}, i1 }`;
  const whole = (width: number) => `@llvm.${base}.i${width}`;
  return {
    name: `${base.replaceAll('.', '_')}_${item}`,
    table: 'intrinsics',
    key: base,
    before: (width) => `%q = call ${pair(width)} ${whole(width)}(${two(`i${width}`)})`,
    instruction: (width) => `extractvalue ${pair(width)} %q, ${item}`,
    declaration: (width) => `declare ${pair(width)} ${whole(width)}(i${width}, i${width})`,
    result: (width) => (item === 1 ? 1 : width),
    poison: '0',
    fault: '0',
    value: item === 1 ? `({ ${type} r; ${call}; })` : `({ ${type} r; ${call}; r; })`,
    widths: narrow,
  };
}

export const intrinsicCases: readonly RuleCase[] = [
  ...Object.entries(pairs).map(([base, value]) =>
    shaped({ base, value, arguments: two, parameters: twoTypes }),
  ),
  ...Object.entries(singles).map(([base, value]) =>
    shaped({
      base,
      value,
      arguments: (type) => `${type} %a`,
      parameters: (type) => type,
      widths: base === 'bswap' ? [16, 32, 48, 64] : narrow,
    }),
  ),
  ...Object.entries(partial).flatMap(([base, [value, poison]]) =>
    [false, true].map((strict) =>
      shaped({
        base,
        suffix: strict ? '_strict' : '',
        value,
        poison: strict ? poison : '0',
        arguments: (type) => `${type} %a, i1 ${strict}`,
        parameters: (type) => `${type}, i1`,
      }),
    ),
  ),
  ...Object.entries(funnels).map(([base, value]) =>
    shaped({
      base,
      value,
      arguments: (type) => `${type} %a, ${type} %b, ${type} %b`,
      parameters: (type) => `${type}, ${type}, ${type}`,
    }),
  ),
  ...['u', 's'].flatMap((sign) => [
    ...['add', 'sub', 'mul'].flatMap((name) =>
      ([0, 1] as const).map((item) => overflowing(sign, name, item)),
    ),
    shaped({
      base: `${sign}cmp`,
      value: sign === 's' ? 's < t ? -1 : s > t' : 'a < b ? -1 : a > b',
      arguments: two,
      parameters: twoTypes,
      result: () => 8,
      widths: [13, 16, 32, 33, 64],
    }),
  ]),
];
