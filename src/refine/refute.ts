/**
 * Looks for a counterexample to what was not proved: the solver names a small state and a call, and
 * the real code shows whether a store gets there from its first use, and what goes wrong then.
 */
import {
  type Counterexample,
  encode,
  explore,
  type Instance,
  type Outcome,
  probe,
  type Replayed,
  reach,
  replay,
  shrink,
} from '../explore/index.ts';
import { and, or } from '../logic/index.ts';
import type { Verdict } from '../report/event.ts';
import type { CodecDeclaration } from '../symbolic/ir.ts';
import { accusing } from './accused.ts';
import { all, modelOf, wanted, wantedObject } from './concrete.ts';
import type { Settled } from './discharge.ts';
import type { Bounds } from './layer.ts';
import { Model } from './model.ts';
import { isQuiet } from './operation.ts';
import type { Proving } from './prove.ts';
import { idleSuspects, initialSuspects, type Suspect, suspectsOf } from './suspect.ts';
import type { RealCodec } from './wrong-codec.ts';

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

/** How many suspicions are followed up, and how long all of it may take. */
const attempts = 12;
const patience = 12_000;

/** How many of the solver's numbers are tried as arguments. */
const numbers = 6;

/** How many questions the solvers are given at once, and how many suspicions are in one. */
const together = 4;
const atOnce = 32;

/** Suspicions of one call in the same state. */
type Group = readonly Suspect[];

/** Operations tried after the run that the solver named, for its damage to show. */
const aftermath = 3;

const limits = { milliseconds: 2_000, states: 5_000 } as const;

/** A suspicion that is hard to decide is not worth the wait. */
const effort = { milliseconds: 2_000, resources: 1_000_000 } as const;

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
  const seen = new Set<string>();
  const integers = new Set<number | bigint>();
  const end = Date.now() + patience;
  for (const size of sizes) {
    const model = new Model(proving.program, proving.layer, size);
    let waiting = groups([...suspects(model, failed)]);
    while (waiting.length > 0) {
      const some = waiting.slice(0, together);
      waiting = waiting.slice(together);
      const asked = await Promise.all(some.map((group) => ask(proving, model, group, size)));
      const narrower: Group[] = [];
      for (const [at, candidate] of asked.entries()) {
        if (Date.now() > end || seen.size >= attempts) return everything(refuter, integers);
        if (candidate !== 'none') narrower.push(...halves(some[at]!));
        if (typeof candidate === 'string' || seen.has(text(candidate))) continue;
        seen.add(text(candidate));
        for (const integer of integersOf(candidate)) integers.add(integer);
        const verdict = await follow(refuter, candidate, size);
        if (verdict) return verdict;
      }
      waiting = [...narrower, ...waiting];
    }
  }
  return everything(refuter, integers);
}

/** Suspicions of the same call, in one question: most are unfounded, all of them at once. */
function groups(list: readonly Suspect[]): readonly Group[] {
  const found: Suspect[][] = [];
  for (const suspect of list) {
    const last = found.at(-1);
    const fits = last?.[0]?.lower === suspect.lower && last[0].memory === suspect.memory;
    if (fits && last.length < atOnce) last.push(suspect);
    else found.push([suspect]);
  }
  return found;
}

/** One question too large, or with one answer of several. */
function halves(group: Group): readonly Group[] {
  const middle = Math.ceil(group.length / 2);
  return group.length === 1 ? [] : [group.slice(0, middle), group.slice(middle)];
}

/** Where no suspicion was borne out: everything a small store can do, with the solver's numbers. */
async function everything(
  refuter: Refuter,
  integers: ReadonlySet<number | bigint>,
): Promise<Verdict | undefined> {
  const instance = await refuter.instance({ integers: [...integers].slice(0, numbers) });
  const within = { ...instance, limits: { milliseconds: 6_000, states: 20_000 } };
  return confirmed(refuter, within, await explore(within));
}

function integersOf({ lower, memory, given }: Candidate): readonly (number | bigint)[] {
  return integersIn([lower, memory, given]);
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

/** The integers within a value. */
function integersIn(value: unknown): readonly (number | bigint)[] {
  if (typeof value === 'number' || typeof value === 'bigint') return [value];
  if (typeof value !== 'object' || value === null || value instanceof Uint8Array) return [];
  const inside = value instanceof Map || value instanceof Set ? [...value] : Object.values(value);
  return inside.flatMap(integersIn);
}

/** Takes the real code to the state, makes the call, and looks for damage. */
async function follow(
  refuter: Refuter,
  candidate: Candidate,
  size: number,
): Promise<Verdict | undefined> {
  const integers = integersOf(candidate);
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

function alike(found: unknown, sought: object): boolean {
  return text({ ...(found as object) }) === text(sought);
}

/** Whether every field that the solver gave has that value. */
function covers(found: object | undefined, sought: object): boolean {
  const fields = Object.entries(sought);
  const of = (found ?? {}) as Record<string, unknown>;
  return fields.every(([name, value]) => text(of[name]) === text(value));
}

/** The solver knows which entries a map has, not in which order. */
function withoutOrder(value: unknown): unknown {
  if (!(value instanceof Map) && !(value instanceof Set)) return value;
  return [...value].map((entry) => JSON.stringify(encode(entry))).sort();
}

function text(value: unknown): string {
  if (typeof value !== 'object' || value === null) return JSON.stringify(encode(value));
  const sorted = Object.entries(value)
    .map(([name, part]) => [name, withoutOrder(part)] as const)
    .sort(([a], [b]) => (a < b ? -1 : 1));
  return JSON.stringify(encode(Array.isArray(value) ? value : Object.fromEntries(sorted)));
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
