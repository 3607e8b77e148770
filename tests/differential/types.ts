/** The types of generated programs. The text of a type in TypeScript is its name here. */

/** Declared at the top of every generated file, beside `Point`. */
export const declarations = `
type Tag = 'red' | 'green' | 'blue';
type Digit = 0 | 1 | 2;
interface Spot {
  readonly x: number;
  readonly y: number;
  readonly tag: Tag;
}
interface Mark {
  readonly at: Point;
  readonly on: boolean;
  readonly size: number | null;
  readonly sizes: readonly number[];
}
type Shape =
  | { readonly kind: 'dot' }
  | { readonly kind: 'line'; readonly to: Point; readonly size: number }
  | { readonly kind: 'many'; readonly parts: readonly number[]; readonly tag: Tag };
type Reply =
  | { readonly ok: true; readonly size: number; readonly last: boolean }
  | { readonly ok: false; readonly size: number | null };
`;

export const names = [
  'number',
  'boolean',
  'bigint',
  'u8',
  'u16',
  'u32',
  'u64',
  'Digit',
  'Tag',
  'Point',
  'Spot',
  'Mark',
  'Shape',
  'Reply',
  'Block',
  'string',
  'number | null',
  'number | undefined',
  'number | Tag',
  'Tag | null',
  'Point | null',
  'Mark | undefined',
  'bigint | null | undefined',
  'readonly number[]',
  'readonly boolean[]',
  'readonly Point[]',
  'readonly Block[]',
  'readonly (number | null)[]',
  'readonly (readonly number[])[]',
  'number[]',
  'Point[]',
  'Uint8Array',
  'Map<string, number>',
  'Set<number>',
] as const;

export type TypeName = (typeof names)[number];

/** A value of these lives in one place. */
export const owned: ReadonlySet<TypeName> = new Set([
  'number[]',
  'Point[]',
  'Uint8Array',
  'Map<string, number>',
  'Set<number>',
]);

/** A value of these may hold an array that others have too. */
export const holding: ReadonlySet<TypeName> = new Set(
  names.filter((name) => name.startsWith('readonly') || /Mark|Shape/.test(name)),
);

/** What may be passed around freely. */
export const free: readonly TypeName[] = names.filter((name) => !owned.has(name));

/** Numbers and booleans more often than the rest: most of what a program does is done with them. */
export const common: readonly TypeName[] = [
  ...free,
  ...Array<TypeName>(8).fill('number'),
  ...Array<TypeName>(3).fill('boolean'),
  'bigint',
  'bigint',
  'bigint',
  'string',
  'u16',
  'u32',
  'Point',
  'Spot',
  'Spot',
  'Shape',
  'Shape',
  'Reply',
  'number | Tag',
  'number | Tag',
  'Point | null',
  'Point | null',
  'readonly number[]',
  'number | null',
];

/** The types of which the checker may know more than was declared; see `keep`. */
export const narrowable: ReadonlySet<TypeName> = new Set(
  free
    .filter((name) => name.includes('|') && !name.endsWith(']'))
    .concat(['boolean', 'Tag', 'Digit', 'Shape', 'Reply']),
);

/** A function that returns its argument: the checker then knows only the declared type. */
export const keep = (type: string): string =>
  `keep${type.replaceAll(/[^A-Za-z0-9]+(\w?)/g, (_all, next: string) => next.toUpperCase())}`;

export const keepers: string = [
  ...narrowable,
  'number',
  'bigint',
  'string',
  'Point',
  'Spot',
  'Mark',
  ...names.filter((name) => name.startsWith('readonly')),
]
  .map((type) => `function ${keep(type)}(value: ${type}): ${type} {\n  return value;\n}`)
  .join('\n');

/** The simplest value, for the bodies of the promise. */
export const simplest: { readonly [T in TypeName]: string } = {
  number: '0',
  boolean: 'false',
  bigint: '0n',
  u8: 'u8(0)',
  u16: 'u16(0)',
  u32: 'u32(0)',
  u64: 'u64(0n)',
  Digit: '0',
  Tag: "'red'",
  Point: '{ x: 0, y: 0 }',
  Spot: "{ x: 0, y: 0, tag: 'red' }",
  Mark: '{ at: { x: 0, y: 0 }, on: false, size: null, sizes: [] }',
  Shape: "{ kind: 'dot' }",
  Reply: '{ ok: false, size: null }',
  Block: 'zeroBlock',
  string: "''",
  'number | null': 'null',
  'number | undefined': 'undefined',
  'number | Tag': '0',
  'Tag | null': 'null',
  'Point | null': 'null',
  'Mark | undefined': 'undefined',
  'bigint | null | undefined': 'null',
  'readonly number[]': '[]',
  'readonly boolean[]': '[]',
  'readonly Point[]': '[]',
  'readonly Block[]': '[]',
  'readonly (number | null)[]': '[]',
  'readonly (readonly number[])[]': '[]',
  'number[]': '[]',
  'Point[]': '[]',
  Uint8Array: 'new Uint8Array(0)',
  'Map<string, number>': 'new Map<string, number>()',
  'Set<number>': 'new Set<number>()',
};

/** Arrays by the type of their elements. */
export const elements: { readonly [T in TypeName]?: TypeName } = {
  'readonly number[]': 'number',
  'readonly boolean[]': 'boolean',
  'readonly Point[]': 'Point',
  'readonly Block[]': 'Block',
  'readonly (number | null)[]': 'number | null',
  'readonly (readonly number[])[]': 'readonly number[]',
  'number[]': 'number',
  'Point[]': 'Point',
};
