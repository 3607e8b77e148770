/**
 * States as records of 32-bit words, and back.
 *
 * Two functions are generated for each declaration, without a loop or a table lookup in them: see
 * docs/decisions/0006-codecs-are-generated.md. What is written into them is numbers, and names as
 * JSON writes them. A value outside its declared range is an error, never another value.
 */
import type { Field, Fields, State } from './fields.ts';

export interface Codec<F extends Fields> {
  /** Words in a record. */
  readonly width: number;
  /** The one state that is worked on: `decode` fills it, `encode` reads it. */
  readonly state: State<F>;
  decode(words: Int32Array, from: number): void;
  encode(words: Int32Array, from: number): void;
}

/** Thrown when a field does not hold what it was declared to hold. */
export class OutOfRange extends Error {
  override readonly name = 'OutOfRange';
}

type Simple = Exclude<Field, { kind: 'list' | 'record' }>;

/** A field that holds one value, and where it stands in a record. */
interface Leaf {
  readonly field: Simple;
  /** In the generated code. */
  readonly expression: string;
  /** In messages. */
  readonly name: string;
  readonly word: number;
  readonly shift: number;
  readonly bits: number;
}

/** A list or record in the state. */
interface Container {
  readonly expression: string;
  readonly name: string;
  readonly path: readonly (string | number)[];
  readonly length: number | undefined;
}

const wordBits = 32;
const leafLimit = 4096;

export function codecOf<F extends Fields>(fields: F): Codec<F> {
  const layout = new Layout();
  layout.add({ kind: 'record', of: fields }, 's', '', []);
  const state = first({ kind: 'record', of: fields }) as State<F>;
  const parts = layout.containers.map(({ path }) => inside(state, path));
  const fail = (name: string, value: unknown, field: number) => {
    const said = typeof value === 'string' ? JSON.stringify(value) : String(value);
    throw new OutOfRange(`${name} is ${said}; ${allowed(layout.leaves[field]?.field)}`);
  };
  return { width: layout.width, state, ...compiled(source(layout))(state, parts, fail) };
}

function compiled(text: string) {
  try {
    return new Function('state', 'parts', 'fail', text);
  } catch (error) {
    if (!(error instanceof EvalError)) throw error;
    throw new Error(
      'codecs of states are generated, which this process may not do; ' +
        'start Node without --disallow-code-generation-from-strings',
    );
  }
}

class Layout {
  readonly leaves: Leaf[] = [];
  readonly containers: Container[] = [];
  private word = 0;
  private used = 0;

  get width(): number {
    return this.word + 1;
  }

  add(field: Field, expression: string, name: string, path: readonly (string | number)[]): void {
    if (field.kind !== 'list' && field.kind !== 'record') {
      this.place(field, expression, name);
      return;
    }
    const own = path.length === 0 ? 's' : `c${this.containers.length}`;
    const length = field.kind === 'list' ? field.length : undefined;
    if (path.length > 0) this.containers.push({ expression, name, path, length });
    if (field.kind === 'list') {
      for (let i = 0; i < field.length; i++)
        this.add(field.of, `${own}[${i}]`, `${name}[${i}]`, [...path, i]);
      return;
    }
    for (const [inner, of] of Object.entries(field.of)) {
      const said = name === '' ? inner : `${name}.${inner}`;
      this.add(of, `${own}[${JSON.stringify(inner)}]`, said, [...path, inner]);
    }
  }

  private place(field: Simple, expression: string, name: string): void {
    const bits = wordBits - Math.clz32(largest(field));
    if (this.used + bits > wordBits) {
      this.word++;
      this.used = 0;
    }
    this.leaves.push({ field, expression, name, word: this.word, shift: this.used, bits });
    this.used += bits;
    if (this.leaves.length > leafLimit)
      throw new RangeError(`a state may have ${leafLimit} values; this one has more`);
  }
}

/** The largest number that a field is written as; the smallest is 0. */
function largest(field: Simple): number {
  if (field.kind === 'flag') return 1;
  return field.kind === 'choice' ? field.of.length - 1 : field.high - field.low;
}

/** The state in which every field has its first value. */
function first(field: Field): unknown {
  switch (field.kind) {
    case 'integer':
      return field.low;
    case 'flag':
      return false;
    case 'choice':
      return field.of[0];
    case 'list':
      return Array.from({ length: field.length }, () => first(field.of));
    case 'record':
      // Sealed: what is not declared would be kept from one state to the next unseen.
      return Object.seal(
        Object.fromEntries(Object.entries(field.of).map(([name, of]) => [name, first(of)])),
      );
  }
}

function inside(state: unknown, path: readonly (string | number)[]): unknown {
  return path.reduce((at, name) => (at as Record<string | number, unknown>)[name], state);
}

function allowed(field: Simple | undefined): string {
  if (!field) return 'it must keep its declared length';
  if (field.kind === 'flag') return 'it must be true or false';
  if (field.kind === 'choice') return `it must be one of ${field.of.join(', ')}`;
  return `it must be a whole number from ${field.low} to ${field.high}`;
}

function source(layout: Layout): string {
  const { leaves, containers } = layout;
  const names = leaves.map(({ field }, i) =>
    field.kind === 'choice' ? `const n${i} = ${JSON.stringify(field.of)};` : '',
  );
  const own = containers.map((_, i) => `const o${i} = parts[${i}];`);
  // A step may have put another list into the state, or the same one into two places.
  const restore = containers.map(({ expression }, i) => `const c${i} = ${expression} = o${i};`);
  const look = containers.map(
    ({ expression, name, length }, i) =>
      `const c${i} = ${expression};` +
      (length === undefined
        ? ''
        : `if (c${i}.length !== ${length}) ` +
          `fail(${JSON.stringify(`${name}.length`)}, c${i}.length);`),
  );
  const words = Array.from({ length: layout.width }, (_, word) => {
    const here = leaves.flatMap((leaf, i) => (leaf.word === word ? [checked(leaf, i)] : []));
    return `w = 0; ${here.join('\n')}\nwords[from + ${word}] = w;`;
  });
  const loads = Array.from({ length: layout.width }, (_, word) => {
    const here = leaves.flatMap((leaf, i) => (leaf.word === word ? [loaded(leaf, i)] : []));
    return `w = words[from + ${word}]; ${here.join('\n')}`;
  });
  return `'use strict';
const s = state;
${[...own, ...names].join('\n')}
return {
  decode(words, from) { let w; ${[...restore, ...loads].join('\n')} },
  encode(words, from) { let w, v, x; ${[...look, ...words].join('\n')} },
};`;
}

/** Adds a value to the word, or fails. */
function checked({ field, expression, name, shift, bits }: Leaf, index: number): string {
  const fail = `fail(${JSON.stringify(name)}, v, ${index})`;
  const add = `w |= v << ${shift};`;
  if (field.kind === 'flag')
    return `v = ${expression}; if (v === true) w |= ${1 << shift}; else if (v !== false) ${fail};`;
  if (field.kind === 'choice') {
    const cases = field.of.map((one, i) => `v === ${JSON.stringify(one)} ? ${i} : `);
    return `v = ${expression}; v = ${cases.join('')}${fail}; ${add}`;
  }
  const { low, high } = field;
  const kept = bits === wordBits ? 'v >>> 0' : `v & ${2 ** bits - 1}`;
  const beyond = high - low === 2 ** bits - 1 ? '' : ` || v > ${high - low}`;
  const wrong = `(${kept}) !== v${beyond}`;
  if (low === 0) return `v = ${expression}; if (${wrong}) ${fail}; ${add}`;
  // Subtracting would make a number of what is none.
  return (
    `x = ${expression}; v = x - (${low}); ` +
    `if (typeof x !== 'number' || ${wrong}) fail(${JSON.stringify(name)}, x, ${index}); ${add}`
  );
}

/** Takes a value out of the word. */
function loaded({ field, expression, shift, bits }: Leaf, index: number): string {
  const value = bits === wordBits ? 'w >>> 0' : `(w >>> ${shift}) & ${2 ** bits - 1}`;
  if (field.kind === 'flag') return `${expression} = (${value}) !== 0;`;
  if (field.kind === 'choice') return `${expression} = n${index}[${value}];`;
  return `${expression} = (${value}) + (${field.low});`;
}
