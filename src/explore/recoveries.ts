/** What recovery makes of a machine, however often power is lost in it again. */
import type { Engine, Move } from './engine.ts';
import type { Problem } from './instance.ts';
import { stepsFrom } from './steps.ts';

/** Where recovery ends: a machine and the memory of the code, by their numbers, or a problem. */
export interface End {
  readonly lower: number;
  readonly memory: number;
  readonly problem?: Problem;
}

/** What comes of running recovery once: ends, and machines that lost power; how, each. */
interface Once {
  readonly ends: ReadonlyMap<End, Move>;
  readonly outages: ReadonlyMap<number, Move>;
}

/** It does not depend on the promise: to that, all of it is one crash. So it is run once. */
export class Recoveries {
  private readonly engine: Engine;
  private readonly known = new Map<number, Once>();
  private readonly reached = new Map<number, readonly End[]>();
  private readonly ends = new Map<string, End>();

  constructor(engine: Engine) {
    this.engine = engine;
  }

  /** Every end of recovery, the nearest first. */
  async endsOf(lower: number): Promise<readonly End[]> {
    const known = this.reached.get(lower);
    if (known) return known;
    const found = new Set<End>();
    const seen = new Set([lower]);
    for (const at of seen) {
      const { ends, outages } = await this.once(at);
      for (const end of ends.keys()) found.add(end);
      for (const next of outages.keys()) seen.add(next);
    }
    const all = [...found];
    this.reached.set(lower, all);
    return all;
  }

  /** A shortest way to one of the ends. */
  async wayTo(lower: number, wanted: End): Promise<readonly Move[]> {
    const ways = new Map<number, readonly Move[]>([[lower, []]]);
    for (const [at, way] of ways) {
      const { ends, outages } = await this.once(at);
      const last = ends.get(wanted);
      if (last) return [...way, last];
      for (const [next, move] of outages) if (!ways.has(next)) ways.set(next, [...way, move]);
    }
    throw new Error('recovery no longer ends where it ended before');
  }

  private async once(lower: number): Promise<Once> {
    const known = this.known.get(lower);
    if (known) return known;
    const ends = new Map<End, Move>();
    const outages = new Map<number, Move>();
    const node = { phase: 'down', lower, memory: -1, set: -1 } as const;
    for (const { label, to, problem } of await stepsFrom(
      this.engine,
      node,
      this.engine.calls(node),
    )) {
      if (problem) ends.set({ lower, memory: -1, problem }, label);
      else if (to?.phase === 'down') first(outages, to.lower, label);
      else if (to) first(ends, this.end(to.lower, to.memory), label);
    }
    const once = { ends, outages };
    this.known.set(lower, once);
    return once;
  }

  private end(lower: number, memory: number): End {
    const key = `${lower} ${memory}`;
    const known = this.ends.get(key) ?? { lower, memory };
    this.ends.set(key, known);
    return known;
  }
}

function first<K>(of: Map<K, Move>, key: K, move: Move): void {
  if (!of.has(key)) of.set(key, move);
}
