/** Reads a module of LLVM IR from text: the opaque pointers of LLVM 15 to 22. */
import type { Global, Module, Routine } from '../module.ts';
import { Attributes } from './attributes.ts';
import { check } from './check.ts';
import { Cursor } from './cursor.ts';
import { readDeclaration, readDefinition } from './functions.ts';
import { type Parts, readAlignment } from './instructions.ts';
import { readLinkage } from './linkage.ts';
import { MetadataReader } from './metadata.ts';
import { Operands } from './operands.ts';
import { checkTarget } from './target.ts';
import { Types } from './types.ts';

/** Throws BadModule or RefusedModule, and nothing else. */
export function readModule(text: string, file: string): Module {
  const reader = new ModuleReader(file, text);
  return reader.read();
}

class ModuleReader {
  readonly #file: string;
  readonly #cursor: Cursor;
  readonly #types: Types;
  readonly #parts: Parts;
  readonly #globals = new Map<string, Global>();
  readonly #functions = new Map<string, Routine>();
  #layout = '';
  #triple = '';

  constructor(file: string, text: string) {
    this.#file = file;
    this.#cursor = new Cursor(file, text);
    this.#types = new Types(this.#cursor);
    this.#parts = {
      operands: new Operands(this.#cursor, this.#types),
      attributes: new Attributes(this.#cursor, this.#types),
      metadata: new MetadataReader(this.#cursor),
    };
  }

  read(): Module {
    while (this.#cursor.token.kind !== 'end') this.#entity();
    this.#types.finish();
    this.#parts.attributes.finish();
    this.#parts.metadata.finish();
    checkTarget(this.#cursor, this.#triple, this.#layout);
    const module: Module = {
      file: this.#file,
      layout: this.#layout,
      triple: this.#triple,
      structs: this.#types.structs,
      globals: this.#globals,
      functions: this.#functions,
      metadata: this.#parts.metadata.nodes,
    };
    check(module);
    return module;
  }

  #entity(): void {
    const cursor = this.#cursor;
    const { kind, text } = cursor.token;
    if (kind === 'metadata') this.#parts.metadata.definition();
    else if (kind === 'global') this.#global();
    else if (kind === 'local') this.#struct();
    else if (kind === 'comdat') this.#comdat();
    else if (kind === 'word') this.#named(text);
    else throw cursor.unexpected('a definition');
  }

  #struct(): void {
    const name = this.#cursor.advance().text;
    this.#cursor.expect('=');
    this.#types.describe(name);
  }

  #named(word: string): void {
    const cursor = this.#cursor;
    if (cursor.skip('source_filename')) {
      cursor.expect('=');
      cursor.take('string');
    } else if (cursor.skip('target')) this.#target();
    else if (cursor.skip('define')) this.#function(readDefinition(this.#parts));
    else if (cursor.skip('declare')) this.#function(readDeclaration(this.#parts));
    else if (cursor.skip('attributes')) this.#parts.attributes.group();
    else if (word === 'module')
      throw cursor.refused('assembly of a module is not implemented', 'write it in C');
    else throw cursor.unexpected('a definition');
  }

  #target(): void {
    const cursor = this.#cursor;
    const layout = cursor.skip('datalayout');
    if (!layout) cursor.expect('triple');
    cursor.expect('=');
    const text = cursor.take('string');
    if (layout) this.#layout = text;
    else this.#triple = text;
  }

  #comdat(): void {
    const cursor = this.#cursor;
    cursor.advance();
    cursor.expect('=');
    cursor.expect('comdat');
    cursor.take('word');
  }

  #function(read: Routine): void {
    this.#once(read.name, read.at);
    this.#functions.set(read.name, read);
  }

  #once(name: string, at: Global['at']): void {
    if (this.#functions.has(name) || this.#globals.has(name))
      throw this.#cursor.bad('defined twice', 'keep one definition', `@${name}`, at);
  }

  #global(): void {
    const cursor = this.#cursor;
    const { at } = cursor;
    const name = cursor.take('global');
    this.#once(name, at);
    cursor.expect('=');
    const linkage = readLinkage(cursor);
    if (cursor.is('alias') || cursor.is('ifunc'))
      throw cursor.refused('a second name is not implemented', 'use the first', `@${name}`, at);
    this.#addressSpace();
    const constant = cursor.skip('constant');
    if (!constant) cursor.expect('global');
    const type = this.#types.readValue();
    const initial = linkage.has('external') ? undefined : this.#parts.operands.constant(type);
    const rest = this.#properties();
    const own = initial === undefined ? {} : { initial };
    this.#globals.set(name, { name, type, constant, at, ...own, ...rest });
  }

  #addressSpace(): void {
    if (this.#cursor.is('addrspace'))
      throw this.#cursor.refused('address spaces are not implemented', 'use the default one');
  }

  /** `, align 8, section ".x", !dbg !3`. */
  #properties(): { align?: number; debug?: string } {
    const cursor = this.#cursor;
    const found: { align?: number; debug?: string } = {};
    while (cursor.skip(',')) {
      if (cursor.token.kind === 'metadata') {
        const debug = this.#parts.metadata.own();
        if (debug !== undefined) found.debug = debug;
      } else if (cursor.skip('align')) found.align = readAlignment(this.#parts.operands);
      else if (cursor.skip('section')) cursor.take('string');
      else if (cursor.skip('comdat')) {
        if (cursor.skip('(')) {
          cursor.take('comdat');
          cursor.expect(')');
        }
      } else throw cursor.refused('a property that is not implemented', 'compile without it');
    }
    return found;
  }
}
