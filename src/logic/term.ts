/**
 * Terms, hash-consed and immutable: terms of one shape are one object. Nothing here orders terms by
 * `id`, for then the text of a query would depend on what else was built before it.
 */
import { Bool, bitVector, describe, Int, type Sort } from './sort.ts';

/** Operators that are all said by their parts, as SMT-LIB calls them. */
export type Operator =
  | 'true'
  | 'false'
  | 'not'
  | 'and'
  | 'or'
  | '='
  | 'ite'
  | '+'
  | '*'
  | 'div'
  | 'mod'
  | '<'
  | '<='
  | 'select'
  | 'store'
  | 'const'
  | BitOperator;

export type BitOperator =
  | 'bvadd'
  | 'bvsub'
  | 'bvmul'
  | 'bvudiv'
  | 'bvurem'
  | 'bvand'
  | 'bvor'
  | 'bvxor'
  | 'bvshl'
  | 'bvlshr'
  | 'bvult'
  | 'bvule'
  | 'bvnot'
  | 'concat';

export type Shape =
  | { readonly operator: Operator }
  | { readonly operator: 'integer' | 'bits'; readonly value: bigint }
  | { readonly operator: 'constant'; readonly name: string }
  | { readonly operator: 'call'; readonly symbol: FunctionSymbol }
  | { readonly operator: 'construct' | 'is'; readonly constructorName: string }
  | {
      readonly operator: 'field';
      readonly constructorName: string;
      readonly fieldName: string;
    }
  | { readonly operator: 'extract'; readonly high: number; readonly low: number }
  | {
      readonly operator: 'forall' | 'exists';
      readonly variables: readonly Term[];
      readonly patterns: readonly Pattern[];
    };

export type Term = Shape & {
  readonly id: number;
  readonly sort: Sort;
  readonly parts: readonly Term[];
};

export type Quantifier = Extract<Term, { operator: 'forall' | 'exists' }>;

/** Terms that, matched together, instantiate a quantifier. */
export type Pattern = readonly Term[];

export interface FunctionSymbol {
  readonly id: number;
  readonly name: string;
  readonly argumentSorts: readonly Sort[];
  readonly resultSort: Sort;
}

/**
 * Terms that nobody holds any more are forgotten, and made anew if they are built again; but for
 * the latest, which are simply kept: to find out that a term can go costs more than the term.
 */
const known = new Map<string, WeakRef<Term>>();
const latest = new Map<string, Term>();
const mostLatest = 200_000;
const forgotten = new FinalizationRegistry<string>((key) => {
  if (known.get(key)?.deref() === undefined) known.delete(key);
});
let count = 0;

function make(shape: Shape, sort: Sort, parts: readonly Term[]): Term {
  return { ...shape, id: count++, sort, parts };
}

/** The one term of this shape. `key` tells apart what the operator and the parts do not. */
export function intern(shape: Shape, sort: Sort, parts: readonly Term[], key = ''): Term {
  const whole = `${shape.operator} ${sort.id} ${idsOf(parts)} ${key}`;
  const found = latest.get(whole) ?? known.get(whole)?.deref();
  if (found !== undefined) return found;
  const made = make(shape, sort, parts);
  latest.set(whole, made);
  if (latest.size > mostLatest) age();
  return made;
}

function idsOf(parts: readonly Term[]): string {
  const [a, b] = parts;
  if (a === undefined) return '';
  if (b === undefined) return `${a.id}`;
  return parts.length === 2 ? `${a.id},${b.id}` : parts.map((part) => part.id).join();
}

/** From now on the latest terms are kept only as long as somebody holds them. */
function age(): void {
  for (const [key, term] of latest) {
    known.set(key, new WeakRef(term));
    forgotten.register(term, key);
  }
  latest.clear();
}

export function apply(operator: Operator, sort: Sort, ...parts: readonly Term[]): Term {
  return intern({ operator }, sort, parts);
}

export const yes: Term = apply('true', Bool);
export const no: Term = apply('false', Bool);

export function boolean(value: boolean): Term {
  return value ? yes : no;
}

export function integer(value: bigint | number): Term {
  const exact = BigInt(value);
  return intern({ operator: 'integer', value: exact }, Int, [], `${exact}`);
}

/** A bit-vector literal; the value is taken modulo 2^width. */
export function bits(width: number, value: bigint | number): Term {
  const wrapped = BigInt.asUintN(width, BigInt(value));
  return intern({ operator: 'bits', value: wrapped }, bitVector(width), [], `${wrapped}`);
}

/** A new free constant at every call; the hint is only for readers. */
export function fresh(hint: string, sort: Sort): Term {
  return make({ operator: 'constant', name: hint }, sort, []);
}

/** The free constant of this name and sort: the same at every call. */
export function constant(name: string, sort: Sort): Term {
  return intern({ operator: 'constant', name }, sort, [], name);
}

/** What a literal stands for; undefined for any other term. */
export function literal(term: Term): boolean | bigint | undefined {
  if (term === yes) return true;
  if (term === no) return false;
  if (term.operator === 'integer' || term.operator === 'bits') return term.value;
  return undefined;
}

export function isQuantifier(term: Term): term is Quantifier {
  return term.operator === 'forall' || term.operator === 'exists';
}

/** Sorts are checked when a term is built: a solver's complaint would come too late. */
export function expectSort(term: Term, sort: Sort, where: string): void {
  if (term.sort !== sort) {
    throw new Error(`${where} takes a ${describe(sort)}, got a ${describe(term.sort)}`);
  }
}
