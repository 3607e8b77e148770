/** A trace of a program run by the interpreter, on a machine that it runs as well. */
import { answer } from '../../src/symbolic/interpreter/choices.ts';
import type { Rules } from '../../src/symbolic/interpreter/frame.ts';
import { interpret } from '../../src/symbolic/interpreter/interpret.ts';
import { Machine } from '../../src/symbolic/interpreter/machine.ts';
import { ObjectValue, show } from '../../src/symbolic/interpreter/value.ts';
import { someBlocks } from './convert.ts';
import { type Entry, functionOf, type Input } from './input.ts';
import { Random } from './random.ts';
import { effectText, outcomeText, type Trace } from './trace.ts';

export function runInterpreter(
  entry: Entry,
  input: Input,
  use: { readonly crashBefore?: number; readonly rules?: Rules } = {},
): Trace {
  const random = new Random(input.picks);
  const picks = { pick: (options: number) => random.below(options), blocks: someBlocks, length: 2 };
  const rules = use.rules ? { rules: use.rules } : {};
  const machine = new Machine(entry.program, input.lower, {
    choose: (request) => answer(request, picks),
    ...rules,
  });
  const effects: string[] = [];
  const { outcome, self } = interpret(entry.program, functionOf(entry).key, {
    self: input.self,
    arguments: input.given,
    lower: machine,
    onEffect: (name, given) => effects.push(effectText(name, given, show(machine.state()))),
    ...(use.crashBefore === undefined ? {} : { crashBefore: use.crashBefore }),
    ...rules,
  });
  const file = functionOf(entry).at.file;
  const outside = outcome.kind === 'violated' || outcome.kind === 'assumed';
  return {
    outcome: outcomeText(outcome),
    line: outside && outcome.at.file === file ? outcome.at.line : undefined,
    effects,
    lower: show(machine.state()),
    fields: show(self ?? new ObjectValue('')),
  };
}
