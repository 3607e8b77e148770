/** A trace of a program run as JavaScript. */

import { ObjectValue, show } from '../../src/symbolic/interpreter/value.ts';
import type { Class } from '../../src/symbolic/ir.ts';
import { fromJavaScript, Misfit, someBlocks, toJavaScript } from './convert.ts';
import { type Entry, functionOf, type Input, typedFields } from './input.ts';
import { type Ended, type Exports, handleOf, type Instance, invoke } from './javascript.ts';
import { Random } from './random.ts';
import { Store } from './store.ts';
import { effectText, type Trace } from './trace.ts';

export async function runJavaScript(
  exports: Exports,
  entry: Entry,
  input: Input,
  crashBefore?: number,
): Promise<Trace> {
  const machine = Object.assign(new Store([]), fieldsOf(input.lower, entry.lower));
  const stateText = () =>
    textOf(machine as unknown as Readonly<Record<string, unknown>>, entry.lower);
  const effects: string[] = [];
  const random = new Random(input.picks);
  const handle = handleOf(machine, {
    async: functionOf(entry).async,
    chooser: {
      pick: (options) => random.below(options),
      blocks: someBlocks.map((block) => toJavaScript(block, { kind: 'block' })) as never,
      length: 2,
    },
    crashBefore,
    onEffect: (name, given) => effects.push(effectOf(entry, name, given, stateText())),
  });
  const instance = new exports[entry.code.name]!(handle);
  (instance.seed as (fields: object) => void)(fieldsOf(input.self, entry.code));
  const types = functionOf(entry).parameters;
  const given = input.given.map((value, i) => toJavaScript(value, types[i]!.type));
  const ended = await invoke(instance, entry.method, given);
  return {
    outcome: endedText(ended, entry),
    line: ended.kind === 'outside' ? ended.line : undefined,
    effects,
    lower: stateText(),
    fields: textOf((instance as Instance).fields(), entry.code),
  };
}

export function fieldsOf(object: ObjectValue, of: Class): Record<string, unknown> {
  return Object.fromEntries(
    typedFields(of).map(({ name, type }) => [name, toJavaScript(object.fields.get(name), type)]),
  );
}

function textOf(fields: Readonly<Record<string, unknown>>, of: Class): string {
  const typed = typedFields(of);
  return orMisfit(() =>
    show(
      new ObjectValue(
        of.key,
        typed.map(({ name, type }) => [name, fromJavaScript(fields[name], type)]),
      ),
    ),
  );
}

function effectOf(entry: Entry, name: string, given: readonly unknown[], before: string): string {
  const key = entry.lower.methods.find((m) => m.name === name)?.function;
  const types = entry.program.functions.get(key ?? '')?.parameters ?? [];
  return orMisfit(() =>
    effectText(
      name,
      given.map((value, i) => fromJavaScript(value, types[i]!.type)),
      before,
    ),
  );
}

function endedText(ended: Ended, entry: Entry): string {
  switch (ended.kind) {
    case 'returned':
      return orMisfit(
        () => `returned ${show(fromJavaScript(ended.value, functionOf(entry).returns))}`,
      );
    case 'threw':
      return `threw ${ended.error}`;
    case 'outside':
      return `outside: ${ended.obligation}`;
    case 'crashed':
      return 'crashed';
    case 'failed':
      return `failed: ${String(ended.error)}`;
  }
}

function orMisfit(text: () => string): string {
  try {
    return text();
  } catch (error) {
    if (error instanceof Misfit) return `misfit: ${error.message}`;
    throw error;
  }
}
