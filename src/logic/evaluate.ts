/** What a term is worth when its constants have values: to test what is done to terms. */
import { euclid } from './integer.ts';
import { constructorOf, type Sort } from './sort.ts';
import { isQuantifier, type Quantifier, type Term } from './term.ts';
import { postorder } from './traverse.ts';

export type Value =
  | boolean
  | bigint
  | { readonly element: string }
  | { readonly constructorName: string; readonly fields: readonly Value[] }
  /** Entries by the text of their index; none has the value that all others have. */
  | { readonly otherwise: Value; readonly entries: ReadonlyMap<string, Value> };

type Environment = ReadonlyMap<Term, Value>;
type Meaning = (parts: readonly Value[], term: Term) => Value;

/** Quantifiers are tried out, so their variables must be of finite sort. */
export function evaluate(term: Term, environment: Environment): Value {
  const values = new Map<Term, Value>();
  const below = (each: Term): readonly Term[] => (isQuantifier(each) ? [] : each.parts);
  for (const each of postorder([term], below)) {
    if (isQuantifier(each)) values.set(each, quantified(each, environment));
    else if (each.operator === 'constant') values.set(each, assigned(each, environment));
    else {
      const parts = each.parts.map((part) => values.get(part)!);
      values.set(each, meaningOf(each.operator)(parts, each));
    }
  }
  return values.get(term)!;
}

/** Text that is the same exactly for equal values. */
export function textOf(value: Value): string {
  if (typeof value !== 'object') return String(value);
  if ('element' in value) return value.element;
  if ('fields' in value) return `${value.constructorName}(${value.fields.map(textOf).join()})`;
  const entries = [...value.entries].map(([index, each]) => `${index}:${textOf(each)}`).sort();
  return `[${entries.join()};${textOf(value.otherwise)}]`;
}

function assigned(constant: Term, environment: Environment): Value {
  const value = environment.get(constant);
  if (value === undefined) throw new Error('a constant has no value');
  return value;
}

function quantified({ operator, variables, parts }: Quantifier, environment: Environment): Value {
  let cases: Map<Term, Value>[] = [new Map(environment)];
  for (const variable of variables) {
    const all = every(variable.sort);
    cases = cases.flatMap((each) => all.map((value) => new Map(each).set(variable, value)));
  }
  const holds = (each: Environment): boolean => evaluate(parts[0]!, each) === true;
  return operator === 'forall' ? cases.every(holds) : cases.some(holds);
}

function every(sort: Sort): Value[] {
  if (sort.kind === 'boolean') return [false, true];
  if (sort.kind === 'bits') return Array.from({ length: 2 ** sort.width }, (_, at) => BigInt(at));
  throw new Error('only finite sorts can be tried out');
}

export function meaningOf(operator: string): Meaning {
  const meaning = meanings[operator];
  if (meaning === undefined) throw new Error(`${operator} has no meaning here`);
  return meaning;
}

const wrap = (value: bigint, term: Term): bigint =>
  term.sort.kind === 'bits' ? BigInt.asUintN(term.sort.width, value) : value;

function numbers(meaning: (a: bigint, b: bigint, term: Term) => Value): Meaning {
  return ([a, b], term) => {
    const value = meaning(a as bigint, b as bigint, term);
    return typeof value === 'bigint' ? wrap(value, term) : value;
  };
}

const meanings: Readonly<Record<string, Meaning>> = {
  true: () => true,
  false: () => false,
  integer: (_, term) => ('value' in term ? term.value : 0n),
  bits: (_, term) => ('value' in term ? term.value : 0n),
  not: ([a]) => !a,
  and: (parts) => parts.every((part) => part === true),
  or: (parts) => parts.some((part) => part === true),
  '=': ([a, b]) => textOf(a!) === textOf(b!),
  ite: ([condition, a, b]) => (condition === true ? a! : b!),
  '+': (parts) => parts.reduce<bigint>((sum, part) => sum + (part as bigint), 0n),
  '*': numbers((a, b) => a * b),
  div: numbers((a, b) => (b === 0n ? 0n : euclid(a, b).quotient)),
  mod: numbers((a, b) => (b === 0n ? a : euclid(a, b).remainder)),
  '<': numbers((a, b) => a < b),
  '<=': numbers((a, b) => a <= b),
  bvadd: numbers((a, b) => a + b),
  bvsub: numbers((a, b) => a - b),
  bvmul: numbers((a, b) => a * b),
  bvudiv: numbers((a, b) => (b === 0n ? -1n : a / b)),
  bvurem: numbers((a, b) => (b === 0n ? a : a % b)),
  bvand: numbers((a, b) => a & b),
  bvor: numbers((a, b) => a | b),
  bvxor: numbers((a, b) => a ^ b),
  bvshl: numbers((a, b) => a << b),
  bvlshr: numbers((a, b) => a >> b),
  bvult: numbers((a, b) => a < b),
  bvule: numbers((a, b) => a <= b),
  bvnot: ([a], term) => wrap(~(a as bigint), term),
  concat: ([a, b], term) => {
    const low = term.parts[1]!.sort;
    return ((a as bigint) << BigInt(low.kind === 'bits' ? low.width : 0)) | (b as bigint);
  },
  extract: ([a], term) =>
    wrap((a as bigint) >> BigInt(term.operator === 'extract' ? term.low : 0), term),
  select: ([array, index]) => cells(array!).entries.get(textOf(index!)) ?? cells(array!).otherwise,
  store: ([array, index, value]) => stored(array!, index!, value!),
  const: ([value]) => ({ otherwise: value!, entries: new Map() }),
  construct: (fields, term) => ({
    constructorName: term.operator === 'construct' ? term.constructorName : '',
    fields,
  }),
  is: ([value], term) => term.operator === 'is' && nameOf(value!) === term.constructorName,
  field: ([value], term) => fieldOf(value!, term),
};

function cells(value: Value) {
  if (typeof value !== 'object' || !('entries' in value)) throw new Error('no array');
  return value;
}

function stored(array: Value, index: Value, value: Value): Value {
  const { otherwise, entries } = cells(array);
  const changed = new Map(entries);
  if (textOf(value) === textOf(otherwise)) changed.delete(textOf(index));
  else changed.set(textOf(index), value);
  return { otherwise, entries: changed };
}

function nameOf(value: Value): string {
  if (typeof value !== 'object' || !('fields' in value)) throw new Error('no datatype');
  return value.constructorName;
}

/** Of another constructor's value a field may be anything, but always the same thing. */
function fieldOf(value: Value, term: Term): Value {
  if (term.operator !== 'field') throw new Error('no field');
  const { fields } = constructorOf(term.parts[0]!.sort, term.constructorName);
  const at = fields.findIndex((field) => field.name === term.fieldName);
  const same = nameOf(value) === term.constructorName;
  if (same && typeof value === 'object' && 'fields' in value) return value.fields[at]!;
  return usual(term.sort);
}

/** Some value of a sort, always the same. */
export function usual(sort: Sort): Value {
  if (sort.kind === 'boolean') return false;
  if (sort.kind === 'integer' || sort.kind === 'bits') return 0n;
  if (sort.kind === 'uninterpreted') return { element: `${sort.name} 0` };
  if (sort.kind === 'array') return { otherwise: usual(sort.element), entries: new Map() };
  const [first] = sort.constructors;
  return { constructorName: first!.name, fields: first!.fields.map((each) => usual(each.sort)) };
}
