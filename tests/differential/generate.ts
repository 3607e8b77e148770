/**
 * Writes files of programs. A file holds classes on the machine `Store`; every public method of a
 * class is a program of its own, and shares helpers and fields with the others of its class.
 */
import { type Binding, Body, type Helper, type Role } from './body.ts';
import type { Counts } from './constructs.ts';
import { generics } from './expressions-generics.ts';
import { Random } from './random.ts';
import { plain } from './site.ts';
import { value } from './statement.ts';
import { statements } from './statements.ts';
import { common, declarations, keepers, names, owned, simplest, type TypeName } from './types.ts';

export interface Generated {
  readonly text: string;
  /** Where to find the programs. */
  readonly classes: readonly { readonly name: string; readonly entries: readonly string[] }[];
  readonly counts: Counts;
}

export interface Size {
  readonly classes: number;
  readonly entries: number;
  /** Whether `noUncheckedIndexedAccess` is on. */
  readonly strict: boolean;
}

const imports = (model: string, layer: string, store: string) => `
import {
  assert, assume, type AsyncOperations, type Block, decreases, everyKey, exists, forall, ghost,
  implies, invariant, type Operations, stateOf, sameBlock, sameBlocks, sameEntries, u8, u16, u32,
  u64, visited, wrapU8, wrapU16, wrapU32, wrapU64, zeroBlock,
} from '${model}';
import { refinement } from '${layer}';
import { Busy, Lost, type Point, Store } from '${store}';
`;

export interface Paths {
  readonly model: string;
  readonly layer: string;
  readonly store: string;
}

const maps = ['Map<string, number>', 'Set<number>'] as const;

/** Everything depends on the seed and the numbers only, so classes can be left out one by one. */
export function generate(
  seed: number,
  file: number,
  size: Size,
  paths: Paths,
  without: ReadonlySet<number> = new Set(),
): Generated {
  const counts: Counts = new Map();
  const numbers = Array.from({ length: size.classes }, (_, i) => i).filter((i) => !without.has(i));
  const classes = numbers.map((i) => oneClass(Random.of(seed, file, i), i, size, counts));
  const head = imports(paths.model, paths.layer, paths.store);
  const constants = 'const LIMIT = 7;\n';
  const text = [
    head,
    declarations,
    constants,
    keepers,
    generics,
    ...classes.map((c) => c.text),
  ].join('\n');
  return { text, classes, counts };
}

interface Written {
  readonly text: string;
  readonly name: string;
  readonly entries: readonly string[];
}

function oneClass(random: Random, number: number, size: Size, counts: Counts): Written {
  const async = random.once(3);
  const writer = new ClassWriter(random, number, { async, strict: size.strict }, counts);
  writer.functions();
  writer.helpers();
  const names = Array.from({ length: size.entries }, (_, i) => `m${i}`);
  for (const name of names) writer.entry(name);
  return { text: writer.text(), name: `Code${number}`, entries: names };
}

class ClassWriter {
  private readonly random: Random;
  private readonly number: number;
  private readonly async: boolean;
  private readonly strict: boolean;
  private readonly counts: Counts;
  private readonly known: Helper[] = [];
  private readonly outside: string[] = [];
  private readonly inside: string[] = [];
  private readonly promised: string[] = [];
  private readonly fields: readonly Binding[];
  /** Some type more often than others, another in each class. */
  private readonly types: readonly TypeName[];
  private readonly passed: readonly TypeName[];

  constructor(
    random: Random,
    number: number,
    mode: { readonly async: boolean; readonly strict: boolean },
    counts: Counts,
  ) {
    this.random = random;
    this.number = number;
    this.async = mode.async;
    this.strict = mode.strict;
    this.counts = counts;
    const theme = random.pick(names);
    this.types = [...common, 'number[]', 'Uint8Array', ...maps, ...Array<TypeName>(9).fill(theme)];
    this.passed = this.types.filter((type) => !owned.has(type));
    const types: readonly TypeName[] = [
      'number',
      'number[]',
      'boolean',
      'number | null',
      random.pick(this.passed),
      random.pick(maps),
    ];
    const fields = types.map((type, i): Binding => field(`this.f${i}`, type, 'field'));
    this.count('private name');
    this.fields = [...fields, field('this.#p', random.pick(['number', ...this.passed]), 'private')];
  }

  /** Helpers outside the class: functions that only compute. */
  functions(): void {
    const list: Helper = {
      name: `last${this.number}`,
      kind: 'function',
      parameters: ['number[]'],
      optional: false,
      returns: this.random.pick(['number[]', 'number']),
    };
    this.outside.push(this.functionText(list, 'function'));
    this.known.push(list);
    for (let i = 0; i < 3; i++) {
      const helper = this.signature(`f${this.number}x${i}`, 'function');
      const form = this.random.pick(['function', 'arrow', 'short'] as const);
      this.outside.push(this.functionText(helper, form));
      this.known.push(helper);
    }
  }

  helpers(): void {
    const roles: readonly Role[] = this.async ? ['method', 'async', 'async'] : ['method', 'method'];
    roles.forEach((role, i) => {
      const helper = this.signature(`h${i}`, role);
      this.inside.push(this.methodText(helper, role, 'private '));
      this.known.push(helper);
      this.count('private method');
    });
  }

  entry(name: string): void {
    const role: Role = this.async ? 'async' : 'method';
    const entry = { ...this.signature(name, role), optional: false };
    this.inside.push(this.methodText(entry, role, ''));
    this.count(this.async ? 'async method' : 'method');
    const parameters = entry.parameters.map((type, i) => `p${i}: ${type}`).join(', ');
    this.promised.push(
      `  ${name}(${parameters}): ${entry.returns} {\n    return ${simplest[entry.returns]};\n  }`,
    );
  }

  text(): string {
    const handle = this.async ? 'AsyncOperations<Store>' : 'Operations<Store>';
    const init = this.async ? 'async init(): Promise<boolean>' : 'init(): boolean';
    const recover = this.async ? 'async recover(): Promise<void>' : 'recover(): void';
    const n = this.number;
    return [
      ...this.outside,
      `export class Code${n} {`,
      ...this.fields.map((f) => `  ${declared(f)};`),
      ...this.constructorText(handle),
      `  ${init} {\n    return true;\n  }`,
      `  ${recover} {}`,
      '  /* fields */',
      ...this.inside,
      '}',
      `export class Promised${n} {`,
      `  static initial(): Promised${n} {\n    return new Promised${n}();\n  }`,
      ...this.promised,
      '}',
      `export const layer${n} = refinement({`,
      `  promise: Promised${n},`,
      `  code: Code${n},`,
      '  on: Store,',
      `  abstraction: (_promised, lower) => ${this.ghost()},`,
      `  initially: () => new Promised${n}(),`,
      '});',
    ].join('\n');
  }

  private constructorText(handle: string): readonly string[] {
    const assigned = this.fields.map((f) => `    ${f.name} = ${simplest[f.type]};`);
    if (!this.random.once(4)) {
      this.count('parameter property');
      return [`  constructor(private readonly store: ${handle}) {`, ...assigned, '  }'];
    }
    return [
      `  private readonly store: ${handle};`,
      `  constructor(store: ${handle}) {`,
      '    this.store = store;',
      ...assigned,
      '  }',
    ];
  }

  private signature(name: string, kind: Role): Helper {
    const parameters = Array.from({ length: 1 + this.random.below(3) }, () =>
      this.random.pick(this.passed),
    );
    const optional = kind !== 'function' ? false : this.random.once(2);
    if (optional) parameters.push('number');
    const returns = this.random.once(3) ? 'number[]' : this.random.pick(this.passed);
    return { name, kind, parameters, optional, returns };
  }

  private functionText(helper: Helper, form: 'function' | 'arrow' | 'short'): string {
    this.count(form === 'function' ? 'function' : 'arrow function at module level');
    const body = this.body(helper, 'function');
    const parameters = parametersOf(helper);
    const head = `${helper.name}`;
    if (form === 'short' && !owned.has(helper.returns)) {
      const result = value(body, helper.returns, 3);
      return `const ${head} = (${parameters}): ${helper.returns} => (${result});`;
    }
    this.fill(body);
    const lines = body.lines.map((line) => line.slice(2)).join('\n');
    if (form === 'function')
      return `function ${head}(${parameters}): ${helper.returns} {\n${lines}\n}`;
    return `const ${head} = (${parameters}): ${helper.returns} => {\n${lines}\n};`;
  }

  private methodText(helper: Helper, role: Role, visibility: string): string {
    const body = this.body(helper, role);
    this.fill(body);
    const returns = role === 'async' ? `Promise<${helper.returns}>` : helper.returns;
    const word = role === 'async' ? 'async ' : '';
    const head = `${visibility}${word}${helper.name}(${parametersOf(helper)}): ${returns}`;
    return `  ${head} {\n${body.lines.join('\n')}\n  }`;
  }

  private body(helper: Helper, role: Role): Body {
    const parameters = helper.parameters.map((type, i): Binding => {
      const assignable = !owned.has(type) && this.random.once(2);
      return { name: `p${i}`, type, assignable, kind: 'parameter' };
    });
    return new Body({
      random: this.random,
      role,
      returns: helper.returns,
      helpers: [...this.known],
      async: this.async,
      bindings: role === 'function' ? parameters : [...parameters, ...this.fields],
      counts: this.counts,
      types: this.types,
      strict: this.strict,
    });
  }

  /** Helpers are shorter than entries. */
  private fill(body: Body): void {
    statements(body, body.role === 'function' ? 1 : 2 + this.random.below(2), 2);
    const local = body
      .visible(body.returns)
      .find((b) => owned.has(b.type) && (b.kind === 'local' || b.kind === 'parameter'));
    if (local) body.count('move into a return');
    body.line(`return ${local ? local.name : plain(body, body.returns, 2)};`);
  }

  /** Something about the machine below, true or not. */
  private ghost(): string {
    this.count('ghost function');
    const number = () => String(this.random.below(4));
    const item = () => this.random.pick(['lower.items[i]!', 'i', 'lower.count']);
    const every = () => {
      this.count('statement about every key');
      return `everyKey(lower.names, (k) => (lower.names.get(k) ?? 0) > ${number()})`;
    };
    const entries = () => {
      this.count('same entries');
      return `!sameEntries(lower.names, new Map<string, number>())`;
    };
    const parts = [
      () => `forall(0, lower.items.length, (i) => ${item()} < ${number()})`,
      () => `exists(0, lower.items.length, (i) => ${item()} === ${number()})`,
      () => `implies(lower.flag, lower.count > ${number()})`,
      () => 'sameBlock(lower.block, zeroBlock)',
      () => '(lower.place === null || lower.place.x >= lower.place.y)',
      () => 'sameBlocks([lower.block], [zeroBlock])',
    ];
    const [one, two] = [this.random.pick(parts)(), this.random.pick(parts)()];
    const all = [`(${one} && !${two})`, `implies(${one}, ${two})`, `(${one} || ${two})`];
    const maps = this.random.pick(['&&', '||']);
    return `${this.random.pick(all)} === (${every()} ${maps} ${entries()})`;
  }

  private count(construct: Parameters<Body['count']>[0]): void {
    this.counts.set(construct, (this.counts.get(construct) ?? 0) + 1);
  }
}

function field(name: string, type: TypeName, kind: 'field' | 'private'): Binding {
  return { name, type, assignable: true, kind };
}

function declared({ name, type, kind }: Binding): string {
  return `${kind === 'private' ? '' : 'private '}${name.slice('this.'.length)}: ${type}`;
}

function parametersOf(helper: Helper): string {
  return helper.parameters
    .map((type, i) =>
      helper.optional && i === helper.parameters.length - 1 ? `p${i} = 3` : `p${i}: ${type}`,
    )
    .join(', ');
}
