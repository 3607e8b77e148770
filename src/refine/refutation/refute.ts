/**
 * Looks for a counterexample to what was not proved: the solver names a small state and a call, and
 * the real code shows whether a store gets there from its first use, and what goes wrong then.
 */
import {
  type Counterexample,
  explore,
  type Instance,
  type Limits,
  type Outcome,
  probe,
  type Replayed,
  reach,
  replay,
  shrink,
} from '../../explore/index.ts';
import { and, or } from '../../logic/index.ts';
import type { Verdict } from '../../report/event.ts';
import type { CodecDeclaration } from '../../symbolic/ir.ts';
import type { RealCodec } from '../codecs/wrong-codec.ts';
import type { Settled } from '../discharge/discharge.ts';
import type { Bounds } from '../layer.ts';
import { Model } from '../obligations/model.ts';
import { isQuiet } from '../obligations/operation.ts';
import { alike, covers, integersIn, text } from '../promise/compare.ts';
import type { Proving } from '../prove.ts';
import { accusing } from './accused.ts';
import { Allowance } from './allowance.ts';
import { all, modelOf, wanted, wantedObject } from './concrete.ts';
import { idleSuspects, initialSuspects, type Suspect, suspectsOf } from './suspect.ts';

/** A counterexample as it is shown: as text, and piece by piece. */
export type Shown = Pick<Extract<Verdict, { kind: 'refuted' }>, 'shown' | 'trace'>;

/** The real code of a layer, and how its counterexamples are written down. */
export interface Refuter {
  instance(bounds: Bounds): Promise<Instance> | Instance;
  /** Fills in whose counterexample it is. */
  sign(run: Counterexample): Counterexample;
  /** A run that was replayed, as people see it. */
  show(replayed: Replayed): Shown;
  /** A codec as it runs; undefined if it cannot be loaded. */
  codec?(codec: CodecDeclaration): Promise<RealCodec | undefined>;
}

/** A solver's suspicion, as values. */
interface Candidate {
  readonly call: string;
  readonly given: readonly unknown[];
  readonly lower: object;
  readonly memory: object | undefined;
  readonly values: number;
}

/** How long sequences are in the states that are searched. */
const sizes = [1, 2, 3] as const;

/** How many suspicions are followed up. */
const attempts = 12;

/** How many of the solver's numbers are tried as arguments. */
const numbers = 6;

/** How many questions the solvers are given at once, and how many suspicions are in one. */
const together = 4;
const atOnce = 32;

/** Suspicions of one call in the same state. */
type Group = readonly Suspect[];

/** Operations tried after the run that the solver named, for its damage to show. */
const aftermath = 3;

/** Steps decide, so that a slow machine finds what a fast one does; time guards against hangs. */
const limits = { milliseconds: 60_000, steps: 150_000, states: 5_000 } as const;
const soonLimits = { milliseconds: 60_000, steps: 150_000, states: 10_000 } as const;
const lastLimits = { milliseconds: 120_000, steps: 1_000_000, states: 20_000 } as const;

/** A suspicion that is hard to decide is not worth the wait. */
const effort = { resources: 1_000_000 } as const;

export async function refuted(
  proving: Proving,
  failed: readonly Settled[],
): Promise<Verdict | undefined> {
  const { refuter } = proving;
  if (!refuter) return undefined;
  try {
    const found = await search(proving, refuter, failed);
    if (found?.kind !== 'refuted') return found;
    return accusing(proving.program, proving.layer, found);
  } catch (error) {
    // What cannot be run is not refuted; why it was not proved is said all the same.
    const { message } = error as Error;
    proving.report.event({ event: 'note', text: `no counterexample was looked for: ${message}` });
    return undefined;
  }
}

async function search(
  proving: Proving,
  refuter: Refuter,
  failed: readonly Settled[],
): Promise<Verdict | undefined> {
  const soon = await everything(refuter, [], soonLimits);
  if (soon) return soon;
  const integers = new Set<number | bigint>();
  const followed = await suspicions(proving, refuter, failed, integers);
  return followed ?? everything(refuter, [...integers].slice(0, numbers), lastLimits);
}

/** Follows up what the solver names, the smallest states first, and notes its numbers. */
async function suspicions(
  proving: Proving,
  refuter: Refuter,
  failed: readonly Settled[],
  integers: Set<number | bigint>,
): Promise<Verdict | undefined> {
  const seen = new Set<string>();
  const allowance = new Allowance();
  for (const size of sizes) {
    const model = new Model(proving.program, proving.layer, size);
    const waiting = new Waiting(groups(suspects(model, failed)));
    for (let some = waiting.take(together); some.length > 0; some = waiting.take(together)) {
      const asked = await Promise.all(some.map((group) => ask(proving, model, group, size)));
      const narrower: Group[] = [];
      for (const [at, candidate] of asked.entries()) {
        allowance.pay(some[at]!.length, candidate === 'undecided');
        if (allowance.isSpent || seen.size >= attempts) return undefined;
        if (candidate !== 'none') narrower.push(...halves(some[at]!));
        if (typeof candidate === 'string' || seen.has(text(candidate))) continue;
        seen.add(text(candidate));
        const { lower, memory, given } = candidate;
        for (const integer of integersIn([lower, memory, given])) integers.add(integer);
        const verdict = await follow(refuter, candidate, size);
        if (verdict) return verdict;
      }
      waiting.first(narrower);
    }
  }
  return undefined;
}

/** Groups in the order in which they are asked; most are made only when it is their turn. */
class Waiting {
  private ready: readonly Group[] = [];
  private readonly rest: Iterator<Group>;

  constructor(groups: Iterable<Group>) {
    this.rest = groups[Symbol.iterator]();
  }

  first(groups: readonly Group[]): void {
    this.ready = [...groups, ...this.ready];
  }

  take(count: number): readonly Group[] {
    const taken = this.ready.slice(0, count);
    this.ready = this.ready.slice(count);
    while (taken.length < count) {
      const next = this.rest.next();
      if (next.done) break;
      taken.push(next.value);
    }
    return taken;
  }
}

/** Suspicions of the same call, in one question: most are unfounded, all of them at once. */
function* groups(list: Iterable<Suspect>): Iterable<Group> {
  let group: Suspect[] = [];
  for (const suspect of list) {
    const [first] = group;
    const fits = !first || (first.lower === suspect.lower && first.memory === suspect.memory);
    if (!fits || group.length === atOnce) {
      yield group;
      group = [];
    }
    group.push(suspect);
  }
  if (group.length > 0) yield group;
}

/** One question too large, or with one answer of several. */
function halves(group: Group): readonly Group[] {
  const middle = Math.ceil(group.length / 2);
  return group.length === 1 ? [] : [group.slice(0, middle), group.slice(middle)];
}

/** Everything a small store can do, with these numbers. */
async function everything(
  refuter: Refuter,
  integers: readonly (number | bigint)[],
  limits: Limits,
): Promise<Verdict | undefined> {
  const within = { ...(await refuter.instance({ integers })), limits };
  return confirmed(refuter, within, await explore(within));
}

/** What failed points to the calls that are suspected. */
function* suspects(model: Model, failed: readonly Settled[]): Iterable<Suspect> {
  const abouts = new Set(failed.map((s) => s.obligation.about));
  const everywhere = abouts.has('recover') || abouts.has('idle');
  if (abouts.has('init')) yield* initialSuspects(model);
  // What changes the state does the most damage.
  const order = [false, true].flatMap((quiet) =>
    model.operations.filter((name) => isQuiet(model, name) === quiet),
  );
  for (const name of order) if (everywhere || abouts.has(name)) yield* suspectsOf(model, name);
  if (everywhere) yield* idleSuspects(model);
}

async function ask(
  { pool }: Proving,
  model: Model,
  group: Group,
  size: number,
): Promise<Candidate | 'none' | 'undecided'> {
  const suspect = group[0]!;
  const parameters =
    suspect.call === 'init' || suspect.call === 'idle'
      ? []
      : model.method(model.promise, suspect.call).parameters;
  const parts = all([
    wantedObject(model.lower, suspect.lower, size),
    suspect.memory ? wantedObject(model.code, suspect.memory, size) : all([]),
    all(parameters.map((p, i) => wanted(p.type, suspect.given[i]!, size))),
  ]);
  const wrong = or(...group.map((one) => and(...one.wrong)));
  const query = { name: `suspicion: ${suspect.call}`, given: [wrong] };
  const found = await modelOf(pool, query, parts, effort);
  if (typeof found === 'string') return found === 'unsat' ? 'none' : 'undecided';
  const [lower, memory, given] = found.value as [object, object, unknown[]];
  return {
    call: suspect.call,
    given,
    lower,
    memory: suspect.memory && memory,
    values: Math.max(found.blocks, 2),
  };
}

/** Takes the real code to the state, makes the call, and looks for damage. */
async function follow(
  refuter: Refuter,
  candidate: Candidate,
  size: number,
): Promise<Verdict | undefined> {
  const integers = integersIn([candidate.lower, candidate.memory, candidate.given]);
  const plain = await refuter.instance({ length: size, values: candidate.values, integers });
  const instance: Instance = {
    ...plain,
    limits,
    operations: plain.operations.map((o) =>
      o.name === candidate.call ? { ...o, arguments: [candidate.given, ...o.arguments] } : o,
    ),
  };
  const reached = await reach(
    instance,
    (lower, memory, phase) =>
      phase === (candidate.memory ? 'up' : 'new') &&
      alike(lower, candidate.lower) &&
      (!candidate.memory || covers(memory, candidate.memory)),
    limits,
  );
  if (!reached) return undefined;
  const outcome = await probe(instance, reached.run, aftermath);
  return confirmed(refuter, instance, outcome);
}

/** A false assertion stops the code; a false invariant or contract is a false remark about it. */
function isRemark(because: string): boolean {
  return /\b(?:invariant|measure|contract)\b/.test(because);
}

/** A violation, made small, replayed, and shown. */
export async function confirmed(
  refuter: Refuter,
  instance: Instance,
  outcome: Outcome,
): Promise<Verdict | undefined> {
  if (outcome.kind === 'explored' || outcome.kind === 'vacuous') return undefined;
  if (outcome.kind === 'statement' && isRemark(outcome.because)) return undefined;
  const run = await shrink(instance, outcome.counterexample);
  const replayed = await replay(instance, run);
  if (!replayed.violated) return undefined;
  return {
    kind: 'refuted',
    because: replayed.because,
    counterexample: refuter.sign(run),
    ...refuter.show(replayed),
  };
}
