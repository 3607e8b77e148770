/** The rules of the expressions. */
import { Application } from './application.ts';
import { activate } from './calls.ts';
import { each } from './each.ts';
import { booleanOf, evaluate, integerOf } from './evaluate.ts';
import { type ExpressionOf, type Frame, oblige, type Rules, step } from './frame.ts';
import { stuck } from './outcome.ts';
import {
  conforms,
  isRecord,
  MapValue,
  ObjectValue,
  project,
  record,
  show,
  type Value,
} from './value.ts';

export const expressions: Rules['expressions'] = {
  constant: (node) => node.value,
  variable: (node, frame) =>
    frame.variables.has(node.variable)
      ? frame.variables.get(node.variable)
      : stuck(`${node.variable} has no value yet`, node.at),
  self: (node, frame) => frame.self ?? stuck('there is no object here', node.at),
  field: (node, frame) => fieldOf(evaluate(node.of, frame), node),
  apply: (node, frame) => frame.run.rules.intrinsics[node.function](new Application(node, frame)),
  conditional: (node, frame) =>
    evaluate(booleanOf(node.condition, frame) ? node.then : node.else, frame),
  record: (node, frame) =>
    record(node.fields.map(({ name, value }) => [name, evaluate(value, frame)])),
  array: (node, frame) => Object.freeze(node.elements.map((element) => evaluate(element, frame))),
  is: (node, frame) => conforms(evaluate(node.value, frame), node.is),
  convert: (node, frame) => convert(evaluate(node.value, frame), node, frame),
  invoke: (node, frame) => invoke(node, frame),
  codec: (node) => stuck('a block is not looked into', node.at),
  each: (node, frame) => each(node, frame),
  quantified: (node, frame) => quantified(node, frame),
  everyKey: (node, frame) => everyKey(node, frame),
};

function fieldOf(of: Value, node: ExpressionOf<'field'>): Value {
  if (of instanceof ObjectValue && of.fields.has(node.name)) return of.fields.get(node.name);
  if (isRecord(of) && Object.hasOwn(of, node.name)) return of[node.name];
  return stuck(`${show(of)} has no field ${node.name}`, node.at);
}

/** For a ghost the ranges of integers do not count. */
function convert(value: Value, node: ExpressionOf<'convert'>, frame: Frame): Value {
  if (frame.ghost && typeof value === 'bigint') return value;
  if (conforms(value, node.type)) return project(value, node.type);
  if (frame.ghost) stuck(`${show(value)} does not fit`, node.at);
  oblige(frame.run, 'narrowing', false, node.at);
  return value;
}

function invoke(node: ExpressionOf<'invoke'>, frame: Frame): Value {
  const self = node.self && evaluate(node.self, frame);
  const given = node.arguments.map((argument) => evaluate(argument, frame));
  if (self !== undefined && !(self instanceof ObjectValue)) stuck('no object', node.at);
  const completion = activate(frame.run, node.function, {
    self: self as ObjectValue | undefined,
    given,
    ghost: frame.ghost,
    at: node.at,
  });
  return completion?.kind === 'return' ? completion.value : stuck('no value', node.at);
}

function quantified(node: ExpressionOf<'quantified'>, frame: Frame): boolean {
  const low = integerOf(node.low, frame);
  const high = integerOf(node.high, frame);
  const variables = new Map(frame.variables);
  const wanted = node.quantifier === 'exists';
  for (let i = low; i < high; i++) {
    step(frame.run, node.at);
    variables.set(node.variable, i);
    if (booleanOf(node.body, { ...frame, variables }) === wanted) return wanted;
  }
  return !wanted;
}

function everyKey(node: ExpressionOf<'everyKey'>, frame: Frame): boolean {
  const of = evaluate(node.of, frame);
  if (!(of instanceof MapValue)) return stuck(`${show(of)} has no keys`, node.at);
  const variables = new Map(frame.variables);
  return of.keys().every((key) => {
    step(frame.run, node.at);
    variables.set(node.variable, key);
    return booleanOf(node.body, { ...frame, variables });
  });
}
