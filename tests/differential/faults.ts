/**
 * Faults, one or more for each rule of the representation: the rule takes a node for another one.
 * Seeded into the interpreter and into the executor, each must be noticed.
 */

import type { Expression, Intrinsic, Statement, Type } from '../../src/symbolic/ir.ts';
import { closureFaults } from './faults-closures.ts';

export interface Fault {
  /** The rule that is wrong, and how. */
  readonly name: string;
  /** What the wrong rule takes a node for. */
  readonly expression?: (node: Expression) => Expression;
  readonly statement?: (node: Statement) => readonly Statement[];
}

type Apply = Extract<Expression, { kind: 'apply' }>;
type Change = (node: Apply) => Expression;

const safe: Type = { kind: 'integer', range: 'safe' };

function apply(like: Expression, type: Type, name: Intrinsic, ...given: Expression[]): Apply {
  return { at: like.at, type, kind: 'apply', function: name, arguments: given };
}

function constant(like: Expression, value: bigint): Expression {
  return { at: like.at, type: safe, kind: 'constant', value };
}

/** The same operation under another name. */
const as =
  (name: Intrinsic): Change =>
  (node) => ({ ...node, function: name });
const negated: Change = (node) => apply(node, node.type, 'not', node);
const swapped: Change = (node) => ({ ...node, arguments: [...node.arguments].reverse() });
const one = (node: Expression): Expression => ({ ...constant(node, 1n), type: node.type });
const more = (node: Expression): Expression => apply(node, node.type, 'add', node, one(node));
const onArgument =
  (index: number, change: (node: Expression) => Expression): Change =>
  (node) => ({
    ...node,
    arguments: node.arguments.map((each, i) => (i === index ? change(each) : each)),
  });
const text = (like: Expression, value: string): Expression => ({
  at: like.at,
  type: { kind: 'string' },
  kind: 'constant',
  value,
});
const lengthOf = (node: Expression): Expression => apply(node, safe, 'length', node);

/** A wrong reading of each intrinsic. `with` is not here: no source is read as it. */
export const intrinsicFaults: { readonly [I in Exclude<Intrinsic, 'with'>]: Change | null } = {
  not: (node) => node.arguments[0]!,
  negate: as('absolute'),
  add: as('subtract'),
  subtract: as('add'),
  multiply: as('add'),
  divideFloor: as('subtract'),
  remainder: as('minimum'),
  less: as('lessOrEqual'),
  lessOrEqual: as('less'),
  equal: negated,
  and: as('or'),
  or: as('and'),
  implies: as('and'),
  minimum: as('maximum'),
  maximum: as('minimum'),
  absolute: as('negate'),
  bitAnd: as('bitOr'),
  bitOr: as('bitXor'),
  bitXor: as('bitOr'),
  shiftLeft: as('shiftRight'),
  shiftRight: as('shiftLeft'),
  wrap: (node) => ({ at: node.at, type: node.type, kind: 'convert', value: node.arguments[0]! }),
  toBig: as('negate'),
  toNumber: as('negate'),
  sameBlock: negated,
  // Nothing is known of it but a name: no engine has a rule that could be wrong.
  isSealed: null,
  sameBlocks: (node) => ({ at: node.at, type: node.type, kind: 'constant', value: true }),
  // These two have no arguments; they are replaced within the engines.
  zeroBlock: null,
  stateOf: null,
  length: more,
  element: (node) => {
    const last = apply(node, safe, 'subtract', lengthOf(node.arguments[0]!), constant(node, 1n));
    return onArgument(1, () => last)(node);
  },
  elementOrUndefined: onArgument(1, more),
  append: (node) => {
    const [array, value] = node.arguments as [Expression, Expression];
    const first: Expression = { at: node.at, type: node.type, kind: 'array', elements: [value] };
    return apply(node, node.type, 'concat', first, array);
  },
  dropLast: (node) => {
    const [array] = node.arguments as [Expression];
    return apply(node, node.type, 'slice', array, constant(node, 1n), lengthOf(array));
  },
  slice: onArgument(2, more),
  concat: swapped,
  filled: onArgument(0, more),
  zeroBytes: onArgument(0, more),
  emptyMap: (node) =>
    node.type.kind === 'map' && node.type.value
      ? apply(node, node.type, 'withEntry', node, text(node, 'a'), constant(node, 5n))
      : apply(node, node.type, 'withKey', node, constant(node, 5n)),
  size: more,
  hasKey: negated,
  lookUp: (node) => ({ ...node, kind: 'constant', value: undefined }),
  withEntry: (node) => node.arguments[0]!,
  withKey: (node) => node.arguments[0]!,
  withoutKey: (node) => node.arguments[0]!,
  sameMap: negated,
};

function intrinsicFault([name, change]: [string, Change | null]): readonly Fault[] {
  if (!change) return [];
  const expression = (node: Expression) =>
    node.kind === 'apply' && node.function === name ? change(node) : node;
  return [{ name: `intrinsic ${name}`, expression }];
}

function otherWay<T, N extends { readonly then: T; readonly else: T }>(node: N): N {
  // biome-ignore lint/suspicious/noThenProperty: a conditional has two sides, and no promise
  return { ...node, then: node.else, else: node.then };
}

type ExpressionChange = { readonly [K in Expression['kind']]: (node: Expression) => Expression };

const isNumber = (node: Expression): boolean =>
  node.type.kind === 'integer' && !node.type.among && node.type.range === 'safe';
const moreIfNumber = (node: Expression): Expression => (isNumber(node) ? more(node) : node);
const other: Readonly<Record<string, string>> = { x: 'y', y: 'x', f0: 'f3' };

/**
 * A wrong reading of each kind of expression; `self` and `apply` are seen through others, `each`
 * has faults of its own, and a codec is seen only by its own proof.
 */
const expressionChanges: Omit<ExpressionChange, 'self' | 'apply' | 'each' | 'codec'> = {
  constant: moreIfNumber,
  variable: moreIfNumber,
  field: (node) =>
    node.kind === 'field' && node.of.type.kind === 'record' && other[node.name]
      ? { ...node, name: other[node.name]! }
      : node,
  conditional: (node) => (node.kind === 'conditional' ? otherWay(node) : node),
  record: (node) =>
    node.kind === 'record'
      ? { ...node, fields: node.fields.map((f) => ({ ...f, value: moreIfNumber(f.value) })) }
      : node,
  array: (node) =>
    node.kind === 'array' ? { ...node, elements: [...node.elements].reverse() } : node,
  is: (node) => apply(node, node.type, 'not', node),
  convert: moreIfNumber,
  invoke: (node) =>
    node.kind === 'invoke' ? { ...node, arguments: node.arguments.map(moreIfNumber) } : node,
  quantified: (node) =>
    node.kind === 'quantified'
      ? { ...node, quantifier: node.quantifier === 'forall' ? 'exists' : 'forall' }
      : node,
  everyKey: (node) => apply(node, node.type, 'not', node),
};

const expressionFaults = Object.entries(expressionChanges).map(
  ([kind, change]): Fault => ({
    name: `expression ${kind}`,
    expression: (node) => (node.kind === kind ? change(node) : node),
  }),
);

type StatementChange = readonly [
  name: string,
  kind: Statement['kind'],
  change: (node: never) => readonly Statement[],
];
type Of<K extends Statement['kind']> = Extract<Statement, { kind: K }>;
const dropped = () => [];

const statementChanges: readonly StatementChange[] = [
  [
    'gets another value',
    'assign',
    (node: Of<'assign'>) => [{ ...node, value: moreIfNumber(node.value) }],
  ],
  ['is lost', 'assignField', dropped],
  ['is lost', 'assignElement', dropped],
  ['is always false', 'choose', (node: Of<'choose'>) => [alwaysFalse(node)]],
  ['takes the least', 'choose', (node: Of<'choose'>) => [least(node)]],
  ['takes the first', 'choose', (node: Of<'choose'>) => [first(node)]],
  ['gives another value', 'pick', (node: Of<'pick'>) => [node, ...otherEntry(node)]],
  ['is not done', 'call', (node: Of<'call'>) => (node.result ? [node] : [])],
  [
    'is done twice',
    'call',
    (node: Of<'call'>) => (node.callee.kind === 'lower' ? [node, node] : [node]),
  ],
  ['gets its arguments backwards', 'call', (node: Of<'call'>) => [backwards(node)]],
  ['takes the other side', 'if', (node: Of<'if'>) => [otherWay(node)]],
  ['has no other side', 'if', (node: Of<'if'>) => [{ ...node, else: [] }]],
  [
    'turns once at most',
    'loop',
    (node: Of<'loop'>) => [{ ...node, after: [...node.after, leave(node)] }],
  ],
  ['goes on as continue', 'break', (node: Of<'break'>) => [{ ...node, kind: 'continue' }]],
  ['leaves the loop', 'continue', (node: Of<'continue'>) => [{ ...node, kind: 'break' }]],
  ['returns another value', 'return', (node: Of<'return'>) => [otherResult(node)]],
  [
    'throws another error',
    'throw',
    (node: Of<'throw'>) => [{ ...node, error: exchanged(node.error) }],
  ],
  ['catches nothing', 'try', (node: Of<'try'>) => node.body],
  ['catches everything', 'try', (node: Of<'try'>) => [everyError(node)]],
  ['is not checked', 'assert', dropped],
  ['is not checked', 'requires', dropped],
  ['is not heard', 'assume', dropped],
];

const leave = (node: Statement): Statement => ({ at: node.at, kind: 'break' });

function alwaysFalse(node: Of<'choose'>): Statement {
  if (node.choice.kind !== 'boolean') return node;
  const value: Expression = { at: node.at, type: node.type, kind: 'constant', value: false };
  return { at: node.at, kind: 'assign', variable: node.variable, value, ghost: false };
}

function least(node: Of<'choose'>): Statement {
  if (node.choice.kind !== 'integer') return node;
  return {
    at: node.at,
    kind: 'assign',
    variable: node.variable,
    value: node.choice.low,
    ghost: false,
  };
}

function first(node: Of<'choose'>): Statement {
  if (node.choice.kind !== 'element') return node;
  const { of } = node.choice;
  const value = apply(of, node.type, 'element', of, constant(of, 0n));
  return { at: node.at, kind: 'assign', variable: node.variable, value, ghost: false };
}

function otherEntry({ at, value }: Of<'pick'>): readonly Statement[] {
  if (!value) return [];
  const taken: Expression = { at, type: value.type, kind: 'variable', variable: value.variable };
  return [
    { at, kind: 'assign', variable: value.variable, value: moreIfNumber(taken), ghost: false },
  ];
}

/** Only where the arguments are of one kind. */
function backwards(node: Of<'call'>): Statement {
  const kinds = new Set(node.arguments.map((each) => (isNumber(each) ? 'number' : 'other')));
  return kinds.has('other') ? node : { ...node, arguments: [...node.arguments].reverse() };
}

function otherResult(node: Of<'return'>): Statement {
  return node.value ? { ...node, value: moreIfNumber(node.value) } : node;
}

const exchanged = (error: string): string =>
  error.endsWith('#Busy') ? error.replace('#Busy', '#Lost') : error.replace('#Lost', '#Busy');

/** Whatever is thrown, the first handler takes it. */
function everyError(node: Of<'try'>): Statement {
  const [only] = node.handlers;
  if (!only) return node;
  return { ...node, handlers: [only, { ...only, error: exchanged(only.error) }] };
}

const statementFaults = statementChanges.map(
  ([name, kind, change]): Fault => ({
    name: `statement ${kind} ${name}`,
    statement: (node) => (node.kind === kind ? change(node as never) : [node]),
  }),
);

export const faults: readonly Fault[] = [
  ...Object.entries(intrinsicFaults).flatMap(intrinsicFault),
  ...expressionFaults,
  ...closureFaults,
  ...statementFaults,
];
