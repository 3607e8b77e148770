/** The rules of the statements. */
import type { Expression, Position } from '../ir.ts';
import { activate } from './calls.ts';
import { checkChoice } from './choices.ts';
import { booleanOf, checkDeep, evaluate, execute, integerOf } from './evaluate.ts';
import { type Completion, type Frame, oblige, type Rules, type StatementOf } from './frame.ts';
import { runLoop } from './loops.ts';
import { type Obligation, Stop, stuck } from './outcome.ts';
import { replaced, within } from './sequences.ts';
import { isArray, isBytes, MapValue, ObjectValue, type Value } from './value.ts';

export const statements: Rules['statements'] = {
  assign: (node, frame) => {
    const ghost = frame.ghost || node.ghost;
    frame.variables.set(node.variable, evaluate(node.value, { ...frame, ghost }));
    return undefined;
  },
  assignField: (node, frame) => {
    selfOf(frame, node.at).fields.set(node.field, evaluate(node.value, frame));
    return undefined;
  },
  assignElement: (node, frame) => assignElement(node, frame),
  choose: (node, frame) => choose(node, frame),
  pick: (node, frame) => pick(node, frame),
  call: (node, frame) => call(node, frame),
  construct: (node, frame) => construct(node, frame),
  if: (node, frame) => execute(booleanOf(node.condition, frame) ? node.then : node.else, frame),
  loop: (node, frame) => runLoop(node, frame),
  break: () => ({ kind: 'break' }),
  continue: () => ({ kind: 'continue' }),
  return: (node, frame) => ({
    kind: 'return',
    value: node.value && evaluate(node.value, frame),
  }),
  throw: (node) => ({ kind: 'throw', error: node.error }),
  try: (node, frame) => attempt(node, frame),
  assert: (node, frame) => check(node.condition, 'assert', frame, node.at),
  requires: (node, frame) => check(node.condition, 'requires', frame, node.at),
  use: () => undefined,
  assume: (node, frame) => {
    const ghost = frame.ghost || node.ghost;
    if (!booleanOf(node.condition, { ...frame, ghost }))
      throw new Stop({ kind: 'assumed', at: node.at });
    return undefined;
  },
};

function selfOf(frame: Frame, at: Position): ObjectValue {
  return frame.self ?? stuck('there is no object here', at);
}

function assignElement(node: StatementOf<'assignElement'>, frame: Frame): Completion {
  const { place, at } = node;
  const index = integerOf(node.index, frame);
  const value = evaluate(node.value, frame);
  const fields: Map<string, Value> =
    place.kind === 'variable' ? frame.variables : selfOf(frame, at).fields;
  const name = place.kind === 'variable' ? place.variable : place.field;
  const old = fields.get(name);
  if (!isArray(old) && !isBytes(old)) return stuck(`${name} has no elements`, at);
  const there = within(index, old.length);
  oblige(frame.run, 'bounds', there, at);
  if (!there) return undefined;
  const copy = replaced(old, Number(index), value);
  oblige(frame.run, 'range', copy !== undefined, at);
  fields.set(name, copy ?? old);
  return undefined;
}

function choose(node: StatementOf<'choose'>, frame: Frame): Completion {
  const { choice, at, type, variable } = node;
  const rule = frame.run.rules.choices[choice.kind] as (
    choice: unknown,
    frame: Frame,
  ) => ReturnType<Rules['choices']['boolean']>;
  const request = rule(choice, frame);
  checkChoice(request, frame.run, at);
  const value = frame.run.choose(request, at);
  checkDeep(value, type, frame, at);
  frame.variables.set(variable, value);
  return undefined;
}

/** The next key in JavaScript's order. */
function pick(node: StatementOf<'pick'>, frame: Frame): Completion {
  const [of, except] = [evaluate(node.of, frame), evaluate(node.except, frame)];
  if (!(of instanceof MapValue) || !(except instanceof MapValue))
    return stuck('only a map or a set has keys', node.at);
  const left = of.keys().filter((key) => !except.has(key));
  if (left.length === 0) stuck('no key is left', node.at);
  frame.variables.set(node.variable, left[0]);
  if (node.value) frame.variables.set(node.value.variable, of.get(left[0]));
  return undefined;
}

function call(node: StatementOf<'call'>, frame: Frame): Completion {
  const { callee, result, at } = node;
  const given = node.arguments.map((argument) => evaluate(argument, frame));
  const rule = frame.run.rules.callees[callee.kind] as (
    callee: unknown,
    given: readonly Value[],
    frame: Frame,
    at: Position,
  ) => Completion;
  const completion = rule(callee, given, frame, at);
  if (completion?.kind !== 'return') return completion;
  if (result) {
    checkDeep(completion.value, result.type, frame, at);
    frame.variables.set(result.variable, completion.value);
  }
  return undefined;
}

function construct(node: StatementOf<'construct'>, frame: Frame): Completion {
  const { at, variable } = node;
  const { program } = frame.run;
  const found = program.classes.get(node.class) ?? stuck(`no class ${node.class}`, at);
  const self = new ObjectValue(node.class);
  const given = node.arguments.map((argument) => evaluate(argument, frame));
  activate(frame.run, found.construct, { self, given, ghost: frame.ghost, at });
  frame.variables.set(variable, self);
  return undefined;
}

function attempt(node: StatementOf<'try'>, frame: Frame): Completion {
  const completion = execute(node.body, frame);
  if (completion?.kind !== 'throw') return completion;
  const handler = node.handlers.find(({ error }) => error === completion.error);
  return handler ? execute(handler.body, frame) : completion;
}

function check(
  condition: Expression,
  obligation: Obligation,
  frame: Frame,
  at: Position,
): Completion {
  oblige(frame.run, obligation, booleanOf(condition, frame), at);
  return undefined;
}
