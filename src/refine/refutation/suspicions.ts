/** Small states, and calls in them, that a solver names after something was not proved. */
import { and, or } from '../../logic/index.ts';
import type { Settled } from '../discharge/discharge.ts';
import { Model } from '../obligations/model.ts';
import { isQuiet } from '../obligations/operation.ts';
import { text } from '../promise/compare.ts';
import type { Proving } from '../prove.ts';
import { Allowance } from './allowance.ts';
import { all, modelOf, wanted, wantedObject } from './concrete.ts';
import { idleSuspects, initialSuspects, type Suspect, suspectsOf } from './suspect.ts';

/** A solver's suspicion, as values. */
export interface Candidate {
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

/** How many questions the solvers are given at once, and how many suspicions are in one. */
const together = 4;
const atOnce = 32;

/** Suspicions of one call in the same state. */
type Group = readonly Suspect[];

/** A suspicion that is hard to decide is not worth the wait. */
const effort = { resources: 1_000_000 } as const;

/** What the solver names, each once, in states up to some size, the smallest first. */
export async function* suspicions(
  proving: Proving,
  failed: readonly Settled[],
): AsyncIterable<{ readonly candidate: Candidate; readonly size: number }> {
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
        if (allowance.isSpent || seen.size >= attempts) return;
        if (candidate !== 'none') narrower.push(...halves(some[at]!));
        if (typeof candidate === 'string' || seen.has(text(candidate))) continue;
        seen.add(text(candidate));
        yield { candidate, size };
      }
      waiting.first(narrower);
    }
  }
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
