/** Which branches of the fault model, and which assumptions, some run takes. */
import type { State } from '../../symbolic/execute/index.ts';
import type { Position, Statement } from '../../symbolic/ir.ts';
import type { Check } from '../sanity/sanity.ts';
import { type Model, silent } from './model.ts';
import { nobody } from './obligation.ts';
import { operation } from './operation.ts';
import { related } from './relations.ts';

/** Each branch of the faults and crashes below, and each assumption, must be taken by some run. */
export function branches(model: Model): readonly Check[] {
  // Every operation is run once for each size, not once for each check.
  const found = new Map<number | undefined, ReadonlyMap<string, Reached>>();
  const reached = (m: Model) => {
    const known = found.get(m.bound) ?? reachedIn(m);
    found.set(m.bound, known);
    return known;
  };
  const sides = ['fault', 'crash'].flatMap((name) => hookSides(model, name));
  const assumed = [...reached(model).values()].filter((r) => r.assumed).map((r) => r.at);
  const check = (at: Position, what: string, blame: Check['blame']): Check => ({
    at,
    blame,
    because: `${what} never happens`,
    witnesses: (m) =>
      reached(m)
        .get(keyOf(at))
        ?.states.map((s) => s.given()) ?? [],
  });
  return [
    ...sides.map((at) => check(at, 'this part of the fault model', 'machine')),
    ...assumed.map((at) => check(at, 'what is assumed here', 'assumption')),
  ];
}

function hookSides(model: Model, name: string): readonly Position[] {
  const hook = model.lower.methods.find((m) => m.name === name);
  return hook ? sidesOf(model.method(model.lower, name).body) : [];
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
  // What a crash does to what is not yet flushed, it may do only within an operation.
  const late = hookSides(model, 'crash').length > 0;
  const crashPoint = (state: State) => {
    if (late) model.powerLoss(state.fork(), told);
  };
  for (const name of model.operations)
    for (const { state } of operation(model, name, nobody(), { ...told, crashPoint }))
      crashPoint(state);
  return seen;
}
