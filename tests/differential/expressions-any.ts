/** Expressions that exist at every type. */
import type { Construct } from './constructs.ts';
import { argumentsFor, leaf, type Rule, rule, type Site } from './site.ts';
import { elements, keep, owned, type TypeName } from './types.ts';

/** Fields of records by their type. */
const fields: readonly { of: TypeName; name: string; type: TypeName }[] = [
  { of: 'Point', name: 'x', type: 'number' },
  { of: 'Point', name: 'y', type: 'number' },
  { of: 'Spot', name: 'x', type: 'number' },
  { of: 'Spot', name: 'tag', type: 'Tag' },
  { of: 'Mark', name: 'at', type: 'Point' },
  { of: 'Mark', name: 'on', type: 'boolean' },
  { of: 'Mark', name: 'size', type: 'number | null' },
  { of: 'Mark', name: 'sizes', type: 'readonly number[]' },
  { of: 'Mark', name: 'at.x', type: 'number' },
];

/** Operations of the machine below by what they return. */
const operations: readonly { name: string; parameters: TypeName[]; returns: TypeName }[] = [
  { name: 'total', parameters: [], returns: 'number' },
  { name: 'add', parameters: ['number'], returns: 'number' },
  { name: 'roll', parameters: [], returns: 'number' },
  { name: 'any', parameters: [], returns: 'number' },
  { name: 'flip', parameters: [], returns: 'boolean' },
  { name: 'replace', parameters: ['number', 'number'], returns: 'boolean' },
  { name: 'write', parameters: ['Block'], returns: 'boolean' },
  { name: 'at', parameters: ['number'], returns: 'number | undefined' },
  { name: 'name', parameters: ['string', 'number'], returns: 'number | undefined' },
  { name: 'try', parameters: ['number'], returns: 'number | null' },
  { name: 'where', parameters: [], returns: 'Point | null' },
  { name: 'list', parameters: [], returns: 'readonly number[]' },
  { name: 'read', parameters: [], returns: 'Block' },
  { name: 'scan', parameters: [], returns: 'readonly Block[]' },
];

export function operation(site: Site): string | undefined {
  const fitting = operations.filter((o) => o.returns === site.type);
  const { role, async } = site.body;
  if (fitting.length === 0 || role === 'function' || site.quiet) return undefined;
  if (async && role !== 'async') return undefined;
  const { name, parameters } = site.body.random.pick(fitting);
  return `this.store.${name}(${parameters.map((type) => site.value(type)).join(', ')})`;
}

function call(site: Site, kind: 'function' | 'method' | 'async'): string | undefined {
  if (site.quiet || (kind !== 'function' && (site.body.role === 'function' || site.body.still)))
    return undefined;
  if (kind === 'async' && site.body.role !== 'async') return undefined;
  const helper = site.helper(kind);
  if (!helper) return undefined;
  const text = `${helper.name}(${argumentsFor(site, helper)})`;
  if (kind === 'function') return text;
  return kind === 'method' ? `this.${text}` : `(await this.${text})`;
}

function elementOf(site: Site): string | undefined {
  const arrays = (Object.keys(elements) as TypeName[]).filter(
    (array) => elements[array] === site.type,
  );
  if (arrays.length === 0) return undefined;
  const known = site.body.visible().filter((binding) => arrays.includes(binding.type));
  const free = arrays.filter((array) => !owned.has(array));
  const array =
    known.length > 0 && !site.body.random.once(4)
      ? site.body.random.pick(known).name
      : kept(site, site.body.random.pick(free));
  return site.body.keeping(array, () => `${array}[${index(site, array)}]`);
}

/** An array or record that is no literal, which would have a type of its own. */
export const kept = (site: Site, type: TypeName): string => `${keep(type)}(${site.value(type)})`;

/** Literals of arrays have types of their own, which do not go together. */
const solid = (site: Site, type: TypeName): string =>
  type.startsWith('readonly') ? kept(site, type) : site.value(type);

/** Mostly an index that is there. */
export function index(site: Site, array: string): string {
  const { random } = site.body;
  if (random.once(12)) return site.value('number');
  if (random.once(3) && /^[a-z.#A-Z0-9]+$/.test(array) && !site.quiet)
    return `(Math.abs(${site.value('number')}) % ${array}.length)`;
  return random.once(8) ? '1' : '0';
}

/** The type with null or undefined, where there is one. */
const nullable: { readonly [T in TypeName]?: readonly TypeName[] } = {
  number: ['number | null', 'number | undefined'],
  Tag: ['Tag | null'],
  Point: ['Point | null'],
  Mark: ['Mark | undefined'],
  bigint: ['bigint | null | undefined'],
};

function coalesced(site: Site, withEffect: boolean): string | undefined {
  const types = nullable[site.type];
  if (!types || (withEffect && site.quiet)) return undefined;
  return site.subject(site.body.random.pick(types), (subject) => {
    if (!withEffect) return `(${subject} ?? ${site.value(site.type)})`;
    const effect = operation(site) ?? call(site, 'method');
    const other = effect === undefined ? site.value(site.type) : awaited(site, effect);
    return `(${subject} ?? ${other})`;
  });
}

/** In an asynchronous program the operations of the machine below are awaited. */
export function awaited(site: Site, effect: string): string {
  return site.body.async && effect.startsWith('this.store.') ? `(await ${effect})` : effect;
}

function lowerRule(construct: Construct, async: boolean): Rule {
  return rule(construct, 5, (site) => {
    if (site.body.async !== async) return undefined;
    if (async && site.body.role !== 'async') return undefined;
    const text = operation(site);
    return text === undefined ? undefined : awaited(site, text);
  });
}

export const anyRules: readonly Rule[] = [
  leaf('local variable', 9, (site) => site.variable('local')),
  leaf('parameter', 5, (site) => site.variable('parameter')),
  leaf('field of this', 4, (site) => site.variable('field')),
  leaf('private field', 3, (site) => site.variable('private')),
  rule('conditional expression', 2, (s) => {
    const condition = s.value('boolean');
    return s.body.knowing(
      condition,
      () => `(${condition} ? ${solid(s, s.type)} : ${solid(s, s.type)})`,
    );
  }),
  rule('parentheses', 1, (s) => `(${s.value(s.type)})`),
  rule('call of a function', 3, (s) => call(s, 'function')),
  rule('call of a method', 4, (s) => call(s, 'method')),
  rule('awaited call of a method', 8, (s) => call(s, 'async')),
  lowerRule('operation of the machine below', false),
  lowerRule('awaited operation of the machine below', true),
  rule('field of a record', 3, (s) => {
    const fitting = fields.filter((f) => f.type === s.type && !f.name.includes('.'));
    if (fitting.length === 0) return undefined;
    const { of, name } = s.body.random.pick(fitting);
    const known = s.body.visible(of);
    const named = known.length > 0 && !s.body.random.once(3);
    return `${named ? s.body.random.pick(known).name : kept(s, of)}.${name}`;
  }),
  rule('element with !', 2, (s) => {
    const text = elementOf(s);
    return text === undefined || !s.body.strict ? text : `${text}!`;
  }),
  rule('element, or a value instead of undefined', 2, (s) => {
    if (s.type === 'number | null') return undefined;
    const text = elementOf(s);
    return text === undefined ? undefined : `(${text} ?? ${s.value(s.type)})`;
  }),
  rule('nullish coalescing', 3, (s) => coalesced(s, false)),
  rule('nullish coalescing with an effect', 3, (s) => coalesced(s, true)),
  rule('non-null assertion', 1, (s) => {
    const types = nullable[s.type];
    if (!types) return undefined;
    return s.subject(s.body.random.pick(types), (subject) => `${subject}!`);
  }),
  rule('assignment as an expression', 1, (s) => {
    if (
      s.quiet ||
      /[|[]/.test(s.type) ||
      ['boolean', 'Tag', 'Digit', 'Shape', 'Reply'].includes(s.type)
    )
      return undefined;
    const target = s.variable(undefined, true);
    if (target === undefined) return undefined;
    const kept = () => s.value(s.type);
    const own = target.startsWith('this.');
    return `(${target} = ${own ? s.body.keepingNone(s.type, kept) : kept()})`;
  }),
];
