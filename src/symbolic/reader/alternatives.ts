/** Which alternative of a union a value is. */
import type { Expression, Intrinsic, Type } from '../ir.ts';
import {
  alternativesOf,
  booleanType,
  nullType,
  sameType,
  undefinedType,
  unionOf,
} from '../type.ts';
import { apply, not, truth } from './make.ts';
import { parts } from './order.ts';

/** A field that all records of a union have. */
interface Shared {
  readonly of: Expression;
  readonly name: string;
}

const shared = new WeakMap<Expression, Shared>();

/** Remembers that a value is a field of whichever record `of` is: tests of a tag become plain. */
export function shareField(value: Expression, of: Expression, name: string): Expression {
  shared.set(value, { of, name });
  return value;
}

/** Whether a value is one of some alternatives of its type, which is a union. */
export function isOne(value: Expression, types: readonly Type[]): Expression {
  const tests = types.map((type) => isA(value, type));
  return tests.length === 0
    ? never(value)
    : tests.reduce((a, b) => apply(value.at, booleanType, 'or', a, b));
}

function isA(value: Expression, type: Type): Expression {
  return tagTest(value, type) ?? { kind: 'is', at: value.at, type: booleanType, value, is: type };
}

/** A tag is what it is because the record is one of those that have this tag. */
function tagTest(value: Expression, tag: Type): Expression | undefined {
  const field = shared.get(value);
  if (!field || tag.kind !== 'literal') return undefined;
  const found: Type[] = [];
  for (const record of alternativesOf(field.of.type)) {
    const fields = record.kind === 'record' ? record.fields : [];
    const type = fields.find((f) => f.name === field.name)?.type;
    if (type?.kind !== 'literal') return undefined;
    if (sameType(type, tag)) found.push(record);
  }
  return found.length === 1 ? isA(field.of, found[0]!) : undefined;
}

/** The same of a value of any type; the value is evaluated even if its type decides. */
export function testOf(value: Expression, types: readonly Type[]): Expression {
  const all = alternativesOf(value.type);
  const found = all.filter((t) => types.some((other) => sameType(t, other)));
  if (found.length === 0) return never(value);
  if (found.length === all.length) return not(never(value));
  return isOne(value, found);
}

/** False, but not before the value has been evaluated. */
function never(value: Expression): Expression {
  if (isTotal(value)) return truth(value.at, false);
  const all = alternativesOf(value.type);
  const other = others.find((t) => !all.some((known) => sameType(t, known)))!;
  const wide: Expression = { kind: 'convert', at: value.at, type: unionOf([...all, other]), value };
  return { kind: 'is', at: value.at, type: booleanType, value: wide, is: other };
}

const others: readonly Type[] = [
  nullType,
  undefinedType,
  { kind: 'literal', value: 'no value has this tag' },
];

const total: ReadonlySet<Intrinsic> = new Set([
  'not',
  'and',
  'or',
  'implies',
  'less',
  'lessOrEqual',
  'equal',
  'sameBlock',
  'isSealed',
  'sameBlocks',
  'zeroBlock',
  'length',
  'elementOrUndefined',
  'wrap',
  'emptyMap',
  'size',
  'hasKey',
  'lookUp',
  'withEntry',
  'withKey',
  'withoutKey',
  'sameMap',
  'toBig',
  'stateOf',
]);

/** Whether there is nothing to be shown before an expression may be left out. */
export function isTotal(value: Expression): boolean {
  const field = shared.get(value);
  if (field) return isTotal(field.of);
  switch (value.kind) {
    case 'invoke':
    case 'each':
    case 'quantified':
    case 'everyKey':
      return false;
    case 'convert':
      return isWider(value.type, value.value.type) && isTotal(value.value);
    case 'apply':
      return total.has(value.function) && value.arguments.every(isTotal);
    default:
      return parts(value).every(isTotal);
  }
}

function isWider(to: Type, from: Type): boolean {
  const wide = alternativesOf(to);
  return alternativesOf(from).every((t) => wide.some((other) => sameType(t, other)));
}
