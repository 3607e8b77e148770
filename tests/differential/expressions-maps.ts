/** Expressions on texts, maps and sets. */
import { leaf, type Rule, rule, type Site } from './site.ts';
import type { TypeName } from './types.ts';

const texts = ["''", "'a'", "'b'", "'red'", "'1'"] as const;

/** Something done with a map, whose parts do not change it. */
export function onMap(
  site: Site,
  write: (map: string) => string,
  type: TypeName = 'Map<string, number>',
): string | undefined {
  const known = site.body.visible(type);
  if (known.length === 0) return undefined;
  const { name } = site.body.random.pick(known);
  return site.body.keeping(name, () => write(name));
}

const onSet = (site: Site, write: (set: string) => string) => onMap(site, write, 'Set<number>');

export const mapTests: readonly Rule[] = [
  rule('key of a map', 6, (s) => onMap(s, (map) => `${map}.has(${s.value('string')})`)),
  rule('key of a map', 6, (s) => onSet(s, (set) => `${set}.has(${s.value('number')})`)),
  rule('deletion from a map', 6, (s) =>
    s.quiet ? undefined : onMap(s, (map) => `${map}.delete(${s.value('string')})`),
  ),
  rule('deletion from a map', 6, (s) =>
    s.quiet ? undefined : onSet(s, (set) => `${set}.delete(${s.value('number')})`),
  ),
];

export const mapNumbers: readonly Rule[] = [
  rule('size of a map', 2, (s) => onMap(s, (map) => `${map}.size`)),
  rule('size of a map', 2, (s) => onSet(s, (set) => `${set}.size`)),
  rule('value of a map', 4, (s) =>
    onMap(s, (map) => `(${map}.get(${s.value('string')}) ?? ${s.small()})`),
  ),
];

function newOf(type: TypeName): readonly Rule[] {
  return [
    leaf('new map', 2, () => `new ${type}()`),
    rule('copy of a map', 6, (s) =>
      onMap(s, (map) => `new ${type.replace(/<.*/, '')}(${map})`, type),
    ),
  ];
}

export const mapRules: { readonly [T in TypeName]?: readonly Rule[] } = {
  string: [
    leaf('text literal', 4, (s) => s.body.random.pick(texts)),
    rule('text of a tag', 3, (s) => s.value('Tag')),
  ],
  'Map<string, number>': newOf('Map<string, number>'),
  'Set<number>': newOf('Set<number>'),
};
