/**
 * Attributes, by whitelist. Some are claims that are checked wherever a value flows. Others only
 * repeat what the body of a function shows, or guide its translation to machine code.
 */
import type { Claims } from '../module.ts';
import type { Position } from '../problem.ts';
import type { Type } from '../type.ts';
import type { Cursor } from './cursor.ts';
import type { Types } from './types.ts';

/** How a value travels in registers, or what the body, which is executed, shows of it. */
const silentOfValues = new Set([
  ...['zeroext', 'signext', 'inreg', 'returned', 'immarg', 'nofree', 'readonly', 'readnone'],
  ...['writeonly', 'nocapture', 'dead_on_unwind', 'writable', 'allocptr', 'noext'],
]);

/** The same with a parenthesis whose contents need no attention. */
const silentWithArguments = new Set(['captures', 'initializes', 'sret', 'elementtype']);

const silentOfFunctions = new Set([
  ...['alwaysinline', 'noinline', 'inlinehint', 'nounwind', 'optnone', 'optsize', 'minsize'],
  ...['cold', 'hot', 'noreturn', 'nofree', 'norecurse', 'nosync', 'willreturn', 'mustprogress'],
  ...['nocallback', 'nocreateundeforpoison', 'nobuiltin', 'builtin', 'noredzone', 'ssp'],
  ...['sspreq', 'sspstrong', 'noimplicitfloat', 'nomerge', 'null_pointer_is_valid', 'nocf_check'],
  ...['readnone', 'readonly', 'writeonly', 'argmemonly', 'inaccessiblememonly', 'speculatable'],
  ...[
    'nonlazybind',
    'noprofile',
    'skipprofile',
    'disable_sanitizer_instrumentation',
    'nodivergencesource',
  ],
  ...['inaccessiblemem_or_argmemonly', 'nosanitize_bounds', 'nosanitize_coverage', 'uwtable'],
]);

const functionArguments = new Set(['memory', 'uwtable', 'allocsize', 'allockind', 'alignstack']);

/** Quoted attributes: for the code generator. */
const silentKeys = new Set([
  ...['frame-pointer', 'min-legal-vector-width', 'no-builtins', 'no-trapping-math'],
  ...['stack-protector-buffer-size', 'target-cpu', 'target-features', 'tune-cpu', 'stackrealign'],
  ...['no-jump-tables', 'disable-tail-calls', 'probe-stack', 'no-inline-line-tables'],
  ...['correctly-rounded-divide-sqrt-fp-math', 'less-precise-fpmad', 'no-infs-fp-math'],
  ...['no-nans-fp-math', 'no-signed-zeros-fp-math', 'unsafe-fp-math', 'use-soft-float'],
  ...['no-stack-arg-probe', 'alloc-family', 'warn-stack-size', 'fentry-call', 'patchable-function'],
  ...[
    'indirect-tls-seg-refs',
    'branch-target-enforcement',
    'sign-return-address',
    'wasm-import-name',
  ],
  ...['wasm-import-module', 'wasm-export-name', 'no-frame-pointer-elim', 'implicit-section-name'],
]);

const refusals: Readonly<Record<string, string>> = {
  noalias: 'remove restrict: what it promises is not checked',
  byval: 'pass a pointer, or the fields',
  inalloca: 'pass a pointer',
  preallocated: 'pass a pointer',
  nest: 'use no nested functions',
  swiftself: 'use C',
  swifterror: 'use C',
  naked: 'write the function in C, or give it a named model',
  returns_twice: 'do without setjmp',
  convergent: 'compile for a CPU',
  presplitcoroutine: 'do without coroutines',
  strictfp: 'do without floating point',
  sanitize_address: 'compile without sanitizers',
  sanitize_memory: 'compile without sanitizers',
  sanitize_thread: 'compile without sanitizers',
  nofpclass: 'do without floating point',
};

export class Attributes {
  readonly groups = new Map<string, ReadonlySet<string>>();
  readonly #cursor: Cursor;
  readonly #types: Types;
  readonly #pending: { readonly group: string; readonly at: Position; into: Set<string> }[] = [];

  constructor(cursor: Cursor, types: Types) {
    this.#cursor = cursor;
    this.#types = types;
  }

  /** What stands before a value, a parameter or a result. `loose` where noalias is harmless. */
  claims(type: Type | undefined, loose = false): Claims {
    const claims: { -readonly [Key in keyof Claims]: Claims[Key] } = {};
    const cursor = this.#cursor;
    for (;;) {
      const { token } = cursor;
      if (token.kind === 'string') this.#key();
      else if (token.kind !== 'word') return claims;
      else if (silentOfValues.has(token.text)) cursor.advance();
      else if (silentWithArguments.has(token.text)) this.#parenthesis();
      else if (cursor.skip('noundef')) claims.defined = true;
      else if (cursor.skip('nonnull')) claims.nonnull = true;
      else if (cursor.skip('align')) claims.align = this.#number();
      else if (cursor.skip('dereferenceable')) claims.dereferenceable = this.#number();
      else if (cursor.skip('dereferenceable_or_null'))
        claims.dereferenceableOrNull = this.#number();
      else if (cursor.is('range')) claims.ranges = this.#range(type);
      else if (loose && cursor.skip('noalias')) continue;
      else if (Object.hasOwn(refusals, token.text)) throw this.#refused();
      else return claims;
    }
  }

  /** What stands after the parenthesis of a function or a call. */
  ofFunction(into: Set<string>): void {
    const cursor = this.#cursor;
    for (;;) {
      const { token } = cursor;
      if (token.kind === 'group') {
        this.#pending.push({ group: token.text, at: cursor.at, into });
        cursor.advance();
      } else if (token.kind === 'string') this.#key();
      else if (token.kind !== 'word') return;
      else if (functionArguments.has(token.text) && cursor.after(1).text === '(')
        this.#parenthesis();
      else if (silentOfFunctions.has(token.text)) into.add(cursor.advance().text);
      else if (Object.hasOwn(refusals, token.text)) throw this.#refused();
      else return;
    }
  }

  /** `attributes #0 = { ... }`, after its first word. */
  group(): void {
    const cursor = this.#cursor;
    const name = cursor.take('group');
    cursor.expect('=');
    cursor.expect('{');
    const into = new Set<string>();
    this.ofFunction(into);
    if (!cursor.skip('}'))
      throw cursor.token.kind === 'end'
        ? cursor.unexpected('`}`')
        : cursor.refused('an attribute that is not implemented', 'compile without it');
    this.groups.set(name, into);
  }

  /** Adds to each set what its groups, which stand at the end of the text, contain. */
  finish(): void {
    for (const { group, at, into } of this.#pending) {
      const found = this.groups.get(group);
      if (found === undefined)
        throw this.#cursor.bad('attributes that are nowhere', 'give the whole module', group, at);
      for (const one of found) into.add(one);
    }
  }

  #key(): void {
    const cursor = this.#cursor;
    const { text } = cursor.token;
    if (!silentKeys.has(text) && !text.startsWith('no-builtin-'))
      throw cursor.refused('an attribute that is not implemented', 'compile without it');
    cursor.advance();
    if (cursor.skip('=')) cursor.take('string');
  }

  #parenthesis(): void {
    const cursor = this.#cursor;
    cursor.advance();
    if (!cursor.is('(')) return;
    let open = 0;
    do {
      if (cursor.token.kind === 'end') throw cursor.unexpected('`)`');
      if (cursor.is('(')) open++;
      if (cursor.is(')')) open--;
      cursor.advance();
    } while (open > 0);
  }

  #number(): bigint {
    const cursor = this.#cursor;
    const parenthesis = cursor.skip('(');
    const value = BigInt(cursor.natural('number of bytes'));
    if (parenthesis) cursor.expect(')');
    return value;
  }

  #range(type: Type | undefined): (readonly [bigint, bigint])[] {
    const cursor = this.#cursor;
    cursor.advance();
    cursor.expect('(');
    const { at } = cursor;
    const own = this.#types.readValue();
    if (own.kind !== 'integer' || (type !== undefined && type.kind !== 'integer'))
      throw cursor.bad('a range of what is no integer', 'give an integer', 'range', at);
    const low = BigInt.asUintN(own.width, BigInt(cursor.take('integer')));
    cursor.expect(',');
    const high = BigInt.asUintN(own.width, BigInt(cursor.take('integer')));
    cursor.expect(')');
    return [[low, high]];
  }

  #refused() {
    const instead = refusals[this.#cursor.token.text] ?? 'compile without it';
    return this.#cursor.refused('an attribute that is not implemented', instead);
  }
}
