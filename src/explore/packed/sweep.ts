/** The search of a transition system: states as records, breadth first. */
import { Assumed, StatementFailed } from '../../model/ghost.ts';
import { type Codec, codecOf, OutOfRange } from './codec.ts';
import type { Fields, State } from './fields.ts';
import { longer, Records } from './records.ts';
import type { Step, Swept, TransitionBounds, Transitions } from './transitions.ts';

/** One step with its arguments. */
interface Move<S> {
  readonly name: string;
  readonly given: readonly number[];
  readonly does: Step<S>['does'];
  readonly when: Step<S>['when'];
}

/** The same step with each of its arguments. */
type Group<S> = readonly [Move<S>, ...Move<S>[]];

/** How many states are looked at between two looks at the clock. */
const stride = 4096;
/** So many states are looked at again after every `when`. */
const doubted = 1000;

export async function explorePacked<F extends Fields>(
  system: Transitions<F>,
  bounds: TransitionBounds,
): Promise<Swept<State<F>>> {
  const sweep = new Sweep(system);
  sweep.begin();
  while (!sweep.over) {
    const { size } = sweep.records;
    if (Date.now() > (bounds.deadline ?? Number.POSITIVE_INFINITY)) return sweep.result('time');
    if (size > (bounds.states ?? Number.POSITIVE_INFINITY)) return sweep.result('states');
    sweep.advance(stride);
    bounds.onProgress?.(sweep.records.size, sweep.records.size - sweep.at);
    await new Promise((resolve) => setImmediate(resolve));
  }
  return sweep.result();
}

class Sweep<F extends Fields> {
  readonly records: Records;
  /** The state whose steps are taken next. */
  at = 0;
  private readonly system: Transitions<F>;
  private readonly codec: Codec<F>;
  private readonly groups: readonly Group<State<F>>[];
  /** Whence each state was reached first; -1 for a start. */
  private parents: Int32Array = new Int32Array(1024);
  private generated = 0;
  private depth = 0;
  /** The first state that is one step further away. */
  private border = 0;
  private found: Swept<State<F>>['found'];

  constructor(system: Transitions<F>) {
    this.system = system;
    this.codec = codecOf(system.state);
    this.records = new Records(this.codec.width);
    this.groups = Object.entries(system.steps).flatMap(([name, { given = [], when, does }]) => {
      const [head, ...rest] = combinations(given).map((one) => ({ name, given: one, when, does }));
      return head ? [[head, ...rest] as const] : [];
    });
  }

  get over(): boolean {
    return this.found !== undefined || this.at === this.records.size;
  }

  begin(): void {
    const { codec, records, system } = this;
    codec.encode(records.words, records.next);
    const blank = records.words.slice(0, codec.width);
    for (const set of system.start ?? [() => {}]) {
      codec.decode(blank, 0);
      set(codec.state);
      codec.encode(records.words, records.next);
      this.arrive(-1);
      if (this.found) return;
    }
    this.border = records.size;
  }

  /** Takes every step from so many states. */
  advance(many: number): void {
    const end = Math.min(this.at + many, this.records.size);
    while (this.at < end && !this.found) {
      if (this.at === this.border) {
        this.border = this.records.size;
        this.depth++;
      }
      this.expand(this.at++);
    }
  }

  result(stopped?: 'states' | 'time'): Swept<State<F>> {
    const { generated, depth, found } = this;
    const bytes = this.records.bytes + this.parents.byteLength;
    const rest = { ...(found && { found }), ...(stopped && { stopped }) };
    return { distinct: this.records.size, generated, depth, bytes, ...rest };
  }

  private expand(number: number): void {
    const { codec, records } = this;
    const from = number * codec.width;
    codec.decode(records.words, from);
    for (const group of this.groups) {
      const [{ when, name }] = group;
      if (when) {
        const may = when(codec.state as never);
        if (number < doubted) this.unchanged(number, name);
        if (!may) continue;
      }
      for (const move of group) {
        if (this.take(move, number)) this.arrive(number);
        if (this.found) return;
        codec.decode(records.words, from);
      }
    }
  }

  /** Takes one step; false if it cannot be taken, or something is wrong with it. */
  private take(move: Move<State<F>>, number: number): boolean {
    const { codec, records } = this;
    const { given } = move;
    try {
      const taken = move.does(codec.state, given[0]!, given[1]!, given[2]!, given[3]!);
      if (taken === false) return false;
      codec.encode(records.words, records.next);
      return true;
    } catch (error) {
      if (error instanceof Assumed) return false;
      if (error instanceof OutOfRange) throw new OutOfRange(`${said(move)}: ${error.message}`);
      if (!(error instanceof StatementFailed)) throw error;
      this.found = this.wrong(number, error.message, [said(move)]);
      return false;
    }
  }

  /** A state stands behind the records, and in the codec. */
  private arrive(parent: number): void {
    const { records, codec, system } = this;
    this.generated++;
    const before = records.size;
    const number = records.settle();
    if (records.size === before) return;
    if (number >= this.parents.length) this.parents = longer(this.parents, number + 1);
    this.parents[number] = parent;
    if (system.always && !system.always(codec.state as never))
      this.found = this.wrong(number, 'what must always hold does not', []);
  }

  /** A `when` that changes the state would change what the steps after it begin with. */
  private unchanged(number: number, name: string): void {
    const { codec, records } = this;
    codec.encode(records.words, records.next);
    if (!this.sameAs(number))
      throw new Error(`${name}: its \`when\` changes the state; it may only look at it`);
  }

  private sameAs(number: number): boolean {
    const { words, next, width } = this.records;
    for (let at = 0; at < width; at++)
      if (words[next + at] !== words[number * width + at]) return false;
    return true;
  }

  private wrong(number: number, because: string, last: readonly string[]) {
    const path = [...this.path(number), ...last];
    this.codec.decode(this.records.words, number * this.codec.width);
    return { because, path, state: structuredClone(this.codec.state) };
  }

  /** The steps that lead to a state: which they were is found out by taking them again. */
  private path(number: number): string[] {
    const path: string[] = [];
    for (let to = number; this.parents[to]! >= 0; to = this.parents[to]!)
      path.push(this.between(this.parents[to]!, to));
    return path.reverse();
  }

  private between(from: number, to: number): string {
    const { codec, records } = this;
    const load = () => codec.decode(records.words, from * codec.width);
    for (const group of this.groups) {
      load();
      if (group[0]?.when && !group[0].when(codec.state as never)) continue;
      for (const move of group) {
        load();
        if (this.take(move, from) && this.sameAs(to)) return said(move);
      }
    }
    throw new Error(
      'a step led elsewhere when it was taken again; it must depend on the state only',
    );
  }
}

function said<S>({ name, given }: Move<S>): string {
  return given.length > 0 ? `${name}(${given.join(', ')})` : name;
}

/** Every way to choose one number below each of the given ones. */
function combinations(given: readonly number[]): readonly (readonly number[])[] {
  return given.reduce<readonly (readonly number[])[]>(
    (soFar, many) =>
      soFar.flatMap((one) => Array.from({ length: many }, (_, value) => [...one, value])),
    [[]],
  );
}
