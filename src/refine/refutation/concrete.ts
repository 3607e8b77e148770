/** Values of a solver's model as the JavaScript values they stand for. */
import {
  and,
  atMost,
  Int,
  integer,
  type Limits,
  type ModelValue,
  type Pool,
  type Query,
  type Term,
} from '../../logic/index.ts';
import { type Block, blockOf } from '../../model/block.ts';
import {
  entriesOf,
  isAlternative,
  isListed,
  isPresent,
  itemsOf,
  keysIn,
  lengthOf,
  type ObjectValue,
  project,
  read,
  recordField,
  textOfNumber,
  valueIn,
} from '../../symbolic/execute/index.ts';
import { zeroBlockTerm } from '../../symbolic/execute/sorts.ts';
import type { Class, Type } from '../../symbolic/ir.ts';
import type { MapType } from '../../symbolic/type.ts';

/** What to ask a model for, and how to put the answers together. */
export interface Wanted {
  readonly terms: readonly Term[];
  build(values: readonly ModelValue[], blocks: Blocks): unknown;
}

/** Blocks of a model: different ones are different, the block of zeros is itself. */
class Blocks {
  private readonly known = new Map<number, Block>();

  /** Takes the model's value of `zeroBlockTerm`. */
  constructor(zero: ModelValue | undefined) {
    this.of(zero);
  }

  of(value: ModelValue | undefined): Block {
    if (typeof value !== 'object' || value.kind !== 'opaque') return blockOf(new Uint8Array(0));
    const found = this.known.get(value.number);
    if (found) return found;
    const made = blockOf(Uint8Array.of(this.known.size));
    this.known.set(value.number, made);
    return made;
  }

  get count(): number {
    return this.known.size;
  }
}

/** A value of a type; sequences are at most `bound` long. */
export function wanted(type: Type, term: Term, bound: number): Wanted {
  switch (type.kind) {
    case 'boolean':
      return { terms: [term], build: ([value]) => value === true };
    case 'integer': {
      const big = type.range === 'u64' || type.range === 'big';
      return { terms: [term], build: ([v]) => (big ? BigInt(v as bigint) : Number(v as bigint)) };
    }
    case 'block':
      return { terms: [term], build: ([value], blocks) => blocks.of(value) };
    case 'string':
      return { terms: [term], build: ([number]) => textOfNumber(number as bigint) };
    case 'map':
      return map(type, term, bound);
    case 'array':
      return sequence(type.element, term, bound);
    case 'bytes': {
      const list = sequence({ kind: 'integer', range: 'u8' }, term, bound);
      return {
        ...list,
        build: (values, blocks) => Uint8Array.from(list.build(values, blocks) as number[]),
      };
    }
    case 'record':
      return both(
        type.fields.map((f) => [f.name, wanted(f.type, recordField(type, f.name, term), bound)]),
      );
    case 'union':
      return union(type, term, bound);
    case 'literal':
      return { terms: [], build: () => type.value };
    case 'null':
      return { terms: [], build: () => null };
    case 'undefined':
      return { terms: [], build: () => undefined };
    case 'object':
      throw new Error('the state of a machine is wanted field by field');
  }
}

/** The fields of an object's state. */
export function wantedObject(of: Class, object: ObjectValue, bound: number): Wanted {
  return both(
    of.fields.flatMap(({ name, type }) => {
      const value = object.fields.get(name);
      return type && value ? [[name, wanted(type, value, bound)] as const] : [];
    }),
  );
}

function sequence(element: Type, term: Term, bound: number): Wanted {
  const parts = Array.from({ length: bound + 1 }, (_, i) =>
    wanted(element, read(itemsOf(term), integer(i)), bound),
  );
  const list = all(parts);
  return {
    terms: [lengthOf(term), ...list.terms],
    build: ([length, ...rest], blocks) => {
      const elements = list.build(rest, blocks) as unknown[];
      return elements.slice(0, Number(length as bigint));
    },
  };
}

/** The entries that were put in one by one; of others, a few keys that people would choose. */
function map(type: MapType, term: Term, bound: number): Wanted {
  const entries = entriesOf(term);
  const keys = new Set([...keysIn(entries), ...(isListed(entries) ? [] : likely(type.key, bound))]);
  const parts = [...keys].map((key) => {
    const entry = read(entries, key);
    const there: Wanted = {
      terms: [isPresent(type, entry)],
      build: ([value]) => value === true,
    };
    const value = type.value ? [wanted(type.value, valueIn(entry), bound)] : [];
    return all([there, wanted(type.key, key, bound), ...value]);
  });
  const list = all(parts);
  return {
    terms: list.terms,
    build: (values, blocks) => {
      const found = list.build(values, blocks) as readonly (readonly unknown[])[];
      const there = found.filter(([present]) => present);
      if (!type.value) return new Set(there.map(([, key]) => key));
      return new Map(there.map(([, key, value]) => [key, value]));
    },
  };
}

function likely(key: Type, bound: number): readonly Term[] {
  if (key.kind !== 'integer' && key.kind !== 'string') return [];
  return Array.from({ length: bound + 1 }, (_, i) => integer(i));
}

function union(type: Type & { kind: 'union' }, term: Term, bound: number): Wanted {
  const tests = type.of.map((t) => isAlternative(type, t, term));
  const parts = all(type.of.map((t) => wanted(t, project(type, t, term), bound)));
  return {
    terms: [...tests, ...parts.terms],
    build: (values, blocks) => {
      const which = values.slice(0, tests.length).indexOf(true);
      const built = parts.build(values.slice(tests.length), blocks) as unknown[];
      return built[Math.max(which, 0)];
    },
  };
}

/** What a model says of what was wanted; the kind of the answer where there is no model. */
export type Found = { readonly value: unknown; readonly blocks: number } | 'unsat' | 'undecided';

/** Values that make a question true: numbers that people would choose, if there are such. */
export async function modelOf(
  pool: Pool,
  query: Query,
  { terms, build }: Wanted,
  limits: Partial<Limits>,
): Promise<Found> {
  const want = [zeroBlockTerm, ...terms];
  const modest = terms.filter((term) => term.sort === Int).map(isSmall);
  const ask = (given: readonly Term[]) => pool.solve({ ...query, given, want }, limits);
  let answer = await ask([...query.given, ...modest]);
  if (answer.kind !== 'sat') answer = await ask(query.given);
  if (answer.kind !== 'sat') return answer.kind === 'unsat' ? 'unsat' : 'undecided';
  const [zero, ...values] = answer.values;
  const blocks = new Blocks(zero);
  return { value: build(values, blocks), blocks: blocks.count };
}

function isSmall(value: Term): Term {
  return and(atMost(integer(-2), value), atMost(value, integer(4)));
}

/** Several values, one after the other. */
export function all(parts: readonly Wanted[]): Wanted {
  return {
    terms: parts.flatMap((p) => p.terms),
    build: (values, blocks) => {
      let from = 0;
      return parts.map((p) => {
        const mine = values.slice(from, from + p.terms.length);
        from += p.terms.length;
        return p.build(mine, blocks);
      });
    },
  };
}

function both(parts: readonly (readonly [string, Wanted])[]): Wanted {
  const list = all(parts.map(([, part]) => part));
  return {
    terms: list.terms,
    build: (values, blocks) => {
      const built = list.build(values, blocks) as unknown[];
      return Object.fromEntries(parts.map(([name], i) => [name, built[i]]));
    },
  };
}
