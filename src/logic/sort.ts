/** Sorts, hash-consed: the same arguments give the same object, so `===` compares them. */

export interface Field {
  readonly name: string;
  readonly sort: Sort;
}

export interface Constructor {
  readonly name: string;
  readonly fields: readonly Field[];
}

export interface Datatype {
  readonly kind: 'datatype';
  readonly id: number;
  readonly name: string;
  readonly constructors: readonly Constructor[];
}

export interface ArraySort {
  readonly kind: 'array';
  readonly id: number;
  readonly index: Sort;
  readonly element: Sort;
}

export interface BitVector {
  readonly kind: 'bits';
  readonly id: number;
  readonly width: number;
}

export interface Uninterpreted {
  readonly kind: 'uninterpreted';
  readonly id: number;
  readonly name: string;
}

export interface BooleanSort {
  readonly kind: 'boolean';
  readonly id: number;
}

export interface IntegerSort {
  readonly kind: 'integer';
  readonly id: number;
}

export type Sort = BooleanSort | IntegerSort | BitVector | ArraySort | Uninterpreted | Datatype;

const known = new Map<string, Sort>();

function intern<S extends Sort>(key: string, make: (id: number) => S): S {
  const found = known.get(key);
  if (found !== undefined) return found as S;
  const made = make(known.size);
  known.set(key, made);
  return made;
}

export const Bool: Sort = intern('boolean', (id) => ({ kind: 'boolean', id }));
export const Int: Sort = intern('integer', (id) => ({ kind: 'integer', id }));

export function bitVector(width: number): BitVector {
  if (!Number.isInteger(width) || width < 1) throw new Error(`no bit-vector has width ${width}`);
  return intern(`bits ${width}`, (id) => ({ kind: 'bits', id, width }));
}

export function arrayOf(index: Sort, element: Sort): ArraySort {
  return intern(`array ${index.id} ${element.id}`, (id) => ({ kind: 'array', id, index, element }));
}

export function uninterpreted(name: string): Uninterpreted {
  return intern(`uninterpreted ${name}`, (id) => ({ kind: 'uninterpreted', id, name }));
}

/** A sum of products; no constructor may mention the datatype itself. */
export function datatype(name: string, constructors: readonly Constructor[]): Datatype {
  if (constructors.length === 0) throw new Error(`datatype ${name} has no constructor`);
  const names = new Set(constructors.map((each) => each.name));
  if (names.size !== constructors.length) throw new Error(`${name} repeats a constructor`);
  const shape = constructors.map((each) => [
    each.name,
    ...each.fields.flatMap((field) => [field.name, field.sort.id]),
  ]);
  return intern(`datatype ${JSON.stringify([name, shape])}`, (id) => ({
    kind: 'datatype',
    id,
    name,
    // Copied, so that what belongs to two datatypes is still two things.
    constructors: constructors.map(({ name, fields }) => ({
      name,
      fields: fields.map((field) => ({ ...field })),
    })),
  }));
}

export function constructorOf(sort: Sort, name: string): Constructor {
  const found =
    sort.kind === 'datatype' ? sort.constructors.find((each) => each.name === name) : undefined;
  if (found === undefined) throw new Error(`${describe(sort)} has no constructor ${name}`);
  return found;
}

/** How a sort is called in messages. */
export function describe(sort: Sort): string {
  if (sort.kind === 'bits') return `BitVec ${sort.width}`;
  if (sort.kind === 'array') return `Array (${describe(sort.index)}) (${describe(sort.element)})`;
  if (sort.kind === 'boolean') return 'Bool';
  if (sort.kind === 'integer') return 'Int';
  return sort.name;
}
