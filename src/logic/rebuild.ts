/** The same operator over other parts, simplified anew. */
import { constantArray, select, store } from './array.ts';
import * as bit from './bits.ts';
import { and, not, or } from './boolean.ts';
import { call } from './call.ts';
import { construct } from './construct.ts';
import { field } from './data.ts';
import { equal, is, ite } from './equal.ts';
import { add, atMost, divide, less, modulo, multiply } from './integer.ts';
import type { Term } from './term.ts';

type Builder = (...parts: Term[]) => Term;

const builders: Readonly<Record<string, Builder>> = {
  not: not as Builder,
  and,
  or,
  '=': equal as Builder,
  ite: ite as Builder,
  '+': add,
  '*': multiply as Builder,
  div: divide as Builder,
  mod: modulo as Builder,
  '<': less as Builder,
  '<=': atMost as Builder,
  select: select as Builder,
  store: store as Builder,
  bvadd: bit.bitAdd as Builder,
  bvsub: bit.bitSubtract as Builder,
  bvmul: bit.bitMultiply as Builder,
  bvudiv: bit.bitDivide as Builder,
  bvurem: bit.bitRemainder as Builder,
  bvand: bit.bitAnd as Builder,
  bvor: bit.bitOr as Builder,
  bvxor: bit.bitXor as Builder,
  bvshl: bit.bitShiftLeft as Builder,
  bvlshr: bit.bitShiftRight as Builder,
  bvult: bit.bitLess as Builder,
  bvule: bit.bitAtMost as Builder,
  bvnot: bit.bitNot as Builder,
  concat: bit.bitConcat as Builder,
};

/** Not for quantifiers, whose variables have to be seen to. */
export function rebuild(term: Term, parts: readonly Term[]): Term {
  const builder = builders[term.operator];
  if (builder !== undefined) return builder(...parts);
  if (term.operator === 'const') return constantArray(term.sort, parts[0]!);
  if (term.operator === 'call') return call(term.symbol, ...parts);
  if (term.operator === 'construct') return construct(term.sort, term.constructorName, ...parts);
  if (term.operator === 'is') return is(term.constructorName, parts[0]!);
  if (term.operator === 'field') return field(term.constructorName, term.fieldName, parts[0]!);
  if (term.operator === 'extract') return bit.bitExtract(term.high, term.low, parts[0]!);
  throw new Error(`${term.operator} has no parts to replace`);
}
