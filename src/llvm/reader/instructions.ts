/** Reads one instruction. What is not in this file has no meaning, and is refused by name. */
import type { Instruction, Operand, Operation } from '../module.ts';
import { integer, nothing, pointer, showType, type Type } from '../type.ts';
import type { Attributes } from './attributes.ts';
import { readCall } from './calls.ts';
import type { MetadataReader } from './metadata.ts';
import { isBinary, isCast, type Operands, stepInto } from './operands.ts';
import { readTerminator } from './terminators.ts';

export interface Parts {
  readonly operands: Operands;
  readonly attributes: Attributes;
  readonly metadata: MetadataReader;
}

export interface Read {
  readonly operation: Operation;
  readonly type: Type;
}

/** Why an opcode is refused, and what to do about it. */
const refusals: Readonly<Record<string, string>> = {
  ...Object.fromEntries(
    [
      ...['fneg', 'fadd', 'fsub', 'fmul', 'fdiv', 'frem', 'fcmp', 'fptoui', 'fptosi', 'uitofp'],
      ...['sitofp', 'fptrunc', 'fpext'],
    ].map((opcode) => [opcode, 'do without floating point']),
  ),
  ...Object.fromEntries(
    ['extractelement', 'insertelement', 'shufflevector'].map((opcode) => [
      opcode,
      'compile with -fno-vectorize -fno-slp-vectorize',
    ]),
  ),
  ...Object.fromEntries(
    ['invoke', 'resume', 'landingpad', 'catchswitch', 'catchpad', 'cleanuppad'].map((opcode) => [
      opcode,
      'compile without exceptions',
    ]),
  ),
  ...Object.fromEntries(
    ['fence', 'cmpxchg', 'atomicrmw'].map((opcode) => [
      opcode,
      'use ordinary accesses: one processor is assumed',
    ]),
  ),
  inttoptr: 'keep the pointer, or an index into the object',
  ptrtoaddr: 'compile with another version of clang',
  addrspacecast: 'use one address space',
  indirectbr: 'use switch',
  callbr: 'use no asm goto',
  va_arg: 'pass a fixed number of arguments',
};

export function readInstruction(parts: Parts): Instruction {
  const { cursor } = parts.operands;
  const { at } = cursor;
  const result = cursor.token.kind === 'local' ? cursor.advance().text : undefined;
  if (result !== undefined) cursor.expect('=');
  const { operation, type } = readOperation(parts);
  const { claims, debug } = parts.metadata.attachments(type);
  if (result !== undefined && type.kind === 'void')
    throw cursor.bad('a name for nothing', 'drop the name', `%${result}`, at);
  return {
    ...(result === undefined ? {} : { result }),
    ...(debug === undefined ? {} : { debug }),
    type,
    // One object, filled in when the metadata at the end of the text has been read.
    operation: operation.op === 'load' ? { ...operation, claims } : operation,
    at,
  };
}

function readOperation(parts: Parts): Read {
  const { cursor } = parts.operands;
  const { token } = cursor;
  if (token.kind !== 'word') throw cursor.unexpected('an instruction');
  const opcode = token.text;
  if (isBinary(opcode)) return readBinary(parts);
  if (isCast(opcode)) return readCast(parts);
  if (Object.hasOwn(readers, opcode)) return readers[opcode]!(parts);
  const instead = Object.hasOwn(refusals, opcode) ? refusals[opcode]! : 'is this text of clang?';
  throw cursor.refused('an instruction that is not implemented', instead);
}

type Reader = (parts: Parts) => Read;

const readers: Readonly<Record<string, Reader>> = {
  icmp: readComparison,
  getelementptr: readElementPointer,
  select: readSelect,
  freeze: readFreeze,
  phi: readPhi,
  extractvalue: readExtract,
  insertvalue: readInsert,
  alloca: readAllocation,
  load: readLoad,
  store: readStore,
  call: readCall,
  tail: readCall,
  musttail: readCall,
  notail: readCall,
  ret: readTerminator,
  br: readTerminator,
  switch: readTerminator,
  unreachable: readTerminator,
};

function readBinary({ operands }: Parts): Read {
  const { cursor } = operands;
  const opcode = cursor.advance().text;
  if (!isBinary(opcode)) throw cursor.unexpected('an operator');
  const wraps = ['add', 'sub', 'mul', 'shl'].includes(opcode);
  const exact = ['udiv', 'sdiv', 'lshr', 'ashr'].includes(opcode);
  const flags = operands.flags(
    wraps ? ['nuw', 'nsw'] : exact ? ['exact'] : opcode === 'or' ? ['disjoint'] : [],
  );
  const [left, right] = pair(operands);
  if (left.type.kind !== 'integer') throw cursor.bad('not integers', 'give integers', opcode);
  return { operation: { op: 'binary', opcode, flags, left, right }, type: left.type };
}

/** `i32 %a, %b`. */
function pair(operands: Operands): [Operand, Operand] {
  const type = operands.types.readValue();
  const left = operands.value(type);
  operands.cursor.expect(',');
  return [left, operands.value(type)];
}

function readCast({ operands }: Parts): Read {
  const { cursor } = operands;
  const opcode = cursor.advance().text;
  if (!isCast(opcode)) throw cursor.unexpected('a conversion');
  const flags = operands.flags(
    opcode === 'trunc' ? ['nuw', 'nsw'] : opcode === 'zext' ? ['nneg'] : [],
  );
  const operation = operands.cast(opcode, flags);
  return { operation, type: operation.op === 'cast' ? operation.to : nothing };
}

function readComparison({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  const flags = operands.flags(['samesign']);
  const predicate = operands.predicate();
  const [left, right] = pair(operands);
  if (left.type.kind !== 'integer' && left.type.kind !== 'pointer')
    throw cursor.bad('neither integers nor pointers', 'give such', 'icmp');
  return { operation: { op: 'icmp', predicate, flags, left, right }, type: integer(1) };
}

function readElementPointer({ operands }: Parts): Read {
  operands.cursor.advance();
  const flags = operands.flags(['inbounds', 'nusw', 'nuw']);
  return { operation: operands.elementPointer(flags), type: pointer };
}

function readSelect({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  const condition = operands.typed();
  if (showType(condition.type) !== 'i1') throw cursor.bad('no i1', 'give one', 'select');
  cursor.expect(',');
  const then = operands.typed();
  cursor.expect(',');
  const otherwise = operands.typed();
  if (showType(then.type) !== showType(otherwise.type))
    throw cursor.bad('two types', 'give one type', 'select');
  return { operation: { op: 'select', condition, then, otherwise }, type: then.type };
}

function readFreeze({ operands }: Parts): Read {
  operands.cursor.advance();
  const value = operands.typed();
  return { operation: { op: 'freeze', value }, type: value.type };
}

function readPhi({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  const type = operands.types.readValue();
  const incoming: { value: Operand; from: string }[] = [];
  do {
    if (incoming.length > 0) cursor.advance();
    cursor.expect('[');
    const value = operands.value(type);
    cursor.expect(',');
    incoming.push({ value, from: cursor.take('local') });
    cursor.expect(']');
  } while (cursor.is(',') && cursor.after(1).text === '[');
  return { operation: { op: 'phi', incoming }, type };
}

function readPath({ cursor }: Operands): number[] {
  const path: number[] = [];
  while (cursor.is(',') && cursor.after(1).kind === 'integer') {
    cursor.advance();
    path.push(cursor.natural('index'));
  }
  if (path.length === 0) throw cursor.unexpected('an index');
  return path;
}

function within(operands: Operands, aggregate: Type, path: readonly number[]): Type {
  let type: Type | undefined = aggregate;
  for (const index of path) {
    const value = { kind: 'integer', value: BigInt(index) } as const;
    if (type.kind === 'array' && index >= type.count) type = undefined;
    else type = stepInto(type, { kind: 'constant', type: integer(64), value });
    if (type === undefined)
      throw operands.cursor.bad('no such element', 'give an index that is', String(index));
  }
  return type;
}

function readExtract({ operands }: Parts): Read {
  operands.cursor.advance();
  const aggregate = operands.typed();
  const path = readPath(operands);
  const type = within(operands, aggregate.type, path);
  return { operation: { op: 'extractvalue', aggregate, path }, type };
}

function readInsert({ operands }: Parts): Read {
  operands.cursor.advance();
  const aggregate = operands.typed();
  operands.cursor.expect(',');
  const value = operands.typed();
  const path = readPath(operands);
  if (showType(within(operands, aggregate.type, path)) !== showType(value.type))
    throw operands.cursor.bad('not of that type', 'give a value that fits', 'insertvalue');
  return { operation: { op: 'insertvalue', aggregate, value, path }, type: aggregate.type };
}

function readAllocation({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  if (cursor.is('inalloca')) throw cursor.refused('not implemented', 'pass a pointer');
  const allocated = operands.types.readValue();
  const next = cursor.after(1);
  if (cursor.is(',') && next.text !== 'align' && next.kind !== 'metadata')
    throw cursor.refused('an array whose length is not constant', 'give it a length', 'alloca');
  return { operation: { op: 'alloca', allocated, align: alignment(operands) }, type: pointer };
}

function readLoad({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  const volatile = readVolatile(operands);
  const type = operands.types.readValue();
  cursor.expect(',');
  const address = addressIn(operands);
  const align = alignment(operands);
  return { operation: { op: 'load', type, address, align, volatile, claims: {} }, type };
}

function readStore({ operands }: Parts): Read {
  const { cursor } = operands;
  cursor.advance();
  const volatile = readVolatile(operands);
  const value = operands.typed();
  cursor.expect(',');
  const address = addressIn(operands);
  const align = alignment(operands);
  return { operation: { op: 'store', value, address, align, volatile }, type: nothing };
}

function readVolatile({ cursor }: Operands): boolean {
  if (cursor.is('atomic'))
    throw cursor.refused('not implemented', 'use ordinary accesses: one processor is assumed');
  return cursor.skip('volatile');
}

function addressIn(operands: Operands): Operand {
  const operand = operands.typed();
  if (operand.type.kind !== 'pointer') throw operands.cursor.bad('no pointer', 'give one');
  return operand;
}

/** 0: as the layout of the target says. */
function alignment(operands: Operands): number {
  const { cursor } = operands;
  if (!cursor.is(',') || cursor.after(1).text !== 'align') return 0;
  cursor.advance();
  cursor.advance();
  return readAlignment(operands);
}

/** A power of two. */
export function readAlignment({ cursor }: Operands): number {
  const { at } = cursor;
  const value = cursor.natural('alignment', 2 ** 32);
  if (value >= 1 && Number.isInteger(Math.log2(value))) return value;
  throw cursor.bad('no power of two', 'give one', String(value), at);
}
