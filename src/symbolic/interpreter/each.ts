/** The rules of what is done with every element of a sequence, in JavaScript's order. */
import type { EachForm } from '../ir.ts';
import { evaluate } from './evaluate.ts';
import { type ExpressionOf, type Frame, step } from './frame.ts';
import { stuck } from './outcome.ts';
import { isArray, isBytes, show, type Value } from './value.ts';

/** The values of the closure, one after the other, as far as they are asked for. */
type Turns = Iterable<readonly [index: number, element: Value, value: Value]>;

const forms: { readonly [F in EachForm]: (turns: Turns) => Value } = {
  map: (turns) => Object.freeze(Array.from(turns, ([, , value]) => value)),
  filter: (turns) =>
    Object.freeze(Array.from(turns).flatMap(([, element, value]) => (value ? [element] : []))),
  every: (turns) => {
    for (const [, , value] of turns) if (!value) return false;
    return true;
  },
  some: (turns) => firstOf(turns) >= 0n,
  first: firstOf,
};

function firstOf(turns: Turns): bigint {
  for (const [index, , value] of turns) if (value) return BigInt(index);
  return -1n;
}

export function each(node: ExpressionOf<'each'>, frame: Frame): Value {
  const sequence = evaluate(node.of, frame);
  if (!isArray(sequence) && !isBytes(sequence))
    return stuck(`${show(sequence)} has no elements`, node.at);
  const elements: readonly Value[] = isBytes(sequence) ? Array.from(sequence, BigInt) : sequence;
  return forms[node.form](turnsOf(node, elements, frame));
}

function* turnsOf(
  node: ExpressionOf<'each'>,
  elements: readonly Value[],
  frame: Frame,
): Generator<readonly [number, Value, Value]> {
  for (const [i, element] of elements.entries()) {
    step(frame.run, node.at);
    const variables = new Map(frame.variables);
    variables.set(node.index, BigInt(i)).set(node.element, element);
    yield [i, element, evaluate(node.body, { ...frame, variables })];
  }
}
