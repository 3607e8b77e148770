/** Statements on maps and sets. What loops over them compute is the same in every order. */
import type { Body } from './body.ts';
import { type StatementRule, simple, value } from './statement.ts';
import type { TypeName } from './types.ts';

function inPlace(body: Body, type: TypeName, write: (place: string) => string): boolean {
  const all = body.visible(type);
  if (all.length === 0) return false;
  const { name } = body.random.pick(all);
  body.line(body.keeping(name, () => write(name)));
  return true;
}

/** A loop that keeps one number, and what it says of itself. */
function loop(body: Body, over: string, names: string, key: string, item: string): void {
  const { random } = body;
  const kept = body.name('v');
  body.line(`let ${kept}: number = ${random.below(4)};`);
  body.line(`for (const ${names} of ${over}) {`);
  if (!over.includes('.values')) {
    const map = over.replace('.keys()', '').replace('.entries()', '');
    body.line(`  invariant(() => visited(${map}, ${key}).size <= ${map}.size);`);
    body.count('statement about what was visited');
  }
  const step = random.pick([
    `${kept} = Math.max(${kept}, ${item});`,
    `${kept} = Math.min(${kept}, ${item});`,
    `if (${item} > ${random.below(3)}) ${kept}++;`,
    `if (${item} === ${random.below(3)}) continue;\n    ${kept}++;`,
  ]);
  body.line(`  ${step}`);
  body.line('}');
  body.bindings.push({ name: kept, type: 'number', assignable: true, kind: 'local' });
}

function overMap(body: Body): boolean {
  const known = body.visible('Map<string, number>');
  if (known.length === 0 || body.loops > 1) return false;
  const { name } = body.random.pick(known);
  const [key, item] = [body.name('k'), body.name('v')];
  const form = body.random.below(4);
  if (form === 0) loop(body, `${name}.values()`, item, key, item);
  else if (form === 1) loop(body, `${name}.entries()`, `[${key}, ${item}]`, key, item);
  else if (form === 2) loop(body, name, `[${key}, ${item}]`, key, item);
  else loop(body, `${name}.keys()`, key, key, `(${name}.get(${key}) ?? 0)`);
  return true;
}

function overSet(body: Body): boolean {
  const known = body.visible('Set<number>');
  if (known.length === 0 || body.loops > 1) return false;
  const { name } = body.random.pick(known);
  const item = body.name('v');
  loop(body, body.random.pick([name, `${name}.values()`, `${name}.keys()`]), item, item, item);
  return true;
}

/** `map.forEach((item, key) => { ... })`; a set gives the key, and may give it twice. */
function forEach(body: Body, type: 'Map<string, number>' | 'Set<number>'): boolean {
  const known = body.visible(type);
  if (known.length === 0 || body.loops > 1) return false;
  const { random } = body;
  const { name } = random.pick(known);
  const [kept, item, second] = [body.name('v'), body.name('v'), body.name('k')];
  const twice = random.once(2);
  const key = type === 'Set<number>' ? item : second;
  body.line(`let ${kept}: number = ${random.below(4)};`);
  body.line(`${name}.forEach((${twice ? `${item}, ${second}` : item}) => {`);
  if (twice || key === item) {
    body.line(`  invariant(() => visited(${name}, ${key}).size <= ${name}.size);`);
    body.count('statement about what was visited');
  }
  const other = twice && key === item ? second : item;
  const step = random.pick([
    `${kept} = Math.max(${kept}, ${other});`,
    `${kept} = Math.min(${other}, ${kept});`,
    `if (${item} > ${random.below(3)}) ${kept}++;`,
    `if (${other} !== ${random.below(3)}) ${kept} -= 2;`,
  ]);
  body.line(`  ${step}`);
  body.line('});');
  body.bindings.push({ name: kept, type: 'number', assignable: true, kind: 'local' });
  return true;
}

/** A new variable, with a map that is empty or a copy. */
function declare(body: Body, made: (type: TypeName) => string | undefined): boolean {
  const type = body.random.pick(['Map<string, number>', 'Set<number>'] as const);
  const text = made(type);
  if (text === undefined) return false;
  const name = body.name('v');
  body.line(`const ${name}: ${type} = ${text};`);
  body.bindings.push({ name, type, assignable: false, kind: 'local' });
  return true;
}

export const mapStatements: readonly StatementRule[] = [
  simple('new map', 3, (body) => declare(body, (type) => `new ${type}()`)),
  simple('copy of a map', 4, (body) =>
    declare(body, (type) => {
      const known = body.visible(type);
      if (known.length === 0) return undefined;
      return `new ${type.replace(/<.*/, '')}(${body.random.pick(known).name})`;
    }),
  ),
  simple('entry that is set', 4, (body) =>
    inPlace(
      body,
      'Map<string, number>',
      (map) => `${map}.set(${value(body, 'string')}, ${value(body, 'number')});`,
    ),
  ),
  simple('key that is added', 6, (body) =>
    inPlace(body, 'Set<number>', (set) => `${set}.add(${value(body, 'number')});`),
  ),
  simple('key that is deleted', 6, (body) =>
    body.random.once(2)
      ? inPlace(body, 'Set<number>', (set) => `${set}.delete(${value(body, 'number')});`)
      : inPlace(body, 'Map<string, number>', (map) => `${map}.delete(${value(body, 'string')});`),
  ),
  simple('map that is cleared', 4, (body) =>
    inPlace(
      body,
      body.random.pick(['Map<string, number>', 'Set<number>']),
      (map) => `${map}.clear();`,
    ),
  ),
  simple('for of a map', 5, overMap),
  simple('for of a set', 6, overSet),
  simple('for each of a map', 5, (body) => forEach(body, 'Map<string, number>')),
  simple('for each of a set', 6, (body) => forEach(body, 'Set<number>')),
];
