/** Expressions of records, unions, arrays and bytes. */
import { kept } from './expressions-any.ts';
import { mapRules, onMap } from './expressions-maps.ts';
import { leaf, type Rule, rule, type Site } from './site.ts';
import { elements, keep, simplest, type TypeName } from './types.ts';

const tags = ["'red'", "'green'", "'blue'"] as const;

/** A variable of the type that has the name of a field, or the field written out. */
function entry(site: Site, name: string, type: TypeName): string {
  const fitting = site.body.visible(type).some((b) => b.name === name);
  if (!fitting || site.body.random.once(2)) return `${name}: ${site.value(type)}`;
  site.body.count('shorthand property');
  return name;
}

/** A spread is taken apart in statements before. */
const whole = (site: Site, write: () => string): string | undefined =>
  site.quiet ? undefined : write();

const pointRules: readonly Rule[] = [
  leaf('record literal', 2, (s) => `{ x: ${s.small()}, y: ${s.small()} }`),
  rule('record literal', 4, (s) => `{ ${entry(s, 'x', 'number')}, ${entry(s, 'y', 'number')} }`),
  rule('record literal', 2, (s) => `{ ${entry(s, 'y', 'number')}, ${entry(s, 'x', 'number')} }`),
  rule('record spread', 3, (s) =>
    whole(s, () => `{ ...${kept(s, 'Point')}, x: ${s.value('number')} }`),
  ),
  rule('spread of a literal', 2, (s) =>
    whole(s, () => `{ ...${kept(s, 'Point')}, ...{ y: ${s.value('number')} } }`),
  ),
  rule('record with fewer fields', 10, (s) => {
    const known = s.body.visible('Spot');
    return known.length === 0 ? undefined : s.body.random.pick(known).name;
  }),
];

const spotRules: readonly Rule[] = [
  leaf('record literal', 2, (s) => `{ x: ${s.small()}, y: 1, tag: ${s.body.random.pick(tags)} }`),
  rule('record spread', 2, (s) =>
    whole(s, () => `{ ...${kept(s, 'Spot')}, tag: ${s.value('Tag')} }`),
  ),
  rule('record spread', 2, (s) =>
    whole(s, () => `{ ...${kept(s, 'Point')}, tag: ${s.value('Tag')} }`),
  ),
];

const markRules: readonly Rule[] = [
  leaf(
    'record literal',
    1,
    (s) => `{ at: { x: ${s.small()}, y: 2 }, on: true, size: null, sizes: [${s.small()}] }`,
  ),
  rule('record literal', 3, (s) => {
    const parts = [
      entry(s, 'at', 'Point'),
      entry(s, 'on', 'boolean'),
      entry(s, 'size', 'number | null'),
      entry(s, 'sizes', 'readonly number[]'),
    ];
    return `{ ${parts.join(', ')} }`;
  }),
  rule('record spread', 2, (s) =>
    whole(s, () => `{ ...${kept(s, 'Mark')}, on: ${s.value('boolean')} }`),
  ),
];

const shapeRules: readonly Rule[] = [
  leaf('alternative of a union', 2, () => "{ kind: 'dot' }"),
  rule(
    'alternative of a union',
    3,
    (s) => `{ kind: 'line', to: ${s.value('Point')}, size: ${s.value('number')} }`,
  ),
  rule(
    'alternative of a union',
    3,
    (s) => `{ kind: 'many', parts: ${s.value('readonly number[]')}, tag: ${s.value('Tag')} }`,
  ),
];

const replyRules: readonly Rule[] = [
  leaf('alternative with a boolean tag', 2, () => '{ ok: false, size: null }'),
  rule(
    'alternative with a boolean tag',
    3,
    (s) => `{ size: ${s.value('number')}, last: ${s.value('boolean')}, ok: true }`,
  ),
  rule('alternative with a boolean tag', 3, (s) => `{ ok: false, size: ${s.value('number')} }`),
];

/** A union with null or undefined: either, or a value of the rest. */
function optional(nothing: readonly ('null' | 'undefined')[], rest: TypeName): readonly Rule[] {
  return [
    ...nothing.map((value) => leaf(value, 2, () => value)),
    leaf('alternative of a union', 3, () => simplest[rest]),
    rule('alternative of a union', 6, (s) => s.value(rest)),
  ];
}

const immutable = (type: TypeName): TypeName =>
  (type.startsWith('readonly') ? type : `readonly ${type}`) as TypeName;

/** Something that can be spread or cut: a place, or an immutable array. */
function source(site: Site, type: TypeName): string {
  const element = elements[type];
  const known = site.body.visible().filter((b) => b.type !== type && elements[b.type] === element);
  if (known.length > 0 && site.body.random.once(2)) return site.body.random.pick(known).name;
  return kept(site, immutable(type));
}

function arrayRules(type: TypeName): readonly Rule[] {
  const element = elements[type]!;
  const text = element.startsWith('readonly')
    ? `${keep(element)}(${simplest[element]})`
    : simplest[element];
  const item = (s: Site) => (element.startsWith('readonly') ? kept(s, element) : s.value(element));
  const range = (s: Site) => (s.body.random.once(3) ? `0, ${s.small()}` : '0, 1');
  return [
    leaf('empty array', 1, () => '[]'),
    leaf('array literal', 4, (s) => `[${element === 'number' ? s.small() : text}]`),
    rule('array literal', 5, (s) => {
      const length = 1 + s.body.random.below(3);
      return `[${Array.from({ length }, () => item(s)).join(', ')}]`;
    }),
    rule('array spread', 4, (s) => {
      const parts = [`...${source(s, type)}`];
      if (!s.body.random.once(3)) parts.push(item(s));
      if (s.body.random.once(3)) parts.push(`...${source(s, type)}`);
      if (s.body.random.once(3)) parts.unshift(item(s));
      return `[${parts.join(', ')}]`;
    }),
    rule('slice', 2, (s) => `${kept(s, immutable(type))}.slice(${range(s)})`),
    rule('concatenation', 2, (s) =>
      type.startsWith('readonly') && element !== 'readonly number[]'
        ? `${keep(type)}(${s.value(type)}).concat(${s.value(type)})`
        : undefined,
    ),
    rule('filled array', 2, (s) => `new Array<${element}>(${s.small()}).fill(${item(s)})`),
  ];
}

export const compositeRules: { readonly [T in TypeName]?: readonly Rule[] } = {
  ...mapRules,
  Tag: [leaf('tag literal', 5, (s) => s.body.random.pick(tags))],
  Point: pointRules,
  Spot: spotRules,
  Mark: markRules,
  Shape: shapeRules,
  Reply: replyRules,
  Block: [leaf('zero block', 2, () => 'zeroBlock')],
  'number | null': optional(['null'], 'number'),
  'number | undefined': [
    ...optional(['undefined'], 'number'),
    rule('value of a map', 4, (s) => onMap(s, (map) => `${map}.get(${s.value('string')})`)),
    rule('optional chaining', 6, (s) => s.subject('Point | null', (point) => `${point}?.x`)),
  ],
  'number | Tag': [
    leaf('tag literal', 2, (s) => s.body.random.pick(tags)),
    leaf('number literal', 1, (s) => s.small()),
    rule('alternative of a union', 6, (s) => s.value('number')),
  ],
  'Tag | null': optional(['null'], 'Tag'),
  'Point | null': optional(['null'], 'Point'),
  'Mark | undefined': optional(['undefined'], 'Mark'),
  'bigint | null | undefined': optional(['null', 'undefined'], 'bigint'),
  Uint8Array: [
    leaf('new bytes', 2, (s) => `new Uint8Array(${s.small()})`),
    rule('slice of bytes', 3, (s) => {
      const known = s.body.visible('Uint8Array');
      if (known.length === 0) return undefined;
      const { name } = s.body.random.pick(known);
      return s.body.random.once(2) ? `${name}.slice(0, 1)` : `${name}.slice(1, ${name}.length)`;
    }),
  ],
  ...Object.fromEntries((Object.keys(elements) as TypeName[]).map((t) => [t, arrayRules(t)])),
};
