/** Wrong readings of what is done with every element of a sequence. */
import type { EachForm, Expression } from '../../src/symbolic/ir.ts';
import { safe } from '../../src/symbolic/type.ts';

type Each = Expression & { kind: 'each' };
type Change = (node: Each) => Expression;

function apply(node: Expression, name: 'not' | 'add' | 'concat', ...given: Expression[]) {
  return {
    at: node.at,
    type: node.type,
    kind: 'apply',
    function: name,
    arguments: given,
  } as const;
}

const otherwise: Change = (node) => ({ ...node, body: apply(node.body, 'not', node.body) });

const one = ({ at }: Expression): Expression => ({ at, type: safe, kind: 'constant', value: 1n });

const more = (node: Expression): Expression =>
  node.type.kind === 'integer' && !node.type.among ? apply(node, 'add', node, one(node)) : node;

const changes: readonly (readonly [form: EachForm, name: string, change: Change])[] = [
  ['map', 'makes other values', (node) => ({ ...node, body: more(node.body) })],
  ['map', 'makes each value twice', (node) => apply(node, 'concat', node, node)],
  ['filter', 'keeps what does not fit', otherwise],
  ['filter', 'keeps everything', (node) => node.of],
  ['every', 'asks for one', (node) => ({ ...node, form: 'some' })],
  ['some', 'asks for all', (node) => ({ ...node, form: 'every' })],
  ['first', 'finds what does not fit', otherwise],
  ['first', 'counts from one', (node) => apply(node, 'add', node, one(node))],
];

export const closureFaults = changes.map(([form, name, change]) => ({
  name: `closure ${form} ${name}`,
  expression: (node: Expression) =>
    node.kind === 'each' && node.form === form ? change(node) : node,
}));
