/**
 * Whether a layer that is in use can be initialised anew: below another layer it must, because
 * power may go while that one is being initialised, and then both begin again.
 */
import { State } from '../../symbolic/execute/index.ts';
import { pieces } from '../discharge/goal.ts';
import type { Proving } from '../prove.ts';
import { initialisation, isInitial } from './initialisation.ts';
import { Listener } from './listener.ts';
import { type Model, silent } from './model.ts';
import type { Collected, Obligation } from './obligation.ts';
import { crashInvariant, lowerOf, unknownArguments } from './relations.ts';

/** Shown of a layer that is proved; its initialisation is safe to begin again until it is over. */
export async function initialisableAnew(
  proving: Pick<Proving, 'pool'>,
  model: Model,
): Promise<boolean> {
  return (await shown(proving, lostInUse(model))) || (await shown(proving, fromAnyState(model)));
}

/** Wherever power may go in use, the machine below is left in a state that is an initial one. */
function lostInUse(model: Model): readonly Obligation[] {
  const into: Collected = { obligations: [], assumptions: new Map() };
  const own = model.operations.filter((name) => model.layer.crash.by.has(name));
  for (const name of [undefined, ...own]) {
    const state = new State();
    const before = model.unknown(model.promise, 'promised', state);
    const after = model.unknown(model.promise, 'promised', state);
    const given =
      name === undefined ? [] : unknownArguments(model, model.method(model.promise, name), state);
    state.objects.set('lower', model.unknown(model.lower, 'found', state));
    const crash = crashInvariant(model, name, given);
    state.assume(crash(before, after, lowerOf(state), state));
    const lost = model.powerLoss(state, silent);
    const listener = new Listener(into, 'initialisation', 'init', () => lost.given()[0]!);
    const goal = isInitial(model, 'shown', model.lower, lowerOf(lost));
    listener.claim('crash', 'init may begin anew', model.layer.at, lost, goal);
  }
  return into.obligations;
}

function fromAnyState(model: Model): readonly Obligation[] {
  const into: Collected = { obligations: [], assumptions: new Map() };
  initialisation(model, 'from any state', into);
  return into.obligations;
}

async function shown(
  { pool }: Pick<Proving, 'pool'>,
  obligations: readonly Obligation[],
): Promise<boolean> {
  const claims = obligations.flatMap(({ given, goal }) => pieces(given, goal));
  for (const { given, goal } of claims) {
    const answer = await pool.solve({ name: 'initialised anew', given, goal }, effort);
    if (answer.kind !== 'unsat') return false;
  }
  return true;
}

/** What is true of machines takes little: nobody waits long for what may not be asked for. */
const effort = { resources: 500_000 } as const;
