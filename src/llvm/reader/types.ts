/** Reads types. A structure may be named before it is described, so it is filled in later. */
import { integer, nothing, pointer, type StructType, type Type } from '../type.ts';
import type { Cursor } from './cursor.ts';

type Writable = { -readonly [Key in keyof StructType]: StructType[Key] };

const noFloats = 'write it with integers; floating point is not implemented';
const unknownWords: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    ['half', 'bfloat', 'float', 'double', 'fp128', 'x86_fp80', 'ppc_fp128'].map((word) => [
      word,
      noFloats,
    ]),
  ),
  x86_amx: 'compile without AMX',
  token: 'compile without exceptions',
  target: 'types of a target are not implemented',
};

export class Types {
  readonly structs = new Map<string, StructType>();
  readonly #described = new Set<string>();
  readonly #cursor: Cursor;

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** A type; with `results`, also `void` and the types of functions. */
  read(): Type {
    const cursor = this.#cursor;
    return cursor.nested(() => {
      let type = this.#atom();
      for (;;) {
        if (cursor.is('addrspace')) type = this.#spaced(type);
        else if (cursor.skip('*')) type = pointer;
        else if (cursor.is('(') && this.#parametersFollow()) type = this.#function(type);
        else return type;
      }
    });
  }

  /** The type of a value: neither `void` nor a function. */
  readValue(): Type {
    const { at, token } = this.#cursor;
    const type = this.read();
    if (type.kind === 'void' || type.kind === 'function' || type.kind === 'label')
      throw this.#cursor.bad('no value has this type', 'name a type of values', token.text, at);
    return type;
  }

  describe(name: string): void {
    const { at } = this.#cursor;
    this.#cursor.expect('type');
    if (this.#described.has(name))
      throw this.#cursor.bad('described twice', 'keep one description', `%${name}`, at);
    this.#described.add(name);
    const struct = this.#named(name) as Writable;
    if (this.#cursor.skip('opaque')) {
      struct.opaque = true;
      return;
    }
    const read = this.readValue();
    if (read.kind !== 'struct' || read.name !== undefined)
      throw this.#cursor.refused('not a structure', 'write the type out', `%${name}`, at);
    struct.fields = read.fields;
    struct.packed = read.packed;
  }

  /** Every name is described, and no structure contains itself. */
  finish(): void {
    const state = new Map<Type, 'open' | 'done'>();
    const visit = (type: Type): void => {
      if (type.kind === 'array') visit(type.element);
      if (type.kind !== 'struct' || state.get(type) === 'done') return;
      if (state.get(type) === 'open')
        throw this.#cursor.bad('contains itself', 'use a pointer', `%${type.name}`);
      state.set(type, 'open');
      this.#cursor.nested(() => {
        for (const field of type.fields) visit(field);
      });
      state.set(type, 'done');
    };
    for (const [name, struct] of this.structs) {
      if (!this.#described.has(name))
        throw this.#cursor.bad('a type without description', `add %${name} = type`, `%${name}`);
      visit(struct);
    }
  }

  #atom(): Type {
    const cursor = this.#cursor;
    const { token } = cursor;
    if (token.kind === 'local') {
      cursor.advance();
      return this.#named(token.text);
    }
    if (cursor.skip('[')) return this.#array();
    if (cursor.is('{')) return this.#fields(false);
    if (cursor.is('<')) return this.#packed();
    if (token.kind === 'word') return this.#word(token.text);
    throw cursor.unexpected('a type');
  }

  #word(word: string): Type {
    const cursor = this.#cursor;
    const simple = { ptr: pointer, void: nothing, label: { kind: 'label' as const } }[word];
    if (simple !== undefined) {
      cursor.advance();
      return simple;
    }
    if (word === 'metadata') {
      cursor.advance();
      return { kind: 'metadata' };
    }
    const width = /^i([0-9]{1,5})$/.exec(word)?.[1];
    if (width !== undefined) return this.#integer(Number(width));
    const instead = Object.hasOwn(unknownWords, word) ? unknownWords[word] : undefined;
    if (instead !== undefined) throw cursor.refused('a type that is not implemented', instead);
    throw cursor.unexpected('a type');
  }

  #integer(width: number): Type {
    if (width < 1 || width > 4096)
      throw this.#cursor.bad('no width from 1 to 4096', 'use another width');
    this.#cursor.advance();
    return integer(width);
  }

  #array(): Type {
    const cursor = this.#cursor;
    const count = cursor.natural('length', 2 ** 40);
    cursor.expect('x');
    const element = this.readValue();
    cursor.expect(']');
    return { kind: 'array', count, element };
  }

  #packed(): Type {
    const cursor = this.#cursor;
    const { at } = cursor;
    cursor.expect('<');
    if (!cursor.is('{')) {
      const instead = 'compile with -fno-vectorize -fno-slp-vectorize';
      throw cursor.refused('vectors are not implemented', instead, '<', at);
    }
    const type = this.#fields(true);
    cursor.expect('>');
    return type;
  }

  #fields(packed: boolean): Type {
    this.#cursor.expect('{');
    const fields = this.#cursor.list('}', () => this.readValue());
    return { kind: 'struct', fields, packed, opaque: false };
  }

  #named(name: string): StructType {
    const known = this.structs.get(name);
    if (known !== undefined) return known;
    const struct: StructType = { kind: 'struct', name, fields: [], packed: false, opaque: false };
    this.structs.set(name, struct);
    return struct;
  }

  #spaced(type: Type): Type {
    const cursor = this.#cursor;
    const { at } = cursor;
    cursor.advance();
    cursor.expect('(');
    const space = cursor.natural('address space', 0xffffff);
    cursor.expect(')');
    if (space !== 0)
      throw cursor.refused('other address spaces are not implemented', 'use 0', 'addrspace', at);
    return type;
  }

  /** A parenthesis after a type is a function type only where types stand in it. */
  #parametersFollow(): boolean {
    const { kind, text } = this.#cursor.after(1);
    if (kind === 'mark') return ['...', ')', '[', '{', '<'].includes(text);
    return kind === 'local' ? this.#cursor.after(2).kind === 'mark' : this.#isTypeWord(text);
  }

  #isTypeWord(text: string): boolean {
    return /^(?:i[0-9]+|ptr|void|metadata)$/.test(text) || Object.hasOwn(unknownWords, text);
  }

  #function(result: Type): Type {
    const cursor = this.#cursor;
    cursor.expect('(');
    const parameters: Type[] = [];
    let variadic = false;
    cursor.list(')', () => {
      if (cursor.skip('...')) variadic = true;
      else parameters.push(this.readValue());
    });
    return { kind: 'function', result, parameters, variadic };
  }
}
