/** Ghosts of a class, run in every way: what its abstraction says of some state of the machine. */
import {
  functionOf as executed,
  inPlace,
  State,
  termOf,
} from '../../src/symbolic/execute/index.ts';
import type { Rules } from '../../src/symbolic/interpreter/frame.ts';
import { interpret } from '../../src/symbolic/interpreter/interpret.ts';
import { ObjectValue, show } from '../../src/symbolic/interpreter/value.ts';
import type { FunctionKey, Program } from '../../src/symbolic/ir.ts';
import type { Case } from './compare.ts';
import { Model } from './model.ts';
import { hooksFor, toFields } from './run-executor.ts';
import { fieldsOf } from './run-javascript.ts';

type Abstraction = (promised: object, lower: object, code: object) => boolean;

export function abstractionOf({ program, code }: Case['program']['entry']): FunctionKey {
  return program.layers.find((layer) => layer.code === code.key)!.abstraction;
}

export function ghostInJavaScript({ program, input }: Case): string {
  const { entry, plain } = program;
  const name = entry.code.name.replace('Code', 'layer');
  const { abstraction } = plain[name] as unknown as { abstraction: Abstraction };
  return `returned ${abstraction({}, fieldsOf(input.lower, entry.lower), {})}`;
}

export function ghostInInterpreter({ program, input }: Case, rules?: Rules): string {
  const { entry } = program;
  const { outcome } = interpret(entry.program, abstractionOf(entry), {
    arguments: [new ObjectValue(''), input.lower, input.self],
    ...(rules ? { rules } : {}),
  });
  return outcome.kind === 'returned' ? `returned ${show(outcome.value)}` : outcome.kind;
}

export function ghostInExecutor({ program, input }: Case): string {
  const { entry } = program;
  const called = executed(entry.program as Program, abstractionOf(entry));
  const nothing = { kind: 'object', class: '', fields: new Map() } as const;
  const state = new State();
  const value = inPlace(called, [nothing, toFields(input.lower, entry.lower), nothing], {
    run: { program: entry.program, hooks: hooksFor([]), bound: 8, angelic: false },
    state,
    self: undefined,
    guard: [],
    ghost: true,
    quantified: 0,
    calls: [],
  });
  return `returned ${new Model(state.facts, state.picks).isTrue(termOf(value))}`;
}

/** Where the three differ. */
export function ghostDifference(made: Case): string | undefined {
  const right = ghostInJavaScript(made);
  const [interpreted, symbolic] = [ghostInInterpreter(made), ghostInExecutor(made)];
  if (interpreted !== right) return `ghost, the interpreter: ${right} <> ${interpreted}`;
  return symbolic === right ? undefined : `ghost, the executor: ${right} <> ${symbolic}`;
}
