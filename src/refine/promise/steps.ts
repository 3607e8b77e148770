/**
 * The steps of a promise, and the claim that one of them explains what the code did.
 *
 * Here choices are ours (angelic). Each path of the promise says: under these conditions, for some
 * answers to these choices, this is the state after and this the outcome.
 */
import {
  and,
  freeConstants,
  implies,
  no,
  or,
  substitute,
  type Term,
  yes,
} from '../../logic/index.ts';
import {
  type Choice,
  enter,
  type Hooks,
  isObject,
  methodOf,
  type ObjectValue,
  State,
  Undecidable,
} from '../../symbolic/execute/index.ts';
import type { Class, ClassKey, Type } from '../../symbolic/ir.ts';
import { type Model, silent } from '../obligations/model.ts';
import { speaksOfMade } from './dependent.ts';
import { type Bindings, match } from './same.ts';
import { type Side, someAnswer } from './witness.ts';

/** One path of a promise. */
export interface Step {
  readonly conditions: readonly Term[];
  readonly choices: readonly Choice[];
  readonly after: ObjectValue;
  readonly value?: Term;
  readonly error?: ClassKey;
  /** What is known of what the choices have made. */
  readonly facts?: readonly Term[];
}

export interface Steps {
  readonly steps: readonly Step[];
  /** True of any run. */
  readonly facts: readonly Term[];
  /** What the caller owes. */
  readonly required: readonly Term[];
  /** Whether there were loops: then `facts` rest on what these say of themselves. */
  readonly loops?: boolean;
}

/** A method of a machine and its arguments. */
export interface Call {
  readonly name: string;
  readonly given: readonly Term[];
}

/** Runs methods of a machine one after the other, its choices ours; the outcome is the last's. */
export function stepsOf(
  model: Model,
  of: Class,
  from: ObjectValue,
  calls: readonly Call[],
  told: Hooks,
  given: readonly Term[] = [],
): Steps {
  const required: Term[] = [];
  const listening: Hooks = {
    ...told,
    oblige(kind, at, state, goal, text) {
      if (kind !== 'requires') return told.oblige(kind, at, state, goal, text);
      if (state.loops > 0 || calls.some((c) => c.name === 'crash'))
        throw new Undecidable(
          'subset',
          at,
          'a precondition of a hook, or after a loop',
          'assert it',
        );
      if (state.choices.length > 0)
        throw new Undecidable('subset', at, 'a precondition after a choice', 'put it first');
      required.push(implies(and(...state.conditions), goal));
    },
  };
  const start = new State();
  start.objects.set('machine', from);
  start.facts = given;
  let paths: { state: State; value?: Term; error?: ClassKey }[] = [{ state: start }];
  for (const { name, given: values } of calls) {
    const method = methodOf(model.program, of.key, name);
    if (!method) continue;
    const hook = of === model.promise && (name === 'fault' || name === 'crash');
    paths = paths.flatMap(({ state }) => {
      const scope = model.scope(model.run(listening, true), state);
      const ends = enter(method, values, 'machine', scope);
      // Its obligations would have to be shown wherever a crash is, not only here.
      if (hook && ends.some((end) => end.state.loops > 0))
        throw new Undecidable('subset', method.at, `${name}() has a loop`, 'say it without a loop');
      // Nobody called it, so nobody would catch the error.
      if (hook && ends.some((end) => end.kind === 'throw'))
        throw new Undecidable(
          'subset',
          method.at,
          `${name}() may throw`,
          'a hook only changes state',
        );
      return ends.map((end) =>
        end.kind === 'throw'
          ? { state: end.state, error: end.error }
          : { state: end.state, ...(end.value && 'operator' in end.value && { value: end.value }) },
      );
    });
  }
  const steps = paths
    .filter(({ state }) => !state.conditions.includes(no))
    .map(({ state, ...outcome }) => ({
      conditions: state.conditions,
      choices: state.choices,
      after: state.objects.get('machine')!,
      facts: state.facts,
      ...outcome,
    }));
  const facts = paths.flatMap(({ state }) => {
    const chosen = new Set(state.choices.flatMap((c) => c.constants));
    return state.facts.filter((f) => !mentions(f, chosen));
  });
  const loops = paths.some(({ state }) => state.loops > 0);
  return { steps, facts: [...new Set(facts)], required, loops };
}

function mentions(term: Term, constants: ReadonlySet<Term>): boolean {
  if (constants.size === 0) return false;
  for (const free of freeConstants(term)) if (constants.has(free)) return true;
  return false;
}

/** What is claimed of a step: pairs that must be equal, and what must hold besides. */
export interface Claim {
  readonly pairs: readonly { readonly type: Type; readonly chosen: Term; readonly found: Term }[];
  readonly holds: Term;
}

/** Some step of the promise explains what was found. */
export function someStep(
  model: Model,
  side: Side,
  steps: readonly Step[],
  claim: (step: Step) => Claim | undefined,
  state?: State,
): Term {
  const groups = new Map<Term, Term[]>();
  for (const step of steps) {
    const claimed = claim(step);
    const chosen = new Set(step.choices.flatMap((c) => c.constants));
    // Paths part on conditions free of choices, and only then they exclude one another.
    const first = step.conditions.findIndex((c) => mentions(c, chosen));
    const free = first < 0 ? step.conditions : step.conditions.slice(0, first);
    const bound = step.conditions.slice(free.length);
    const when = and(...free);
    const known = [...(step.facts ?? []), ...(state?.facts ?? [])];
    const holds = claimed ? eliminate(model, side, step.choices, bound, claimed, known) : no;
    groups.set(when, [...(groups.get(when) ?? []), holds]);
  }
  const cases = [...groups].map(([when, options]) => implies(when, or(...options)));
  return and(or(...groups.keys()), ...cases);
}

/** For some answers to the choices, all of this. */
function eliminate(
  model: Model,
  side: Side,
  choices: readonly Choice[],
  conditions: readonly Term[],
  claimed: Claim,
  known: readonly Term[],
): Term {
  const open = new Set(choices.flatMap((c) => c.constants));
  const bindings: Bindings = new Map();
  const matched = claimed.pairs.map((p) => match(model, p.type, p.chosen, p.found, open, bindings));
  const body = and(...conditions, ...matched, claimed.holds);
  // Shown of one answer it would be shown of none; given of one it says nothing of others.
  if (speaksOfMade(body, choices, known)) return side === 'shown' ? no : yes;
  const left = choices.filter((c) => !c.constants.every((constant) => bindings.has(constant)));
  return someAnswer(side, left, substitute(body, bindings));
}

/** Every state that a class calls initial: its choices are ours. */
export function initialSteps(model: Model, of: Class): readonly Step[] {
  const start = new State();
  const method = model.method(of, 'initial');
  const scope = model.scope(model.run(silent, true), start);
  return enter(method, [], undefined, scope).flatMap((end) => {
    if (end.kind !== 'return' || !end.value || !isObject(end.value)) return [];
    const { conditions, choices, facts } = end.state;
    return [{ conditions, choices, facts, after: end.value }];
  });
}
