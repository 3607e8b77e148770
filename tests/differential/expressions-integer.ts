/** Expressions of the integer types. */
import type { Construct } from './constructs.ts';
import { index, kept } from './expressions-any.ts';
import { mapNumbers } from './expressions-maps.ts';
import { leaf, type Rule, rule, type Site } from './site.ts';
import type { TypeName } from './types.ts';

const infix = (construct: Construct, operator: string, type: TypeName, weight = 3): Rule =>
  rule(construct, weight, (s) => `(${s.value(type)} ${operator} ${s.value(type)})`);

/** Small, or such that the product is not safe. */
const factor = (site: Site): string =>
  site.body.random.once(8) ? '9007199254740991' : site.small();

/** Something with a length: a place, or an immutable value. */
function sequence(site: Site, type: TypeName): string {
  const known = site.body.visible().filter((b) => b.type === type || b.type === 'number[]');
  if (known.length > 0 && site.body.random.once(2)) return site.body.random.pick(known).name;
  return kept(site, type);
}

/** An assignment to a variable of this type, as an expression. */
function change(site: Site, write: (target: string) => string): string | undefined {
  const target = site.quiet ? undefined : site.variable(undefined, true);
  return target === undefined ? undefined : write(target);
}

export const numberRules: readonly Rule[] = [
  leaf('number literal', 5, (s) => String(s.body.random.below(s.body.random.once(4) ? 300 : 10))),
  leaf('module constant', 1, () => 'LIMIT'),
  leaf('great number', 0.2, () => '9007199254740991'),
  infix('addition', '+', 'number', 5),
  infix('subtraction', '-', 'number'),
  rule('multiplication', 2, (s) => `(${s.value('number')} * ${factor(s)})`),
  rule('negation', 2, (s) => `(-${s.detached('number')})`),
  rule('division rounded down', 2, (s) => {
    const divisor = s.body.random.once(5) ? s.value('number') : `${1 + s.body.random.below(7)}`;
    return `Math.floor(${s.value('number')} / ${divisor})`;
  }),
  rule('remainder', 2, (s) => {
    const divisor = s.body.random.once(5) ? s.value('number') : `${1 + s.body.random.below(7)}`;
    const left = s.body.random.once(4) ? s.value('number') : `Math.abs(${s.value('number')})`;
    return `(${left} % ${divisor})`;
  }),
  rule('minimum', 2, (s) => `Math.min(${s.value('number')}, ${s.value('number')})`),
  rule('maximum', 2, (s) => `Math.max(${s.value('number')}, ${s.value('number')})`),
  rule('absolute value', 2, (s) => `Math.abs(${s.value('number')})`),
  rule('length of an array', 2, (s) => `${sequence(s, 'readonly number[]')}.length`),
  rule('length of bytes', 14, (s) => onBytes(s, (bytes) => `${bytes}.length`)),
  rule('byte', 14, (s) =>
    onBytes(s, (b) => s.body.keeping(b, () => `${b}[${index(s, b)}]${s.body.strict ? '!' : ''}`)),
  ),
  ...mapNumbers,
  rule('field of a nested record', 1, (s) => `${kept(s, 'Mark')}.at.y`),
  rule('optional chaining over two fields', 1, (s) =>
    s.subject('Mark | undefined', (mark) => `(${mark}?.at.x ?? ${s.value('number')})`),
  ),
  rule('number of a bigint', 2, (s) => `Number(${s.value('bigint')})`),
  rule('fixed width as number', 2, (s) => {
    const type = s.body.random.pick(['u8', 'u16', 'u32', 'Digit'] as const);
    return s.value(type);
  }),
  rule('shift to the left', 1, (s) => `(${s.value('u16')} << ${s.small()})`),
  rule('pop', 2, (s) => {
    const known = s.body.visible('number[]');
    if (known.length === 0 || s.quiet) return undefined;
    const { name } = s.body.random.pick(known);
    return s.body.random.once(2) ? `(${name}.pop()!)` : `(${name}.pop() ?? ${s.value('number')})`;
  }),
  rule('typeof of a union', 14, (s) => {
    const known = s.body.visible('number | Tag').filter((b) => !b.assignable);
    if (known.length === 0) return undefined;
    const { name } = s.body.random.pick(known);
    const other = s.body.hiding(name, () => s.value('number'));
    return `(typeof ${name} === 'number' ? ${name} : ${other})`;
  }),
  rule('narrowing by a tag', 20, (s) => {
    const known = s.body.visible('Shape').filter((b) => !b.assignable);
    if (known.length === 0) return undefined;
    const { name } = s.body.random.pick(known);
    const other = s.body.hiding(name, () => s.value('number'));
    const [tag, field] = s.body.random.pick([
      ['line', 'size'],
      ['line', 'to.x'],
      ['many', 'parts.length'],
    ] as const);
    return `(${name}.kind === '${tag}' ? ${name}.${field} : ${other})`;
  }),
  rule('narrowing by a boolean tag', 20, (s) => {
    const known = s.body.visible('Reply').filter((b) => !b.assignable);
    if (known.length === 0) return undefined;
    const { name } = s.body.random.pick(known);
    const other = s.body.hiding(name, () => s.value('number'));
    return s.body.random.pick([
      `(${name}.ok ? ${name}.size : ${other})`,
      `(!${name}.ok ? (${name}.size ?? 1) : ${name}.last ? ${name}.size : ${other})`,
      `(${name}.ok === false ? ${other} : ${name}.size)`,
      `(${name}.size ?? ${other})`,
    ]);
  }),
  rule('narrowing by null', 20, (s) => {
    const known = s.body.visible('Point | null').filter((b) => !b.assignable);
    if (known.length === 0) return undefined;
    const { name } = s.body.random.pick(known);
    const other = s.body.hiding(name, () => s.value('number'));
    return `(${name} !== null ? ${name}.x : ${other})`;
  }),
  rule('increment as an expression', 2, (s) =>
    change(s, (target) => {
      const operator = s.body.random.pick(['++', '--'] as const);
      return s.body.random.once(2) ? `${target}${operator}` : `(${operator}${target})`;
    }),
  ),
  rule('compound assignment as an expression', 2, (s) =>
    change(s, (target) => `(${target} ${s.body.random.pick(['+=', '-='])} ${s.value('number')})`),
  ),
];

function onBytes(site: Site, write: (bytes: string) => string): string | undefined {
  const known = site.body.visible('Uint8Array');
  return known.length === 0 ? undefined : write(site.body.random.pick(known).name);
}

export const bigintRules: readonly Rule[] = [
  leaf('bigint literal', 4, (s) =>
    s.body.random.once(12) ? '9007199254740993n' : `${s.body.random.below(100)}n`,
  ),
  infix('bigint addition', '+', 'bigint'),
  infix('bigint subtraction', '-', 'bigint'),
  infix('bigint multiplication', '*', 'bigint', 4),
  rule('bigint negation', 3, (s) => `(-${s.detached('bigint')})`),
  rule('bigint remainder', 5, (s) => `(${s.value('u64')} % ${1 + s.body.random.below(9)}n)`),
  rule('bigint of a number', 4, (s) => `BigInt(${s.value('number')})`),
  rule('u64', 2, (s) => s.value('u64')),
];

/** The branded types of one width. */
function widthRules(type: 'u8' | 'u16' | 'u32', construct: Construct): readonly Rule[] {
  const wrap = `wrap${type.toUpperCase()}`;
  const bits = (name: Construct, operator: string) =>
    rule(name, 2, (s) => `${wrap}(${s.value(type)} ${operator} ${s.value(type)})`);
  return [
    leaf(type, 4, (s) => `${type}(${s.body.random.below(256)})`),
    rule(type, 1, (s) => `${type}(${s.value('number')})`),
    rule(construct, 4, (s) => `${wrap}(${s.value('number')})`),
    bits('and of bits', '&'),
    bits('or of bits', '|'),
    bits('exclusive or of bits', '^'),
    rule('shift to the left', 2, (s) => `${wrap}(${s.value(type)} << ${s.small()})`),
    // JavaScript shifts in the sign of what it takes for a signed number.
    rule('shift to the right', 2, (s) =>
      type === 'u32' ? undefined : `${wrap}(${s.value(type)} >> ${s.small()})`,
    ),
  ];
}

const u64Rules: readonly Rule[] = [
  leaf('u64', 4, (s) => `u64(${s.body.random.below(1000)}n)`),
  rule('wrapped u64', 8, (s) => `wrapU64(${s.value('bigint')})`),
  rule('bits of u64', 7, (s) => {
    const operator = s.body.random.pick(['&', '|', '^'] as const);
    return `wrapU64(${s.value('u64')} ${operator} ${s.value('u64')})`;
  }),
  rule('bits of u64', 4, (s) => {
    const operator = s.body.random.pick(['<<', '>>'] as const);
    return `wrapU64(${s.value('u64')} ${operator} ${s.body.random.below(40)}n)`;
  }),
];

export const integerRules: { readonly [T in TypeName]?: readonly Rule[] } = {
  number: numberRules,
  bigint: bigintRules,
  u8: widthRules('u8', 'wrapped u8'),
  u16: widthRules('u16', 'wrapped u16'),
  u32: widthRules('u32', 'wrapped u32'),
  u64: u64Rules,
  Digit: [leaf('digit literal', 4, (s) => String(s.body.random.below(3)))],
};
