import type { Operand, Operation } from './module.ts';

/** What an operation reads, in the order of its text. */
export function operandsOf(operation: Operation): readonly Operand[] {
  switch (operation.op) {
    case 'binary':
    case 'icmp':
      return [operation.left, operation.right];
    case 'cast':
    case 'freeze':
      return [operation.value];
    case 'getelementptr':
      return [operation.base, ...operation.indices];
    case 'select':
      return [operation.condition, operation.then, operation.otherwise];
    case 'phi':
      return operation.incoming.map(({ value }) => value);
    case 'extractvalue':
      return [operation.aggregate];
    case 'insertvalue':
      return [operation.aggregate, operation.value];
    case 'load':
      return [operation.address];
    case 'store':
      return [operation.value, operation.address];
    case 'call': {
      const values = operation.arguments.map(({ value }) => value);
      return operation.callee.kind === 'assembly' ? values : [operation.callee, ...values];
    }
    case 'ret':
      return operation.value === undefined ? [] : [operation.value];
    case 'condbr':
      return [operation.condition];
    case 'switch':
      return [operation.value];
    case 'alloca':
    case 'br':
    case 'unreachable':
      return [];
    default:
      return operation satisfies never;
  }
}
