/** What the state of a transition system consists of: fields that have a smallest and a largest. */
export type Field =
  | { readonly kind: 'integer'; readonly low: number; readonly high: number }
  | { readonly kind: 'flag' }
  | { readonly kind: 'choice'; readonly of: readonly string[] }
  | { readonly kind: 'list'; readonly length: number; readonly of: Field }
  | { readonly kind: 'record'; readonly of: Fields };

export interface Fields {
  readonly [name: string]: Field;
}

/** What a field holds. */
export type Value<F extends Field> = F extends { kind: 'integer' }
  ? number
  : F extends { kind: 'flag' }
    ? boolean
    : F extends { kind: 'choice'; of: readonly (infer Name)[] }
      ? Name
      : F extends { kind: 'list'; of: infer Item extends Field }
        ? Value<Item>[]
        : F extends { kind: 'record'; of: infer Inner extends Fields }
          ? State<Inner>
          : never;

export type State<F extends Fields> = { -readonly [Name in keyof F]: Value<F[Name]> };

/** The same for those who only look. */
export type Seen<T> = T extends object ? { readonly [Name in keyof T]: Seen<T[Name]> } : T;

/** A whole number from `low` to `high`, both included. */
export function integer(low: number, high: number) {
  if (!Number.isSafeInteger(low) || !Number.isSafeInteger(high) || low > high)
    throw new RangeError(`integer(${low}, ${high}): give the smallest and the largest integer`);
  if (high - low >= 2 ** 32)
    throw new RangeError(`integer(${low}, ${high}): at most 2^32 values fit; narrow the range`);
  return { kind: 'integer', low, high } as const;
}

/** True or false. */
export const flag = { kind: 'flag' } as const;

/** One of some names. */
export function oneOf<const Name extends string>(...of: readonly Name[]) {
  if (of.length === 0 || new Set(of).size < of.length)
    throw new RangeError(`oneOf(${of.join(', ')}): give one name or more, each once`);
  return { kind: 'choice', of } as const;
}

/** So many of the same. */
export function list<F extends Field>(length: number, of: F) {
  if (!Number.isSafeInteger(length) || length < 0)
    throw new RangeError(`list(${length}, ...): the length must be a whole number`);
  return { kind: 'list', length, of } as const;
}

/** Several fields together. */
export function record<F extends Fields>(of: F) {
  return { kind: 'record', of } as const;
}
