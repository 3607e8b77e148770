import type { Constant } from '../module.ts';
import type { Type } from '../type.ts';
import type { Machine } from './machine.ts';
import { compute } from './operations.ts';
import { nullPointer, poison, type Value, zeroOf } from './value.ts';

/** The value of a constant, whose expressions may mention the addresses of names. */
export function constantValue(constant: Constant, type: Type, machine: Machine): Value {
  switch (constant.kind) {
    case 'integer':
      return constant.value;
    case 'null':
      return nullPointer;
    case 'zero':
      return zeroOf(type);
    case 'undef':
    case 'poison':
      return poison(`${constant.kind} is used`);
    case 'bytes':
      return Array.from(constant.bytes, BigInt);
    case 'global':
      return machine.pointerTo(constant.name);
    case 'aggregate':
      return constant.items.map((item) => constantValue(item.value, item.type, machine));
    case 'expression': {
      const value = compute(constant.operation, {
        rules: machine.rules,
        layout: machine.memory.layout,
        read: (operand) => {
          if (operand.kind === 'local') throw new Error('a local value in a constant');
          return constantValue(operand.value, operand.type, machine);
        },
      });
      if (value === undefined) throw new Error(`no constant: ${constant.operation.op}`);
      return value;
    }
    default:
      return constant satisfies never;
  }
}
