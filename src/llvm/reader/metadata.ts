/** Metadata: kept as written, so that lines and names can be found in it. */
import type { Claims, Metadata } from '../module.ts';
import type { Position } from '../problem.ts';
import type { IntegerType, Type } from '../type.ts';
import type { Cursor } from './cursor.ts';

/** What may be attached without changing what an instruction does. */
const silent = new Set([
  ...['dbg', 'srcloc', 'llvm.loop', 'prof', 'nosanitize', 'unpredictable', 'annotation'],
  ...['heapallocsite', 'DIAssignID', 'type', 'pcsections', 'callees', 'kcfi_type', 'func_sanitize'],
]);

const refusals: Readonly<Record<string, string>> = {
  tbaa: 'compile with -fno-strict-aliasing',
  'tbaa.struct': 'compile with -fno-strict-aliasing',
  'alias.scope': 'remove restrict: what it promises is not checked',
  noalias: 'remove restrict: what it promises is not checked',
  'invariant.load': 'compile without it',
};

interface Wanted {
  readonly key: string;
  readonly at: Position;
  readonly use: (tuple: Metadata) => void;
}

export class MetadataReader {
  readonly nodes = new Map<string, Metadata>();
  readonly #cursor: Cursor;
  readonly #wanted: Wanted[] = [];

  constructor(cursor: Cursor) {
    this.#cursor = cursor;
  }

  /** `!name = ...` at the top of a module. */
  definition(): void {
    const cursor = this.#cursor;
    const key = cursor.take('metadata');
    cursor.expect('=');
    cursor.skip('distinct');
    this.nodes.set(key, this.#node());
  }

  /** `, !dbg !12, !range !3` after an instruction: what is claimed, and where it comes from. */
  attachments(type: Type): { debug?: string; claims: Claims } {
    const cursor = this.#cursor;
    const claims: { -readonly [Key in keyof Claims]: Claims[Key] } = {};
    let debug: string | undefined;
    while (cursor.is(',') && cursor.after(1).kind === 'metadata') {
      cursor.advance();
      const found = this.#attachment(type, claims);
      if (found !== undefined) debug = found;
    }
    return debug === undefined ? { claims } : { claims, debug };
  }

  /** `!dbg !12` after a function or a global; without commas after functions. */
  own(): string | undefined {
    const cursor = this.#cursor;
    let debug: string | undefined;
    while (cursor.token.kind === 'metadata') {
      const found = this.#attachment({ kind: 'void' }, {});
      if (found !== undefined) debug = found;
    }
    return debug;
  }

  /** `#dbg_value(...)`: which variable has which value, for debuggers only. */
  record(): void {
    this.#cursor.take('record');
    this.#parenthesis();
  }

  /** Metadata as an argument of a call. */
  argument(): void {
    this.#value();
  }

  /** What waited for the end of the text is looked up. */
  finish(): void {
    for (const { key, at, use } of this.#wanted) {
      const node = this.nodes.get(key);
      if (node === undefined)
        throw this.#cursor.bad('metadata that is nowhere', 'give the whole module', `!${key}`, at);
      use(node);
    }
  }

  #attachment(type: Type, claims: { -readonly [Key in keyof Claims]: Claims[Key] }) {
    const cursor = this.#cursor;
    const { at } = cursor;
    const kind = cursor.take('metadata');
    const key = cursor.token.kind === 'metadata' ? cursor.token.text : undefined;
    if (kind === 'range' && key !== undefined && type.kind === 'integer')
      this.#want(key, at, (node) => {
        claims.ranges = this.#ranges(node, type, at);
      });
    else if (kind === 'align' && key !== undefined)
      this.#want(key, at, (node) => {
        claims.align = this.#single(node, at);
      });
    else if (kind === 'dereferenceable' && key !== undefined)
      this.#want(key, at, (node) => {
        claims.dereferenceable = this.#single(node, at);
      });
    else if (kind === 'noundef') claims.defined = true;
    else if (kind === 'nonnull') claims.nonnull = true;
    else if (!silent.has(kind)) {
      const instead = Object.hasOwn(refusals, kind) ? refusals[kind]! : 'compile without it';
      throw cursor.refused('metadata whose meaning is not implemented', instead, `!${kind}`, at);
    }
    this.#value();
    return kind === 'dbg' ? key : undefined;
  }

  #want(key: string, at: Position, use: (tuple: Metadata) => void): void {
    this.#wanted.push({ key, at, use });
  }

  #ranges(node: Metadata, { width }: IntegerType, at: Position) {
    const numbers = node.items.map((item) => this.#integer(item, at));
    if (numbers.length === 0 || numbers.length % 2 !== 0)
      throw this.#cursor.bad('a range of pairs is needed', 'give pairs', '!range', at);
    return numbers.flatMap((low, i) =>
      i % 2 === 0
        ? [[BigInt.asUintN(width, low), BigInt.asUintN(width, numbers[i + 1]!)] as const]
        : [],
    );
  }

  #single(node: Metadata, at: Position): bigint {
    const [item] = node.items;
    return this.#integer(item ?? '', at);
  }

  #integer(item: string, at: Position): bigint {
    const digits = /^i[0-9]+ (-?[0-9]+)$/.exec(item)?.[1];
    if (digits === undefined) throw this.#cursor.bad('no integer', 'give one', item, at);
    return BigInt(digits);
  }

  #node(): Metadata {
    const cursor = this.#cursor;
    if (cursor.skip('!')) {
      cursor.expect('{');
      const items = cursor.list('}', () => this.#value());
      return { fields: new Map(), items };
    }
    const name = cursor.take('metadata');
    const fields = new Map<string, string>();
    const items: string[] = [];
    cursor.expect('(');
    cursor.list(')', () => {
      if (cursor.token.kind !== 'label') items.push(this.#value());
      else fields.set(cursor.advance().text, this.#value());
    });
    return { name, fields, items };
  }

  /** Any value of metadata, as text. */
  #value(): string {
    const cursor = this.#cursor;
    return cursor.nested(() => {
      const from = cursor.token;
      if (cursor.is('!')) {
        cursor.advance();
        cursor.expect('{');
        return `!{${cursor.list('}', () => this.#value()).join(', ')}}`;
      }
      if (from.kind === 'metadata') {
        cursor.advance();
        return cursor.is('(') ? this.#parenthesis() : `!${from.text}`;
      }
      if (from.kind === 'metadata string' || from.kind === 'string') return cursor.advance().text;
      return this.#words();
    });
  }

  /** Words up to a comma or the end of what is around: `i32 7`, `DIFlagA | DIFlagB`. */
  #words(): string {
    const cursor = this.#cursor;
    const words: string[] = [];
    for (;;) {
      const { kind, text } = cursor.token;
      if (kind === 'end') throw cursor.unexpected('metadata');
      if (kind === 'mark' && [',', ')', '}', ']'].includes(text)) break;
      if (kind === 'mark' && ['(', '[', '{'].includes(text)) words.push(this.#parenthesis());
      else words.push(cursor.advance().text);
    }
    if (words.length === 0) throw cursor.unexpected('metadata');
    return words.join(' ');
  }

  /** What is between brackets, uninterpreted. */
  #parenthesis(): string {
    const cursor = this.#cursor;
    const words: string[] = [];
    let open = 0;
    do {
      const { kind, text } = cursor.token;
      if (kind === 'end') throw cursor.unexpected('a closing bracket');
      if (kind === 'mark' && ['(', '[', '{'].includes(text)) open++;
      if (kind === 'mark' && [')', ']', '}'].includes(text)) open--;
      words.push(cursor.advance().text);
      if (open === 0 && words.length === 1) throw cursor.unexpected('`(`');
    } while (open > 0);
    return words.join(' ');
  }
}
