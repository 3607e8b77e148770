/** The meaning of every pure function of the language and its library. */
import {
  add,
  and,
  atMost,
  call,
  divide,
  equal,
  implies,
  integer,
  ite,
  less,
  modulo,
  multiply,
  negate,
  not,
  store,
  subtract,
  type Term,
} from '../../logic/index.ts';
import type { Expression, Intrinsic, Type } from '../ir.ts';
import { bitwise, shiftLeft, shiftRight } from './bits.ts';
import { convert, fitsRange } from './convert.ts';
import { mapRules } from './map.ts';
import { sameSequence } from './range.ts';
import { know, knowType, oblige, type Scope } from './run.ts';
import { concat, elementType, filled, slice } from './sequence.ts';
import { isSealedSymbol, limitsOf, sortName, typed, zeroBlockTerm } from './sorts.ts';
import { choose, inject, itemsOf, lengthOf, read, sequence, sequenceSort, unit } from './value.ts';

export interface Given {
  readonly term: Term;
  readonly type: Type;
}

type Rule = (given: readonly Given[], e: Expression, scope: Scope) => Term;

const zero = integer(0);
/** Past this an array stops the program: no run goes on with a longer one. */
const longest = integer(2n ** 32n - 1n);
const endless = integer(2n ** 53n - 1n);

/** One rule for each; tests replace them one at a time by wrong ones. */
export const rules: Record<Intrinsic, Rule> = {
  not: ([a]) => not(a!.term),
  negate: arithmetic(([a]) => negate(a!)),
  add: arithmetic(([a, b]) => add(a!, b!)),
  subtract: arithmetic(([a, b]) => subtract(a!, b!)),
  multiply: arithmetic(([a, b]) => multiply(a!, b!)),
  divideFloor: ([a, b], e, scope) => {
    oblige(scope, 'division', e.at, less(zero, b!.term));
    return divide(a!.term, b!.term);
  },
  remainder: ([a, b], e, scope) => {
    oblige(scope, 'division', e.at, and(atMost(zero, a!.term), less(zero, b!.term)));
    return modulo(a!.term, b!.term);
  },
  less: ([a, b]) => less(a!.term, b!.term),
  lessOrEqual: ([a, b]) => atMost(a!.term, b!.term),
  equal: ([a, b]) => sameValue(a!, b!),
  and: ([a, b]) => and(a!.term, b!.term),
  or: ([a, b]) => not(and(not(a!.term), not(b!.term))),
  implies: ([a, b]) => implies(a!.term, b!.term),
  minimum: ([a, b]) => ite(atMost(a!.term, b!.term), a!.term, b!.term),
  maximum: ([a, b]) => ite(atMost(a!.term, b!.term), b!.term, a!.term),
  absolute: ([a]) => ite(atMost(zero, a!.term), a!.term, negate(a!.term)),
  bitAnd: ([a, b], e, scope) => bitwise('and', a!, b!, e, scope),
  bitOr: ([a, b], e, scope) => bitwise('or', a!, b!, e, scope),
  bitXor: ([a, b], e, scope) => bitwise('xor', a!, b!, e, scope),
  shiftLeft: ([a, b], e) => shiftLeft(a!, b!, e),
  shiftRight: ([a, b], e) => shiftRight(a!, b!, e),
  wrap: ([a], e) => {
    if (e.type.kind !== 'integer' || e.type.range === 'big') return a!.term;
    const [low, high] = limitsOf(e.type.range);
    if (low !== 0n) throw new Error('only a width can be wrapped to');
    return modulo(a!.term, integer(high + 1n));
  },
  toBig: ([a]) => a!.term,
  toNumber: arithmetic(([a]) => a!),
  sameBlock: ([a, b]) => equal(a!.term, b!.term),
  isSealed: ([a], _, scope) => {
    scope.state.know(not(call(isSealedSymbol, zeroBlockTerm)));
    return call(isSealedSymbol, a!.term);
  },
  sameBlocks: ([a, b], _, scope) => sameSequence(a!.term, b!.term, scope),
  zeroBlock: () => zeroBlockTerm,
  length: ([a]) => lengthOf(a!.term),
  element: ([a, i], e, scope) => {
    oblige(scope, 'bounds', e.at, inside(a!.term, i!.term));
    const value = read(itemsOf(a!.term), i!.term);
    knowType(scope, implies(inside(a!.term, i!.term), typed(elementType(a!.type), value)));
    return value;
  },
  elementOrUndefined: ([a, i], e, scope) => elementOrUndefined(a!, i!, e, scope),
  with: ([a, i, v], e, scope) => {
    oblige(scope, 'bounds', e.at, inside(a!.term, i!.term));
    return sequence(
      sequenceSort(e.type),
      lengthOf(a!.term),
      store(itemsOf(a!.term), i!.term, v!.term),
    );
  },
  append: ([a, v], e, scope) => {
    const length = add(lengthOf(a!.term), integer(1));
    // What only a ghost makes is no array of a program, and has no end.
    if (!scope.ghost) know(scope, atMost(length, scope.run.angelic ? endless : longest));
    return sequence(
      sequenceSort(e.type),
      length,
      store(itemsOf(a!.term), lengthOf(a!.term), v!.term),
    );
  },
  dropLast: ([a], e, scope) => {
    oblige(scope, 'bounds', e.at, less(zero, lengthOf(a!.term)));
    return sequence(
      sequenceSort(e.type),
      subtract(lengthOf(a!.term), integer(1)),
      itemsOf(a!.term),
    );
  },
  slice: ([a, from, to], e, scope) => {
    const ordered = and(atMost(zero, from!.term), atMost(from!.term, to!.term));
    oblige(scope, 'bounds', e.at, and(ordered, atMost(to!.term, lengthOf(a!.term))));
    return slice(a!.term, from!.term, to!.term, e, scope);
  },
  concat: ([a, b], e, scope) => concat(a!.term, b!.term, e, scope),
  filled: ([n, v], e, scope) => {
    oblige(scope, 'bounds', e.at, and(atMost(zero, n!.term), atMost(n!.term, longest)));
    return filled(n!.term, v!.term, e.type);
  },
  zeroBytes: ([n], e, scope) => {
    oblige(scope, 'bounds', e.at, and(atMost(zero, n!.term), atMost(n!.term, longest)));
    return filled(n!.term, zero, e.type);
  },
  ...mapRules,
  stateOf: () => {
    throw new Error('the state of the lower machine is not a value');
  },
};

export function applyIntrinsic(
  name: Intrinsic,
  given: readonly Given[],
  e: Expression,
  scope: Scope,
): Term {
  return rules[name](given, e, scope);
}

/** A result that must lie in the range of its type, at this very step. */
function arithmetic(compute: (terms: readonly Term[]) => Term): Rule {
  return (given, e, scope) => {
    const result = compute(given.map((g) => g.term));
    oblige(scope, 'range', e.at, fitsRange(e.type, result));
    return result;
  };
}

export function inside(sequenceTerm: Term, index: Term): Term {
  return and(atMost(zero, index), less(index, lengthOf(sequenceTerm)));
}

function elementOrUndefined(a: Given, i: Given, e: Expression, scope: Scope): Term {
  if (e.type.kind !== 'union') throw new Error('an element that may be missing has a union type');
  const within = inside(a.term, i.term);
  const element = elementType(a.type);
  const value = read(itemsOf(a.term), i.term);
  knowType(scope, implies(within, typed(element, value)));
  const missing = inject(e.type, { kind: 'undefined' }, unit({ kind: 'undefined' }));
  return choose(within, convert(value, element, e.type).value, missing);
}

/** Equality of integers, booleans, tags, null, undefined, and of unions of these. */
function sameValue(a: Given, b: Given): Term {
  if (sortName(a.type) === sortName(b.type)) return equal(a.term, b.term);
  const both: Type & { kind: 'union' } = { kind: 'union', of: distinct([a.type, b.type]) };
  return equal(convert(a.term, a.type, both).value, convert(b.term, b.type, both).value);
}

/** The alternatives of several types, each once. */
function distinct(types: readonly Type[]): readonly Type[] {
  const all = types.flatMap((t) => (t.kind === 'union' ? t.of : [t]));
  return [...new Map(all.map((t) => [sortName(t), anyInteger(t)])).values()];
}

function anyInteger(type: Type): Type {
  return type.kind === 'integer' ? { kind: 'integer', range: 'big' } : type;
}
