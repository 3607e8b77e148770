/** Statements that contain others: branches, loops, errors. */
import type { Body } from './body.ts';
import type { Construct } from './constructs.ts';
import { plain } from './site.ts';
import { inner, nested, type StatementRule, simple, value } from './statement.ts';
import { keep, type TypeName } from './types.ts';

/** A condition that tells the checker nothing. */
const known = (body: Body): string => `${keep('boolean')}(${value(body, 'boolean')})`;

const branches: readonly StatementRule[] = [
  nested('block statement', 2, (body, depth) => {
    body.line('{');
    inner(body, depth);
    body.line('}');
    return true;
  }),
  nested('if', 6, (body, depth) => {
    const condition = value(body, 'boolean');
    body.line(`if (${condition}) {`);
    body.knowing(condition, () => inner(body, depth));
    body.line('}');
    return true;
  }),
  nested('if else', 4, (body, depth) => {
    const condition = value(body, 'boolean');
    body.line(`if (${condition}) {`);
    body.knowing(condition, () => inner(body, depth));
    body.line('} else {');
    body.knowing(condition, () => inner(body, depth));
    body.line('}');
    return true;
  }),
  nested('else if', 2, (body, depth) => {
    body.line(`if (${known(body)}) {`);
    inner(body, depth);
    body.line(`} else if (${known(body)}) {`);
    inner(body, depth);
    body.line('} else {');
    inner(body, depth);
    body.line('}');
    return true;
  }),
  nested('if not null', 4, (body, depth) => {
    const name = body.name('v');
    body.line(`const ${name}: Point | null = ${plain(body, 'Point | null', 2)};`);
    body.line(`if (${name} !== null) {`);
    body.block(() => {
      body.bindings.push({ name, type: 'Point', assignable: false, kind: 'local' });
      inner(body, depth);
    });
    body.line('}');
    return true;
  }),
];

/** A block in which `break` and `continue` have a meaning, with the markers at its head. */
function loopBody(body: Body, depth: number, markers: readonly string[], last?: string): void {
  const { switching } = body;
  body.switching = false;
  body.loops++;
  body.block(() => {
    for (const marker of markers) body.line(marker);
    inner(body, depth);
    if (last) body.line(last);
  });
  body.loops--;
  body.switching = switching;
}

/** True claims about a variable `i` that goes from 0 up to `end`. */
const claims: readonly (readonly [Construct, (i: string, end: string) => string])[] = [
  ['invariant', (i, end) => `${i} >= 0 && ${i} <= Math.max(0, ${end})`],
  ['universal quantifier', (i, end) => `forall(0, ${i}, (k) => k < ${end})`],
  ['existential quantifier', (i) => `!exists(0, ${i}, (k) => k >= ${i})`],
  ['implication', (i, end) => `implies(${i} >= ${end}, ${i} === ${end})`],
];

/** Markers at the head of a loop over `i` from 0. */
function markersFor(body: Body, i: string, end: string): readonly string[] {
  const markers: string[] = [];
  if (!body.random.once(3)) {
    const [construct, claim] = body.random.pick(claims);
    markers.push(`invariant(() => ${claim(i, end)});`);
    body.count(construct);
  }
  if (body.random.once(3)) {
    markers.push(`decreases(() => ${end} - ${i});`);
    body.count('decreases');
  }
  return markers;
}

/** What the machine below holds when a loop begins, and a claim about it before the first turn. */
function stateMarker(body: Body, i: string): readonly string[] {
  const able = body.role === 'async' || (body.role === 'method' && !body.async);
  if (!able || body.random.once(3)) return [];
  const name = body.name('v');
  body.line(`const ${name}: number = ${body.async ? 'await ' : ''}this.store.total();`);
  body.bindings.push({ name, type: 'number', assignable: false, kind: 'local' });
  body.count('state of the machine below');
  return [`invariant(() => ${i} > 0 || stateOf<Store>(this.store).count === ${name});`];
}

function counted(
  construct: Construct,
  weight: number,
  head: (i: string, body: Body) => { text: string; markers?: readonly string[] },
): StatementRule {
  return nested(construct, weight, (body, depth) => {
    if (body.loops > 1) return false;
    const i = body.name('i');
    const { text, markers } = head(i, body);
    body.line(`for (${text}) {`);
    const before = body.bindings;
    body.bindings = [...before, { name: i, type: 'number', assignable: false, kind: 'local' }];
    loopBody(body, depth, markers ?? []);
    body.bindings = before.filter((b) => body.bindings.some((c) => c.name === b.name));
    body.line('}');
    return true;
  });
}

const loops: readonly StatementRule[] = [
  nested('while', 5, (body, depth) => {
    if (body.loops > 1) return false;
    const i = body.name('n');
    const end = 1 + body.random.below(3);
    body.line(`let ${i}: number = 0;`);
    const more = body.random.once(2) ? '' : ` && ${known(body)}`;
    const state = stateMarker(body, i);
    body.line(`while (${i} < ${end}${more}) {`);
    const markers = [...state, ...markersFor(body, i, String(end))];
    // The step comes first, so that `continue` cannot miss it.
    loopBody(body, depth, [...markers, `${i}++;`]);
    body.line('}');
    return true;
  }),
  counted('for', 5, (i, body) => {
    const end = String(1 + body.random.below(3));
    const text = `let ${i} = 0; ${i} < ${end}; ${i}++`;
    return { text, markers: markersFor(body, i, end) };
  }),
  counted('for downwards', 2, (i, body) => ({
    text: `let ${i} = ${body.random.below(4)}; ${i} >= 0; ${i}--`,
  })),
  counted('for by steps', 2, (i, body) => ({
    text: `let ${i} = ${body.random.below(3)}; ${i} <= ${body.random.below(7)}; ${i} += 2`,
  })),
  over('for of', 4, (body, item) => {
    const array = `${keep('readonly number[]')}(${value(body, 'readonly number[]')})`;
    return { text: `const ${item} of ${array}`, names: [item] };
  }),
  over('for of copy', 2, (body, item) => {
    const places = body.visible('number[]');
    if (places.length === 0) return undefined;
    const { name } = body.random.pick(places);
    const copy = body.random.pick([`[...${name}]`, `${name}.slice(0, ${name}.length)`]);
    const i = body.name('i');
    return body.random.pick([
      { text: `const ${item} of ${keep('readonly number[]')}(${copy})`, names: [item] },
      { text: `const ${item} of ${copy}`, names: [item] },
      { text: `const [${i}, ${item}] of ${copy}.entries()`, names: [i, item] },
    ]);
  }),
  nested('for of', 2, (body, depth) => {
    const places = body.visible('number[]').filter((b) => b.kind === 'local');
    if (places.length === 0 || body.loops > 1) return false;
    const { name } = body.random.pick(places);
    const item = body.name('v');
    body.line(`for (const ${item} of ${name}) {`);
    body.hiding(name, () => loopBody(body, depth, []));
    body.line('}');
    return true;
  }),
  over('for of entries', 3, (body, item) => {
    const array = `${keep('readonly number[]')}(${value(body, 'readonly number[]')})`;
    const i = body.name('i');
    return { text: `const [${i}, ${item}] of ${array}.entries()`, names: [i, item] };
  }),
];

function over(
  construct: Construct,
  weight: number,
  head: (body: Body, item: string) => { text: string; names: readonly string[] } | undefined,
): StatementRule {
  return nested(construct, weight, (body, depth) => {
    const found = body.loops > 1 ? undefined : head(body, body.name('v'));
    if (!found) return false;
    body.line(`for (${found.text}) {`);
    const before = body.bindings;
    const type: TypeName = 'number';
    const items = found.names.map(
      (name) => ({ name, type, assignable: false, kind: 'local' }) as const,
    );
    body.bindings = [...before, ...items];
    loopBody(body, depth, []);
    body.bindings = before.filter((b) => body.bindings.some((c) => c.name === b.name));
    body.line('}');
    return true;
  });
}

const leaving: readonly StatementRule[] = [
  simple('break', 9, (body) => leave(body, 'break')),
  simple('continue', 12, (body) => leave(body, 'continue')),
  simple('early return', 3, (body) => {
    if (body.returns.endsWith('[]') && !body.returns.startsWith('readonly')) return false;
    const result = value(body, body.returns);
    body.line(`if (${known(body)}) return ${result};`);
    return true;
  }),
  simple('throw', 2, (body) => {
    if (!body.guarded && !body.random.once(4)) return false;
    const error = body.random.pick(['Busy', 'Lost']);
    body.line(`if (${known(body)}) throw new ${error}();`);
    return true;
  }),
];

function leave(body: Body, word: 'break' | 'continue'): boolean {
  if (body.loops === 0 || (word === 'break' && body.switching)) return false;
  body.line(`if (${known(body)}) ${word};`);
  return true;
}

const errors: readonly StatementRule[] = [
  nested('try catch', 4, (body, depth) => {
    guardedBlock(body, depth);
    body.line('} catch (error) {');
    body.line('  if (error instanceof Busy) {');
    inner(body, depth);
    body.line('  } else throw error;');
    body.line('}');
    return true;
  }),
  nested('catch of two errors', 3, (body, depth) => {
    guardedBlock(body, depth);
    body.line('} catch (error) {');
    body.line('  if (error instanceof Lost) {');
    inner(body, depth);
    body.line('  } else if (error instanceof Busy) {');
    inner(body, depth);
    body.line('  } else throw error;');
    body.line('}');
    return true;
  }),
];

function guardedBlock(body: Body, depth: number): void {
  body.line('try {');
  const before = body.guarded;
  body.guarded = true;
  inner(body, depth, () => {
    if (body.random.once(3)) return;
    body.line(`if (${known(body)}) throw new ${body.random.pick(['Busy', 'Lost'])}();`);
    body.count('throw');
  });
  body.guarded = before;
}

export const nestedRules: readonly StatementRule[] = [...branches, ...loops, ...leaving, ...errors];
