/** Reads calls: of functions, of pointers, of intrinsics that are known, of inline assembly. */
import { intrinsicOf, isDebugIntrinsic, isIntrinsic } from '../intrinsics.ts';
import type { Argument, InlineAssembly, Operand } from '../module.ts';
import type { Position } from '../problem.ts';
import { type FunctionType, pointer, type Type } from '../type.ts';
import type { Parts, Read } from './instructions.ts';
import { decoded } from './lexer.ts';

export const conventions = new Set(['ccc', 'fastcc', 'coldcc']);

export function readCall(parts: Parts): Read {
  const { operands, attributes } = parts;
  const { cursor } = operands;
  if (!cursor.is('call')) cursor.advance();
  cursor.expect('call');
  while (conventions.has(cursor.token.text)) cursor.advance();
  const result = attributes.claims(undefined);
  const returned = operands.types.read();
  const { at } = cursor;
  const callee = readCallee(parts);
  const args = readArguments(parts);
  const into = new Set<string>();
  attributes.ofFunction(into);
  if (cursor.is('['))
    throw cursor.refused('operand bundles are not implemented', 'compile without them');
  const type = calledType(returned, args);
  checkCallee(parts, callee, at);
  if (isDebug(callee)) return { operation: { op: 'freeze', value: noValue }, type: droppedType };
  return {
    operation: { op: 'call', type, callee, arguments: args, result, attributes: into },
    type: type.result,
  };
}

const noValue: Operand = { kind: 'constant', type: pointer, value: { kind: 'null' } };

/** The type of an instruction that only debuggers need, and that is dropped. */
export const droppedType: Type = { kind: 'metadata' };

function isDebug(callee: Operand | InlineAssembly): boolean {
  if (callee.kind !== 'constant' || callee.value.kind !== 'global') return false;
  return isDebugIntrinsic(callee.value.name);
}

function calledType(returned: Type, args: readonly Argument[]): FunctionType {
  if (returned.kind === 'function') return returned;
  const parameters = args.map(({ value }) => value.type);
  return { kind: 'function', result: returned, parameters, variadic: false };
}

function readCallee({ operands }: Parts): Operand | InlineAssembly {
  const { cursor } = operands;
  if (!cursor.skip('asm')) return operands.value(pointer);
  while (['sideeffect', 'alignstack', 'unwind', 'inteldialect'].includes(cursor.token.text))
    cursor.advance();
  const text = decoded(cursor.take('string'));
  cursor.expect(',');
  return { kind: 'assembly', text, constraints: decoded(cursor.take('string')) };
}

function checkCallee({ operands }: Parts, callee: Operand | InlineAssembly, at: Position): void {
  if (callee.kind !== 'constant' || callee.value.kind !== 'global') return;
  const { name } = callee.value;
  if (!isIntrinsic(name) || isDebugIntrinsic(name) || intrinsicOf(name) !== undefined) return;
  const instead = 'write it in C, or compile with -ffreestanding';
  throw operands.cursor.refused('an intrinsic that is not implemented', instead, `@${name}`, at);
}

function readArguments({ operands, attributes, metadata }: Parts): Argument[] {
  const { cursor } = operands;
  cursor.expect('(');
  return cursor
    .list(')', (): Argument | undefined => {
      if (cursor.skip('metadata')) {
        metadata.argument();
        return undefined;
      }
      const type = operands.types.readValue();
      const claims = attributes.claims(type);
      return { value: operands.value(type), claims };
    })
    .filter((one) => one !== undefined);
}
