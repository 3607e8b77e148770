/** Values of a model, read back from what a solver prints. The wanted sort says what to expect. */
import { type Expression, parse, show, withoutLet } from './expression.ts';
import type { Names } from './names.ts';
import type { ArraySort, Datatype, Sort } from './sort.ts';

export type ModelValue =
  | boolean
  | bigint
  /** An element of an uninterpreted sort: equal exactly when the numbers are. */
  | { readonly kind: 'opaque'; readonly sort: string; readonly number: number }
  | {
      readonly kind: 'construct';
      readonly constructorName: string;
      readonly fields: readonly ModelValue[];
    }
  | {
      readonly kind: 'array';
      readonly otherwise: ModelValue;
      /** Each index once. */
      readonly entries: readonly (readonly [ModelValue, ModelValue])[];
    }
  /** What cannot be read: an array that the solver gives as a function. */
  | { readonly kind: 'unread'; readonly text: string };

/** Throws when the text is no value of the sort. */
export function readValue(text: string, sort: Sort, names: Names): ModelValue {
  const [expression, ...rest] = parse(text);
  if (expression === undefined || rest.length > 0) throw new Error(`no value: ${text}`);
  return read(withoutLet(expression), sort, names);
}

function read(expression: Expression, sort: Sort, names: Names): ModelValue {
  if (sort.kind === 'boolean') return readBoolean(expression);
  if (sort.kind === 'integer') return readInteger(expression);
  if (sort.kind === 'bits') return readBits(expression);
  if (sort.kind === 'array') return readArray(expression, sort, names);
  if (sort.kind === 'datatype') return readConstruct(expression, sort, names);
  return { kind: 'opaque', sort: sort.name, number: readElement(expression) };
}

function readBoolean(expression: Expression): boolean {
  if (expression !== 'true' && expression !== 'false')
    throw new Error(`no Bool: ${show(expression)}`);
  return expression === 'true';
}

function readInteger(expression: Expression): bigint {
  if (typeof expression === 'string') {
    if (/^\d+$/.test(expression)) return BigInt(expression);
  } else if (expression.length === 2 && expression[0] === '-') return -readInteger(expression[1]!);
  throw new Error(`no Int: ${show(expression)}`);
}

function readBits(expression: Expression): bigint {
  const text = show(expression);
  const found = /^#([xb][0-9a-fA-F]+)$/.exec(text) ?? /^\(_ bv(\d+) \d+\)$/.exec(text);
  if (found === null) throw new Error(`no bit-vector: ${text}`);
  return BigInt(/^[xb]/.test(found[1]!) ? `0${found[1]}` : found[1]!);
}

/** `Block!val!0` of z3, `(as @Block_0 Block)` of cvc5: the number tells the elements apart. */
function readElement(expression: Expression): number {
  const name =
    typeof expression !== 'string' && expression[0] === 'as' ? expression[1] : expression;
  const digits = typeof name === 'string' ? /(?:!val!|_|@a)(\d+)$/.exec(name)?.[1] : undefined;
  if (digits === undefined) throw new Error(`no element: ${show(expression)}`);
  return Number(digits);
}

function readConstruct(expression: Expression, sort: Datatype, names: Names): ModelValue {
  const [first, ...parts] = application(expression);
  const made = sort.constructors.find((each) => names.constructorName(each) === first);
  if (made === undefined || made.fields.length !== parts.length) {
    throw new Error(`no ${sort.name}: ${show(expression)}`);
  }
  const fields = made.fields.map((field, at) => read(parts[at]!, field.sort, names));
  return { kind: 'construct', constructorName: made.name, fields };
}

/** The name and the arguments, whether or not the name is qualified by `as`. */
function application(expression: Expression): readonly Expression[] {
  if (typeof expression === 'string') return [expression];
  if (expression[0] === 'as') return [expression[1] ?? ''];
  const [first, ...parts] = expression;
  return [...application(first ?? '').slice(0, 1), ...parts];
}

function readArray(expression: Expression, sort: ArraySort, names: Names): ModelValue {
  const stores = new Map<string, readonly [ModelValue, ModelValue]>();
  let from = expression;
  while (typeof from !== 'string' && from[0] === 'store' && from.length === 4) {
    const key = show(from[2]!);
    // The outermost store to an index hides the others.
    if (!stores.has(key)) {
      stores.set(key, [read(from[2]!, sort.index, names), read(from[3]!, sort.element, names)]);
    }
    from = from[1]!;
  }
  const [start, value] = typeof from === 'string' ? [] : from;
  if (!Array.isArray(start) || start[0] !== 'as' || start[1] !== 'const' || value === undefined) {
    return { kind: 'unread', text: show(expression) };
  }
  const otherwise = read(value, sort.element, names);
  return { kind: 'array', otherwise, entries: [...stores.values()].reverse() };
}
