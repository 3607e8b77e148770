/**
 * Search of a graph in which turns that are independent are taken in one order only.
 *
 * Sleep sets (Godefroid, LNCS 1032): a turn that was taken from a node, and is independent of the
 * turn taken after it there, sleeps behind that turn: what it leads to is reached the other way.
 * They leave out edges and never a node, so every node is there for power to be lost in.
 *
 * A node that is reached again keeps the turns that sleep on every way to it; those that no longer
 * do are taken now, and behind them only these sleep. Why nothing is missed, in any order of
 * search: docs/internals/schedules.md.
 */
export interface Turnable<Label, State, Problem> {
  /** Two turns from one state have different names. */
  readonly name: string;
  take(): Promise<Taken<Label, State, Problem> | undefined>;
}

export interface Taken<Label, State, Problem> {
  readonly label: Label;
  readonly to?: State;
  readonly problem?: Problem | undefined;
  readonly cost?: 0 | 1;
}

export interface Sleepy<State, Label, Problem, Turn extends Turnable<Label, State, Problem>> {
  readonly initial: Iterable<State>;
  key(state: State): string;
  /** What may happen; `left` is what remains of the budget. */
  turns(state: State, left: number): Promise<readonly Turn[]>;
  /** Edges that depend on every turn: taken once from each node. */
  always(state: State, left: number): Promise<readonly Taken<Label, State, Problem>[]>;
  /** Whether the two, both possible here, lead to the same state in either order. */
  independent(state: State, one: Turn, other: Turn, left: number): boolean;
  /** What a turn is called in a state after a turn that is independent of it. */
  nameAt(state: State, turn: Turn): string;
}

export interface SleepBounds {
  readonly budget?: number | undefined;
  readonly states?: number | undefined;
  /** A point in time of `Date.now()`. */
  readonly deadline?: number | undefined;
  /** Without it every turn is taken from every node. */
  readonly reduced: boolean;
  readonly onProgress?: ((distinct: number, waiting: number) => void) | undefined;
}

interface Entry<State, Label, Turn> {
  readonly state: State;
  readonly left: number;
  readonly parent: Entry<State, Label, Turn> | undefined;
  readonly label: Label | undefined;
  /** What sleeps on every way here. */
  sleep: ReadonlySet<string>;
  /** Whether turns from here were taken. */
  begun?: boolean;
  turns?: readonly Turn[];
}

export interface Slept<State, Label, Problem> {
  readonly distinct: number;
  /** Edges taken. */
  readonly taken: number;
  readonly found?: {
    readonly problem: Problem;
    readonly start: State;
    readonly path: readonly Label[];
  };
  readonly stopped?: 'states' | 'time';
}

const breath = 100;
const none: ReadonlySet<string> = new Set();

/** Everything that can be reached, breadth first, or the first problem. */
export async function sleepSearch<
  State,
  Label,
  Problem,
  Turn extends Turnable<Label, State, Problem>,
>(
  system: Sleepy<State, Label, Problem, Turn>,
  bounds: SleepBounds,
): Promise<Slept<State, Label, Problem>> {
  const known = new Map<string, Entry<State, Label, Turn>>();
  const { budget = Number.POSITIVE_INFINITY } = bounds;
  /** `only` are the turns to take now; absent: all that do not sleep, and the edges of no turn. */
  type Work = { readonly entry: Entry<State, Label, Turn>; readonly only?: ReadonlySet<string> };
  const work: Work[] = [];
  let taken = 0;

  const visit = (
    state: State,
    left: number,
    sleep: ReadonlySet<string>,
    parent?: Entry<State, Label, Turn>,
    label?: Label,
  ) => {
    const key = Number.isFinite(left) ? `${left} ${system.key(state)}` : system.key(state);
    const entry = known.get(key);
    if (!entry) {
      const fresh = { state, left, parent, label, sleep };
      known.set(key, fresh);
      work.push({ entry: fresh });
      return;
    }
    const woken = minus(entry.sleep, sleep);
    if (woken.size === 0) return;
    entry.sleep = minus(entry.sleep, woken);
    if (entry.begun) work.push({ entry, only: woken });
  };

  for (const state of system.initial) visit(state, budget, none);
  let breathed = Date.now();
  for (let at = 0; at < work.length; at++) {
    const { entry, only } = work[at]!;
    const now = Date.now();
    if (now > breathed + breath) {
      breathed = now;
      bounds.onProgress?.(known.size, work.length - at);
      await new Promise((resolve) => setImmediate(resolve));
    }
    const distinct = known.size;
    if (bounds.deadline !== undefined && now > bounds.deadline)
      return { distinct, taken, stopped: 'time' };
    if (distinct > (bounds.states ?? Number.POSITIVE_INFINITY))
      return { distinct, taken, stopped: 'states' };
    const { state, left } = entry;
    const follow = (edge: Taken<Label, State, Problem>, sleep: ReadonlySet<string>) => {
      taken++;
      if (edge.problem !== undefined) {
        const { start, path } = trail(entry);
        return { problem: edge.problem, start, path: [...path, edge.label] };
      }
      if (edge.to !== undefined) visit(edge.to, left - (edge.cost ?? 0), sleep, entry, edge.label);
      return undefined;
    };
    if (!only)
      for (const edge of await system.always(state, left)) {
        const found = follow(edge, none);
        if (found) return { distinct: known.size, taken, found };
      }
    entry.begun = true;
    entry.turns ??= await system.turns(state, left);
    // Turns from here may lead back here, and wake others.
    const { sleep } = entry;
    const asleep = entry.turns.filter(({ name }) => sleep.has(name));
    for (const turn of entry.turns) {
      if (only ? !only.has(turn.name) : sleep.has(turn.name)) continue;
      const edge = await turn.take();
      if (!edge) continue;
      const behind = asleep.filter(
        (one) => bounds.reduced && edge.to && system.independent(state, one, turn, left),
      );
      const names = new Set(behind.map((one) => system.nameAt(edge.to!, one)));
      const found = follow(edge, names);
      if (found) return { distinct: known.size, taken, found };
      asleep.push(turn);
    }
  }
  return { distinct: known.size, taken };
}

function minus(from: ReadonlySet<string>, what: ReadonlySet<string>): ReadonlySet<string> {
  return new Set([...from].filter((one) => !what.has(one)));
}

function trail<State, Label, Turn>(
  entry: Entry<State, Label, Turn>,
): { start: State; path: Label[] } {
  const path: Label[] = [];
  let at = entry;
  while (at.parent) {
    path.push(at.label as Label);
    at = at.parent;
  }
  return { start: at.state, path: path.reverse() };
}
