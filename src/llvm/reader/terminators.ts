/** Reads the last instruction of a block. */
import { nothing, showType } from '../type.ts';
import type { Parts, Read } from './instructions.ts';
import type { Operands } from './operands.ts';

export function readTerminator({ operands }: Parts): Read {
  const { cursor } = operands;
  const opcode = cursor.advance().text;
  if (opcode === 'unreachable') return { operation: { op: 'unreachable' }, type: nothing };
  if (opcode === 'ret') return readReturn(operands);
  return opcode === 'br' ? readBranch(operands) : readSwitch(operands);
}

function readReturn(operands: Operands): Read {
  if (operands.cursor.skip('void')) return { operation: { op: 'ret' }, type: nothing };
  return { operation: { op: 'ret', value: operands.typed() }, type: nothing };
}

function readBranch(operands: Operands): Read {
  const { cursor } = operands;
  if (cursor.is('label'))
    return { operation: { op: 'br', target: label(operands) }, type: nothing };
  const condition = operands.typed();
  if (showType(condition.type) !== 'i1') throw cursor.bad('no i1', 'branch on one', 'br');
  cursor.expect(',');
  const then = label(operands);
  cursor.expect(',');
  const otherwise = label(operands);
  return { operation: { op: 'condbr', condition, then, otherwise }, type: nothing };
}

function readSwitch(operands: Operands): Read {
  const { cursor } = operands;
  const value = operands.typed();
  if (value.type.kind !== 'integer') throw cursor.bad('no integer', 'give one', 'switch');
  cursor.expect(',');
  const otherwise = label(operands);
  cursor.expect('[');
  const cases = new Map<bigint, string>();
  while (!cursor.skip(']')) {
    const { at, token } = cursor;
    const one = operands.typedConstant();
    const known = one.value.kind === 'zero' ? 0n : undefined;
    const key = one.value.kind === 'integer' ? one.value.value : known;
    if (key === undefined || cases.has(key) || showType(one.type) !== showType(value.type))
      throw cursor.bad('no new integer of the right type', 'give one', token.text, at);
    cursor.expect(',');
    cases.set(key, label(operands));
  }
  const list = [...cases].map(([key, target]) => ({ value: key, target }));
  return { operation: { op: 'switch', value, otherwise, cases: list }, type: nothing };
}

function label({ cursor }: Operands): string {
  cursor.expect('label');
  return cursor.take('local');
}
