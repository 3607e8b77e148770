/** Calls of generic functions, and of functions with defaults that are computed. */
import { kept } from './expressions-any.ts';
import { type Rule, rule, type Site } from './site.ts';
import { keep, type TypeName } from './types.ts';

/** Declared at the top of every generated file. */
export const generics = `
interface Pair<A, B> {
  readonly first: A;
  readonly second: B;
}
function lastOf<T>(list: readonly T[]): T | undefined {
  return list.length === 0 ? undefined : list[list.length - 1];
}
function orElse<T>(value: T | undefined, other: T): T {
  return value !== undefined ? value : other;
}
const pairOf = <A, B>(first: A, second: B): Pair<A, B> => ({ first, second });
function hasAny<T>(list: readonly (T | null)[]): boolean {
  return list.some((each) => each !== null);
}
function spanned(a: number, b: number = a < 3 ? a + 1 : a, c = b): number {
  return a < b ? b : c;
}
`;

function called(type: TypeName, list: TypeName): readonly Rule[] {
  const value = (s: Site) => (type === 'Point' ? kept(s, type) : s.detached(type));
  return [
    rule(
      'call of a generic function',
      1,
      (s) => `orElse<${type}>(lastOf<${type}>(${kept(s, list)}), ${value(s)})`,
    ),
    rule(
      'generic record',
      1,
      (s) => `pairOf<boolean, ${type}>(${s.detached('boolean')}, ${value(s)}).second`,
    ),
  ];
}

export const genericRules: { readonly [T in TypeName]?: readonly Rule[] } = {
  number: [
    ...called('number', 'readonly number[]'),
    rule('default of an expression', 2, (s) => {
      if (s.quiet) return undefined;
      const { random } = s.body;
      const first = `${keep('number')}(${s.value('number')})`;
      if (random.once(3)) return `spanned(${first})`;
      const second = s.detached('number | undefined');
      return random.once(2)
        ? `spanned(${first}, ${second})`
        : `spanned(${first}, ${second}, ${s.value('number')})`;
    }),
  ],
  boolean: [
    ...called('boolean', 'readonly boolean[]'),
    rule(
      'call of a generic function',
      1,
      (s) => `hasAny<number>(${kept(s, 'readonly (number | null)[]')})`,
    ),
  ],
  Point: called('Point', 'readonly Point[]'),
  'number | null': called('number | null', 'readonly (number | null)[]'),
};
