/** Statements that contain no others. */
import type { Body } from './body.ts';
import type { Construct } from './constructs.ts';
import { awaited, operation } from './expressions-any.ts';
import { plain, Site } from './site.ts';
import { type StatementRule, simple, value } from './statement.ts';
import { keep, type TypeName } from './types.ts';

/** Names of fields, so that there are shorthand properties. */
const hints: { readonly [T in TypeName]?: readonly string[] } = {
  boolean: ['on', 'v'],
  Point: ['at', 'v'],
  number: ['x', 'y', 'x', 'y', 'v'],
  'number | null': ['size', 'v'],
  'readonly number[]': ['sizes', 'v'],
};

function declare(body: Body, keyword: 'const' | 'let'): boolean {
  const type = body.random.pick(body.types);
  const hint = body.random.pick(hints[type] ?? ['v']);
  const known = body.bindings.some((b) => b.name === hint);
  const name = hint !== 'v' && !known ? hint : body.name('v');
  body.line(`${keyword} ${name}: ${type} = ${plain(body, type, 2)};`);
  body.bindings.push({ name, type, assignable: keyword === 'let', kind: 'local' });
  return true;
}

/** A variable or field that can be assigned. */
function target(
  body: Body,
  fields: boolean,
  type?: TypeName,
): { name: string; type: TypeName } | undefined {
  const all = body
    .visible(type)
    .filter((b) => b.assignable && (b.kind === 'field' || b.kind === 'private') === fields);
  return all.length === 0 ? undefined : body.random.pick(all);
}

function change(
  construct: Construct,
  weight: number,
  fields: boolean,
  type: TypeName | undefined,
  write: (name: string, body: Body, type: TypeName) => string,
): StatementRule {
  return simple(construct, weight, (body) => {
    const found = target(body, fields, type);
    if (!found) return false;
    body.line(`${write(found.name, body, found.type)};`);
    return true;
  });
}

const integers = (body: Body): TypeName => (body.random.once(5) ? 'bigint' : 'number');

/** Something that can be written to in place, and that what is written does not change. */
function inPlace(body: Body, type: TypeName, write: (place: string) => string): boolean {
  const all = body.visible(type);
  if (all.length === 0) return false;
  const { name } = body.random.pick(all);
  body.line(body.keeping(name, () => write(name)));
  return true;
}

function index(body: Body): string {
  return body.random.once(4) ? value(body, 'number', 1) : String(body.random.below(2));
}

const declarations: readonly StatementRule[] = [
  simple('const', 8, (body) => declare(body, 'const')),
  simple('let', 8, (body) => declare(body, 'let')),
  simple('destructured record', 2, (body) => {
    const record = value(body, 'Point');
    const [x, y] = [body.name('x'), body.name('y')];
    body.line(`const { x: ${x}, y: ${y} } = ${record};`);
    body.bindings.push({ name: x, type: 'number', assignable: false, kind: 'local' });
    body.bindings.push({ name: y, type: 'number', assignable: false, kind: 'local' });
    return true;
  }),
  simple('destructured array', 3, (body) => {
    const places = body.visible('number[]');
    const whole =
      places.length > 0 && body.random.once(2)
        ? body.random.pick(places).name
        : `${keep('readonly number[]')}(${value(body, 'readonly number[]')})`;
    return taken(body, whole, body.strict ? 'number | undefined' : 'number');
  }),
  simple('destructured array literal', 3, (body) =>
    taken(body, `[${value(body, 'number')}, ${value(body, 'number')}]`, 'number'),
  ),
];

function taken(body: Body, whole: string, type: TypeName): boolean {
  const names = [body.name('v'), body.name('v')];
  // Of an array, mostly the first element, which is often there.
  const most = type === 'number' && !whole.startsWith('[') && !body.random.once(4) ? 1 : 2;
  body.line(`const [${names.slice(0, most).join(', ')}] = ${whole};`);
  for (const name of names.slice(0, most))
    body.bindings.push({ name, type, assignable: false, kind: 'local' });
  return true;
}

/** A few statements that belong together. */
const together: readonly StatementRule[] = [
  simple('new bytes', 3, (body) => {
    const [bytes, part, sum] = [body.name('v'), body.name('v'), body.name('v')];
    body.line(`const ${bytes}: Uint8Array = new Uint8Array(${1 + body.random.below(3)});`);
    body.line(`${bytes}[0] = ${value(body, 'u8')};`);
    body.line(`const ${part}: Uint8Array = ${bytes}.slice(0, ${body.random.below(3)});`);
    const read = body.strict ? `${bytes}[0]!` : `${bytes}[0]`;
    body.line(`const ${sum}: number = ${read} + ${part}.length;`);
    const owned = { type: 'Uint8Array', assignable: false, kind: 'local' } as const;
    body.bindings.push({ ...owned, name: bytes }, { ...owned, name: part });
    body.bindings.push({ name: sum, type: 'number', assignable: false, kind: 'local' });
    for (const used of [
      'assignment to a byte',
      'slice of bytes',
      'byte',
      'length of bytes',
    ] as const)
      body.count(used);
    return true;
  }),
  simple('spread of a literal', 4, (body) => {
    const [update, name] = [body.name('v'), body.name('v')];
    body.line(`const ${update} = { x: ${value(body, 'number')} };`);
    const base = body.random.pick([
      `...${keep('Point')}(${value(body, 'Point')})`,
      `y: ${value(body, 'number')}`,
    ]);
    body.line(`const ${name}: Point = { ${base}, ...${update} };`);
    body.bindings.push({ name, type: 'Point', assignable: false, kind: 'local' });
    return true;
  }),
  simple('shorthand property', 3, (body) => {
    if (body.bindings.some((b) => b.name === 'x')) return false;
    body.line(`const x: number = ${value(body, 'number')};`);
    body.bindings.push({ name: 'x', type: 'number', assignable: false, kind: 'local' });
    const name = body.name('v');
    body.line(`const ${name}: Point = { y: ${value(body, 'number')}, x };`);
    body.bindings.push({ name, type: 'Point', assignable: false, kind: 'local' });
    return true;
  }),
];

const assignments: readonly StatementRule[] = [
  change('assignment', 6, false, undefined, (n, b, t) => `${n} = ${plain(b, t, 2)}`),
  change('assignment to a field', 7, true, undefined, (n, b, t) =>
    b.keepingNone(t, () => `${n} = ${plain(b, t, 2)}`),
  ),
  change('addition to a variable', 8, false, 'number', (n, b) => `${n} += ${value(b, 'number')}`),
  change('addition to a field', 5, true, 'number', (n, b) => `${n} += ${value(b, 'number', 3)}`),
  simple('subtraction from a variable', 9, (body) => {
    const type = integers(body);
    const found = target(body, false, type);
    if (found) body.line(`${found.name} -= ${value(body, type)};`);
    return found !== undefined;
  }),
  change('multiplication of a variable', 9, false, 'number', (n, b) => `${n} *= ${index(b)}`),
  simple('increment', 9, (body) => {
    const found = target(body, false, integers(body));
    if (found) body.line(`${found.name}++;`);
    return found !== undefined;
  }),
  simple('assignment if absent', 3, (body) => {
    const field = target(body, true, 'number | undefined');
    if (field && body.random.once(2)) {
      body.line(`${field.name} ??= ${value(body, 'number')};`);
      return true;
    }
    const name = body.name('v');
    const type = 'number | null';
    body.line(`let ${name}: ${type} = ${keep(type)}(${value(body, type)});`);
    body.line(`${name} ??= ${value(body, 'number')};`);
    body.bindings.push({ name, type, assignable: true, kind: 'local' });
    return true;
  }),
  change(
    'assignment if true or if false',
    20,
    false,
    'boolean',
    (n, b) => `${n} ${b.random.pick(['&&=', '||='])} ${value(b, 'boolean')}`,
  ),
  change('decrement', 8, false, 'number', (n) => `--${n}`),
  change('increment of a field', 3, true, 'number', (n) => `${n}++`),
];

const sequences: readonly StatementRule[] = [
  simple('assignment to an element', 4, (body) =>
    inPlace(body, 'number[]', (xs) => `${xs}[${index(body)}] = ${value(body, 'number')};`),
  ),
  simple('addition to an element', 6, (body) =>
    body.strict
      ? false
      : inPlace(body, 'number[]', (xs) => `${xs}[${index(body)}] += ${value(body, 'number')};`),
  ),
  simple('assignment to a byte', 14, (body) =>
    inPlace(body, 'Uint8Array', (bytes) => `${bytes}[${index(body)}] = ${value(body, 'u8')};`),
  ),
  simple('push', 4, (body) =>
    inPlace(body, 'number[]', (xs) => `${xs}.push(${value(body, 'number')});`),
  ),
  simple('push', 2, (body) =>
    inPlace(body, 'Point[]', (xs) => `${xs}.push(${value(body, 'Point')});`),
  ),
  simple('pop and forget', 2, (body) =>
    inPlace(body, 'number[]', (xs) => `if (${xs}.length > 0) ${xs}.pop();`),
  ),
];

const effects: readonly StatementRule[] = [
  simple('statement of an effect', 26, (body) => {
    if (body.role === 'function' || (body.async && body.role !== 'async')) return false;
    const text = effect(body);
    body.line(`${text.replace(/^\((.*)\)$/, '$1')};`);
    return true;
  }),
  simple('statement of a call', 3, (body) => {
    const helpers = body.helpers.filter((h) => h.kind === 'method');
    if (helpers.length === 0 || body.role === 'function') return false;
    const helper = body.random.pick(helpers);
    const given = helper.parameters.map((type) => value(body, type)).join(', ');
    body.line(`this.${helper.name}(${given});`);
    return true;
  }),
  simple('empty statement', 1, (body) => {
    body.line(';');
    return true;
  }),
  simple('assert', 2, (body) => {
    const fact = body.quietly(() =>
      body.random.once(3) ? value(body, 'boolean') : `(${value(body, 'number')} > -1000)`,
    );
    body.line(`assert(${fact}, 'as it should be');`);
    return true;
  }),
  simple('ghost', 2, (body) => {
    const numbers = body.visible('number');
    if (numbers.length === 0) return false;
    body.line(`const ${body.name('g')} = ghost(() => ${body.random.pick(numbers).name} + 1);`);
    return true;
  }),
  simple('assume', 3, (body) => {
    const fact = body.quietly(() => `${value(body, 'number')} < ${body.random.once(2) ? 5 : 1000}`);
    body.line(`assume(${fact}, 'it is small');`);
    return true;
  }),
];

function effect(body: Body): string {
  const { random } = body;
  const call = random.pick([
    () => `this.store.put(${value(body, 'number')})`,
    () => `this.store.push(${value(body, 'number')})`,
    () => `this.store.move(${value(body, 'Point')})`,
    () => operation(new Site(body, random.pick(['number', 'boolean']), 2))!,
  ])();
  return awaited(new Site(body, 'number', 2), call);
}

/** What is owned goes elsewhere, and is never mentioned again. */
const moves: readonly StatementRule[] = [
  simple('move into a field', 4, (body) => {
    const field = target(body, true, 'number[]');
    if (!field || body.loops > 0) return false;
    const local = movable(body);
    body.line(`${field.name} = ${local};`);
    body.drop(local);
    return true;
  }),
  simple('move into an argument', 4, (body) => {
    const helper = body.helpers.find((h) => h.parameters.includes('number[]'));
    if (!helper || body.loops > 0) return false;
    const local = movable(body);
    const name = body.name('v');
    body.line(`const ${name}: ${helper.returns} = ${helper.name}(${local});`);
    body.drop(local);
    body.bindings.push({ name, type: helper.returns, assignable: false, kind: 'local' });
    return true;
  }),
];

/** A local array, sometimes a new one. */
function movable(body: Body): string {
  const locals = body.visible('number[]').filter((b) => b.kind === 'local');
  if (locals.length > 0 && !body.guarded) return body.random.pick(locals).name;
  const name = body.name('v');
  body.line(`const ${name}: number[] = ${value(body, 'number[]')};`);
  body.line(`${name}.push(${value(body, 'number')});`);
  return name;
}

export const simpleRules: readonly StatementRule[] = [
  ...declarations,
  ...together,
  ...assignments,
  ...sequences,
  ...effects,
  ...moves,
];
