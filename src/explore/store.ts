/** States numbered by content, each kept once, with what has been found out about it. */
import { withChooser } from '../model/choice.ts';
import { Assumed } from '../model/ghost.ts';
import { type Choices, Diverged, every, type Way } from './choices.ts';
import type { Problem } from './instance.ts';
import { Values } from './packed/values.ts';
import { judge, type Machine } from './session.ts';
import { type Beyond, copy, gather, keyOf, type Sample, type Sampler } from './value.ts';

/** Values numbered in the order in which they are first seen. */
export class Table<T> {
  readonly values: T[] = [];
  private readonly numbers = new Map<string, number>();

  number(key: string, value: () => T): number {
    const found = this.numbers.get(key);
    if (found !== undefined) return found;
    this.numbers.set(key, this.values.length);
    return this.values.push(value()) - 1;
  }
}

interface Stored<T> {
  readonly value: T;
  readonly beyond: Beyond | undefined;
}

/** Thrown when a machine is not one: it has no state to start from, or fails on its own. */
export class MachineBroken extends Error {
  override readonly name = 'MachineBroken';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(problem.because);
    this.problem = problem;
  }
}

/** An error thrown by a machine outside its operations, as what it is. */
export function broken(error: unknown, who: string): unknown {
  const trouble = judge(error, who);
  if (trouble?.kind !== 'problem') return error;
  const kind = trouble.problem.kind === 'vacuous' ? 'vacuous' : 'statement';
  return new MachineBroken({ ...trouble.problem, kind });
}

/** That something cannot happen at all. */
export function noStep(what: string, stuck: Error | undefined): Problem {
  const trouble = stuck && judge(stuck, what);
  const at = trouble?.kind === 'problem' ? trouble.problem.at : undefined;
  return { kind: 'vacuous', because: `${what} has no step here`, at };
}

/** Every way in which `body` can go: at least one. */
export function everyWay<T>(what: string, sample: Sample, body: () => T): readonly Way<T>[] {
  let found: ReturnType<typeof every<T>>;
  try {
    found = every(sample, body);
  } catch (error) {
    throw broken(error, what);
  }
  if (found.ways.length === 0) throw new MachineBroken(noStep(what, found.stuck));
  return found.ways;
}

/** What a power failure does to a machine. */
export function outage(machine: Machine): void {
  machine.fault?.();
  machine.crash?.();
  machine.fault?.();
}

/** The same, with the given answers. */
export function failPower(machine: Machine, choices: Choices): void {
  const sample = { blocks: choices.blocks, length: choices.length };
  choices.among(survivors(sample, machine));
  try {
    withChooser(choices, () => outage(machine));
  } catch (error) {
    if (error instanceof Assumed) throw new Diverged(`a crash does not go so: ${error.message}`);
    throw broken(error, 'crash() of the machine below');
  } finally {
    choices.among(sample);
  }
}

/**
 * What a crash may leave: also what was written, whatever it is. Code that encodes blocks writes
 * others than those that stand for every block, and these, too, survive or are lost.
 */
function survivors(sample: Sample, machine: Machine): Sample {
  const { blocks, row } = gather(machine, new Set(sample.blocks.map((block) => keyOf(block))));
  const length = Math.max(sample.length, row);
  return { ...sample, blocks: [...sample.blocks, ...blocks.values()], length };
}

/** One thing that may become of a machine when power is lost. */
export interface Outage {
  readonly lower: number;
  readonly picks: readonly number[];
}

/** States of the lower machine, or memories of the code. */
export class States<T extends object> {
  private readonly stored: Stored<T>[] = [];
  private readonly numbers: Values;
  private readonly sampler: Sampler;
  private readonly hole: object | undefined;

  constructor(sampler: Sampler, hole?: object) {
    this.sampler = sampler;
    this.hole = hole;
    this.numbers = new Values(hole);
  }

  /** The number of a state; `kept` if the caller goes on to change it. */
  number(value: T, kept = false): number {
    const number = this.numbers.number(value);
    if (number === this.stored.length)
      this.stored.push({
        value: kept ? copy(value, this.hole, this.hole) : value,
        beyond: this.sampler.beyond(value),
      });
    return number;
  }

  value(number: number): T {
    return this.stored[number]!.value;
  }

  beyond(number: number): Beyond | undefined {
    return this.stored[number]?.beyond;
  }
}

/** What power failures do to the states of the lower machine. */
export class Outages {
  private readonly known = new Map<number, readonly Outage[]>();
  private readonly states: States<Machine>;
  private readonly sample: Sample;

  constructor(states: States<Machine>, sample: Sample) {
    this.states = states;
    this.sample = sample;
  }

  /** The different states after one, each with the first answers that lead to it. */
  of(lower: number): readonly Outage[] {
    const known = this.known.get(lower);
    if (known) return known;
    const different = new Map<number, Outage>();
    const sample = survivors(this.sample, this.states.value(lower));
    const ways = everyWay('crash() of the machine below', sample, () => {
      const machine = copy(this.states.value(lower));
      outage(machine);
      return machine;
    });
    for (const { value, picks } of ways) {
      const after = this.states.number(value);
      if (!different.has(after)) different.set(after, { lower: after, picks });
    }
    const found = [...different.values()];
    this.known.set(lower, found);
    return found;
  }
}
