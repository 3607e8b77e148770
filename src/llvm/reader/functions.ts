/** Reads declarations and definitions of functions. */
import type { Block, Claims, Instruction, Parameter, Routine } from '../module.ts';
import { isTerminator } from '../module.ts';
import type { Position } from '../problem.ts';
import type { FunctionType, Type } from '../type.ts';
import { conventions } from './calls.ts';
import type { Cursor } from './cursor.ts';
import { type Parts, readAlignment, readInstruction } from './instructions.ts';
import { readLinkage } from './linkage.ts';

interface Header {
  readonly name: string;
  readonly parameters: Parameter[];
  readonly type: FunctionType;
  readonly result: Claims;
  readonly attributes: Set<string>;
  readonly at: Position;
}

/** After `declare`. */
export function readDeclaration(parts: Parts): Routine {
  const before = parts.metadata.own();
  const header = readHeader(parts, true);
  const debug = parts.metadata.own() ?? before;
  return { ...header, blocks: [], ...(debug === undefined ? {} : { debug }) };
}

/** After `define`. */
export function readDefinition(parts: Parts): Routine {
  const header = readHeader(parts, false);
  const debug = parts.metadata.own();
  const { cursor } = parts.operands;
  cursor.expect('{');
  const blocks: Block[] = [];
  while (!cursor.skip('}')) blocks.push(readBlock(parts, header, blocks.length === 0));
  if (blocks.length === 0)
    throw cursor.bad('a body without instructions', 'give the whole body', `@${header.name}`);
  return { ...header, blocks, ...(debug === undefined ? {} : { debug }) };
}

function readHeader(parts: Parts, loose: boolean): Header {
  const { operands, attributes } = parts;
  const { cursor, types } = operands;
  readLinkage(cursor);
  while (conventions.has(cursor.token.text)) cursor.advance();
  const result = attributes.claims(undefined, loose);
  const returned = types.read();
  const { at } = cursor;
  const name = cursor.take('global');
  cursor.expect('(');
  const parameters: Parameter[] = [];
  let variadic = false;
  let unnamed = 0;
  cursor.list(')', () => {
    if (cursor.skip('...')) {
      variadic = true;
      return;
    }
    const type = types.readValue();
    const claims = attributes.claims(type, loose);
    const own = cursor.token.kind === 'local' ? cursor.advance().text : String(unnamed);
    if (own === String(unnamed)) unnamed++;
    parameters.push({ name: own, type, claims });
  });
  const into = readTail(parts);
  const type: FunctionType = {
    kind: 'function',
    result: returned,
    parameters: parameters.map((one) => one.type),
    variadic,
  };
  return { name, parameters, type, result, attributes: into, at };
}

/** What stands between the parameters and the body. */
function readTail({ operands, attributes }: Parts): Set<string> {
  const { cursor } = operands;
  const into = new Set<string>();
  for (;;) {
    attributes.ofFunction(into);
    if (cursor.skip('unnamed_addr') || cursor.skip('local_unnamed_addr')) continue;
    if (cursor.skip('section')) cursor.take('string');
    else if (cursor.skip('comdat')) readComdat(cursor);
    else if (cursor.skip('align')) readAlignment(operands);
    else if (cursor.token.kind === 'word' && !atTopLevel(cursor))
      throw cursor.refused('a property that is not implemented', 'compile without it');
    else return into;
  }
}

function readComdat(cursor: Cursor): void {
  if (!cursor.skip('(')) return;
  cursor.take('comdat');
  cursor.expect(')');
}

function atTopLevel({ token }: Cursor): boolean {
  return ['define', 'declare', 'attributes', 'source_filename', 'target'].includes(token.text);
}

function readBlock(parts: Parts, header: Header, first: boolean): Block {
  const { cursor } = parts.operands;
  const { at } = cursor;
  const name = readLabel(cursor, header, first);
  const instructions: Instruction[] = [];
  for (;;) {
    if (cursor.token.kind === 'record') {
      parts.metadata.record();
      continue;
    }
    const instruction = readInstruction(parts);
    if (!isDropped(instruction.type)) instructions.push(instruction);
    if (isTerminator(instruction.operation)) return { name, at, instructions };
  }
}

/** The first block may be without a name; it then has the number after the parameters. */
function readLabel(cursor: Cursor, { parameters }: Header, first: boolean): string {
  if (cursor.token.kind === 'label') return cursor.advance().text;
  if (!first) throw cursor.unexpected('a label');
  return String(parameters.filter(({ name }, i) => name === String(i)).length);
}

function isDropped(type: Type): boolean {
  return type.kind === 'metadata';
}
