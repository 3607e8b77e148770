/** Makes a counterexample smaller, as long as it stays one. */
import { Diverged } from './choices.ts';
import type { Counterexample } from './counterexample.ts';
import { encode } from './encode.ts';
import type { Engine, Move, Node } from './engine.ts';
import { writeDown } from './explore.ts';
import { engineFor, follow, leniently, moveOf, startOf } from './guided.ts';
import type { Instance, Problem } from './instance.ts';
import { type Call, callOf } from './promised.ts';
import { MachineBroken } from './store.ts';

/** Operations of the lower machine after which a smaller one is no longer looked for. */
const effortLimit = 5_000_000;

interface Candidate {
  readonly start: Node;
  readonly moves: readonly Move[];
}

/** The calls of an instance, the smallest first. */
type Smaller = ReadonlyMap<string, readonly Call[]>;

/**
 * Fewer steps, then fewer losses of power, then earlier ones, then a smaller store, smaller
 * arguments and earlier choices. The result is again a problem of the same kind.
 */
export async function shrink(instance: Instance, run: Counterexample): Promise<Counterexample> {
  const strict = engineFor(instance, run);
  const kind = await kindOf(strict, run);
  // A broken promise counts, whatever the code says of itself on the way.
  const engine = kind === 'statement' ? strict : leniently(engineFor(instance, run));
  const start = startOf(engine, run);
  let best = await confirm(engine, { start, moves: run.steps.map(moveOf) }, kind);
  if (!best) return run;
  const smaller = smallerCalls(instance);
  const starts = engine.starts();
  for (let next: Candidate | undefined = best; next && engine.counts.effects < effortLimit; ) {
    best = next;
    next = await firstSmaller(engine, best, candidates(best, starts, smaller), kind, smaller);
  }
  return { ...writeDown(engine, best.start, best.moves), layer: run.layer, source: run.source };
}

async function kindOf(engine: Engine, run: Counterexample): Promise<Problem['kind']> {
  const { problem } = await follow(engine, startOf(engine, run), run.steps.map(moveOf));
  // What only shows with the checks left out breaks the promise.
  if (problem?.kind !== 'statement') return problem?.kind ?? 'violation';
  const unchecked = leniently(engineFor(engine.instance, run));
  const again = await follow(unchecked, startOf(unchecked, run), run.steps.map(moveOf));
  return again.problem ? again.problem.kind : 'statement';
}

/** The candidate as it really goes, if it ends in a problem of that kind. */
async function confirm(
  engine: Engine,
  { start, moves }: Candidate,
  kind: Problem['kind'],
): Promise<Candidate | undefined> {
  try {
    const { path, problem } = await follow(engine, start, moves);
    return problem?.kind === kind ? { start, moves: path } : undefined;
  } catch (error) {
    if (error instanceof Diverged || error instanceof MachineBroken) return undefined;
    throw error;
  }
}

async function firstSmaller(
  engine: Engine,
  than: Candidate,
  tries: Iterable<Candidate>,
  kind: Problem['kind'],
  smaller: Smaller,
): Promise<Candidate | undefined> {
  const limit = sizeOf(engine, than, smaller);
  for (const candidate of tries) {
    if (engine.counts.effects > effortLimit) return undefined;
    const real = await confirm(engine, candidate, kind);
    if (real && isLess(sizeOf(engine, real, smaller), limit)) return real;
  }
  return undefined;
}

/** What makes a counterexample hard to read, the worst first. */
function sizeOf(engine: Engine, { start, moves }: Candidate, smaller: Smaller): number[] {
  const picks = moves.flatMap((move) => move.picks);
  return [
    moves.length,
    moves.filter((move) => move.power !== null).length,
    sum(moves.map((move) => move.power ?? 0)),
    JSON.stringify(encode(engine.lowers.value(start.lower))).length,
    sum(moves.map(({ call }) => rank(call, smaller))),
    picks.filter((pick) => pick > 0).length,
    sum(picks),
    picks.length,
  ];
}

function isLess(a: readonly number[], b: readonly number[]): boolean {
  const at = a.findIndex((each, i) => each !== b[i]);
  return at >= 0 && a[at]! < b[at]!;
}

const sum = (numbers: readonly number[]) => numbers.reduce((total, each) => total + each, 0);

function smallerCalls({ operations }: Instance): Smaller {
  return new Map(
    operations.map(({ name, arguments: all }) => {
      const calls = all.map((given) => callOf(name, given));
      return [name, calls.sort((a, b) => weight(a) - weight(b))];
    }),
  );
}

/** Small numbers and zeros are easier to read than negative ones and contents. */
function weight(call: Call): number {
  return JSON.stringify(call.arguments.map(encode)).length;
}

function rank(call: Call, smaller: Smaller): number {
  const all = smaller.get(call.name) ?? [];
  const at = all.findIndex((each) => each.key === call.key);
  return at < 0 ? all.length : at;
}

function* candidates(
  { start, moves }: Candidate,
  starts: readonly Node[],
  smaller: Smaller,
): Generator<Candidate> {
  for (let length = moves.length - 1; length > 0; length--)
    for (let at = 0; at + length <= moves.length; at++)
      yield { start, moves: moves.toSpliced(at, length) };
  for (const [at, move] of moves.entries())
    for (const change of simpler(move, smaller))
      if (change.power === null && move.power !== null)
        yield { start, moves: moves.toSpliced(at, 2, change) };
      else yield { start, moves: moves.with(at, change) };
  for (const other of starts) yield { start: other, moves };
}

/** Simpler forms of one step: no loss of power, an earlier one, other arguments or choices. */
function* simpler(move: Move, smaller: Smaller): Generator<Move> {
  const { power, picks, call } = move;
  if (power !== null) {
    yield { call, picks: [], power: null };
    for (let earlier = 0; earlier < power; earlier++) {
      yield { call, picks, power: earlier };
      yield { call, picks: [], power: earlier };
    }
  }
  for (const other of (smaller.get(call.name) ?? []).slice(0, rank(call, smaller)))
    yield { ...move, call: other };
  yield { ...move, picks: [] };
  for (const [at, pick] of picks.entries()) {
    if (pick === 0) continue;
    for (let lower = 0; lower < pick; lower++) yield { ...move, picks: picks.with(at, lower) };
    yield { ...move, picks: picks.toSpliced(at, 1) };
  }
}
