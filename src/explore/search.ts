/**
 * Exhaustive search of a graph of states, breadth first.
 *
 * Counts are exact. `distinct` is the number of different states. `generated` counts every initial
 * state and every edge to a state, also to one already known: the convention of TLC.
 */
import { Records } from './packed/records.ts';

export interface Edge<State, Label, Problem> {
  readonly label: Label;
  /** Where it leads; absent if it ends here. */
  readonly to?: State;
  /** What is wrong about it: ends the search. */
  readonly problem?: Problem | undefined;
  /** How much of the budget it takes; 1 if absent. */
  readonly cost?: 0 | 1;
}

export type Key = string | number | readonly number[];

export interface System<State, Label, Problem> {
  readonly initial: Iterable<State>;
  /** `left` is what remains of the budget in this state. */
  successors(
    state: State,
    left: number,
  ): Iterable<Edge<State, Label, Problem>> | Promise<Iterable<Edge<State, Label, Problem>>>;
  /** The same for equal states, different for others; if numbers, then always as many. */
  key(state: State): Key;
  /** What is wrong with a state, asked once for each. */
  check?(state: State): Problem | undefined;
}

export interface Bounds {
  /** The sum of the costs on a way; no limit if absent. */
  readonly budget?: number | undefined;
  readonly states?: number | undefined;
  /** A point in time of `Date.now()`. */
  readonly deadline?: number | undefined;
  readonly onProgress?: ((distinct: number, waiting: number) => void) | undefined;
}

export interface Found<State, Label, Problem> {
  readonly problem: Problem;
  readonly start: State;
  readonly path: readonly Label[];
  /** The state that is wrong; absent if it is an edge. */
  readonly state?: State;
}

export interface Searched<State, Label, Problem> {
  readonly distinct: number;
  readonly generated: number;
  readonly found?: Found<State, Label, Problem>;
  /** Which bound ended the search before its end. The budget does not count: it is the question. */
  readonly stopped?: 'states' | 'time';
}

interface Entry<State, Label> {
  readonly state: State;
  readonly number: number;
  readonly spent: number;
  readonly parent: Entry<State, Label> | undefined;
  readonly label: Label | undefined;
}

/** How many milliseconds pass until others get their turn. */
const breath = 100;

/** Everything that can be reached, or the first problem in order of cost and then of discovery. */
export async function search<State, Label, Problem>(
  system: System<State, Label, Problem>,
  bounds: Bounds = {},
): Promise<Searched<State, Label, Problem>> {
  /** The least that each state was reached with. */
  const known: number[] = [];
  const numbers = new Numbers();
  const budget = bounds.budget ?? Number.POSITIVE_INFINITY;
  let level: Entry<State, Label>[] = [];
  let later: Entry<State, Label>[] = [];
  let generated = 0;

  const visit = (
    state: State,
    spent: number,
    parent: Entry<State, Label> | undefined,
    label: Label | undefined,
  ): Found<State, Label, Problem> | undefined => {
    generated++;
    const number = numbers.of(system.key(state));
    const before = known[number];
    if (before !== undefined && before <= spent) return undefined;
    known[number] = spent;
    const entry = { state, number, spent, parent, label };
    const problem = before === undefined ? system.check?.(state) : undefined;
    if (problem !== undefined) return { problem, ...trail(entry), state };
    (level.length > 0 && spent > level[0]!.spent ? later : level).push(entry);
    return undefined;
  };
  const done = (rest: Omit<Searched<State, Label, Problem>, 'distinct' | 'generated'>) => ({
    distinct: known.length,
    generated,
    ...rest,
  });

  for (const state of system.initial) {
    const found = visit(state, 0, undefined, undefined);
    if (found) return done({ found });
  }
  let breathed = Date.now();
  for (; level.length > 0; [level, later] = [later, []]) {
    for (let at = 0; at < level.length; at++) {
      const entry = level[at]!;
      if (known[entry.number]! < entry.spent) continue;
      const now = Date.now();
      if (now > breathed + breath) {
        breathed = now;
        bounds.onProgress?.(known.length, level.length - at + later.length);
        await new Promise((resolve) => setImmediate(resolve));
      }
      if (bounds.deadline !== undefined && now > bounds.deadline) return done({ stopped: 'time' });
      if (known.length > (bounds.states ?? Number.POSITIVE_INFINITY))
        return done({ stopped: 'states' });
      const answer = system.successors(entry.state, budget - entry.spent);
      const edges = answer instanceof Promise ? await answer : answer;
      for (const edge of edges) {
        if (edge.problem !== undefined) {
          const { start, path } = trail(entry);
          return done({ found: { problem: edge.problem, start, path: [...path, edge.label] } });
        }
        if (edge.to === undefined) continue;
        const spent = entry.spent + (edge.cost ?? 1);
        if (spent > budget) continue;
        const found = visit(edge.to, spent, entry, edge.label);
        if (found) return done({ found });
      }
    }
  }
  return done({});
}

/** States numbered by their keys as they come. Keys of numbers are kept as packed records. */
class Numbers {
  private readonly texts = new Map<string | number, number>();
  private records: Records | undefined;

  of(key: Key): number {
    if (typeof key === 'object') {
      this.records ??= new Records(key.length);
      return this.records.add(key);
    }
    const known = this.texts.get(key);
    if (known !== undefined) return known;
    this.texts.set(key, this.texts.size);
    return this.texts.size - 1;
  }
}

function trail<State, Label>(entry: Entry<State, Label>): { start: State; path: Label[] } {
  const path: Label[] = [];
  let at = entry;
  while (at.parent) {
    path.push(at.label as Label);
    at = at.parent;
  }
  return { start: at.state, path: path.reverse() };
}
