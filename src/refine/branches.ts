/** Which branches of the fault model, and which assumptions, some run takes. */
import type { State } from '../symbolic/execute/index.ts';
import type { Position, Statement } from '../symbolic/ir.ts';
import { type Model, silent } from './model.ts';
import { nobody } from './obligation.ts';
import { operation } from './operation.ts';
import { related } from './relations.ts';
import type { Check } from './sanity.ts';

/** Each branch of the faults and crashes below, and each assumption, must be taken by some run. */
export function branches(model: Model): readonly Check[] {
  const sides = ['fault', 'crash'].flatMap((name) => {
    const hook = model.lower.methods.find((m) => m.name === name);
    return hook ? sidesOf(model.method(model.lower, name).body) : [];
  });
  const assumed = [...reachedIn(model).values()].filter((r) => r.assumed).map((r) => r.at);
  const check = (at: Position, what: string): Check => ({
    at,
    because: `${what} never happens`,
    witnesses: (m) =>
      reachedIn(m)
        .get(keyOf(at))
        ?.states.map((s) => s.given()) ?? [],
  });
  return [
    ...sides.map((at) => check(at, 'this part of the fault model')),
    ...assumed.map((at) => check(at, 'what is assumed here')),
  ];
}

/** Where the sides of branches begin. */
function sidesOf(body: readonly Statement[]): readonly Position[] {
  return body.flatMap((s) => {
    if (s.kind === 'loop') return sidesOf(s.body);
    if (s.kind !== 'if') return [];
    return [s.then, s.else].flatMap((side) => [
      ...side.slice(0, 1).map((first) => first.at),
      ...sidesOf(side),
    ]);
  });
}

interface Reached {
  readonly at: Position;
  readonly assumed: boolean;
  readonly states: State[];
}

function keyOf({ file, line, column }: Position): string {
  return `${file}:${line}:${column}`;
}

function reachedIn(model: Model): ReadonlyMap<string, Reached> {
  const seen = new Map<string, Reached>();
  const note = (at: Position, assumed: boolean, state: State) => {
    const entry = seen.get(keyOf(at)) ?? { at, assumed, states: [] };
    entry.states.push(state.fork());
    seen.set(keyOf(at), entry);
  };
  const told = {
    ...silent,
    reached: (at: Position, state: State) => note(at, false, state),
    assumed: (at: Position, _: string, state: State) => note(at, true, state),
  };
  model.powerLoss(related(model).state, told);
  // Some of what a crash does may only be seen while an operation is under way.
  const powerLoss = (state: State) => void model.powerLoss(state.fork(), told);
  for (const name of model.operations) {
    const outcomes = operation(model, name, nobody(), { ...told, crashPoint: powerLoss });
    for (const outcome of outcomes) powerLoss(outcome.state);
  }
  return seen;
}
