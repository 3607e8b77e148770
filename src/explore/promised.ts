/**
 * The promise, as far as it can be known from outside: the set of states it may be in.
 *
 * An execution refines the promise if after each of its steps that set is not empty. States, sets
 * and answers are numbered, and each step of the promise is computed once.
 */
import { RequirementFailed } from '../model/ghost.ts';
import { every } from './choices.ts';
import type { MachineType, Problem } from './instance.ts';
import { judge, type Machine } from './session.ts';
import { show } from './show.ts';
import { broken, everyWay, noStep, outage, Table } from './store.ts';
import { classTag, contentKey, copy, keyOf, type Sample } from './value.ts';

/** One operation with its arguments. */
export interface Call {
  readonly name: string;
  readonly arguments: readonly unknown[];
  /** The same for the same call. */
  readonly key: string;
}

export function callOf(name: string, given: readonly unknown[]): Call {
  return { name, arguments: given, key: name + keyOf(given) };
}

/** What code, or the promise, answered. */
export type Answer =
  | { readonly kind: 'returned'; readonly value: unknown }
  | { readonly kind: 'threw'; readonly error: Error };

/** What the promise may do when it is called in one state. */
export interface Steps {
  readonly byAnswer: ReadonlyMap<string, readonly number[]>;
  readonly answers: readonly string[];
  /** The caller may not call it here. */
  readonly forbidden: boolean;
  /** It cannot do anything. */
  readonly stuck: Problem | undefined;
}

/** How many answers are named, of those that the promise allows. */
const named = 12;

/** What is computed once: of an initial state, of a set, or of a state. */
const kinds = ['initial', 'forbids', 'stuck', 'answered', 'idle', 'cut', 'steps', 'crash'] as const;
type Kind = (typeof kinds)[number];

interface Result {
  /** Which may be undefined. */
  readonly result: unknown;
}

type Memo = Map<number, Map<number, Result>>;

export class Promised {
  private readonly states = new Table<Machine>();
  private readonly sets = new Table<readonly number[]>();
  /** For each sample, which a Sampler never makes twice, what has been computed with it. */
  private readonly memo = new Map<Sample, Memo>();
  /** A number for each call, and for each call with an answer. */
  private readonly calls = new Map<Call, Map<string, number>>();
  private callCount = 0;
  private readonly machine: MachineType;

  constructor(machine: MachineType) {
    this.machine = machine;
  }

  /** Every initial state. */
  initial(sample: Sample): number {
    return this.once('initial', 0, 0, sample, () => {
      const ways = this.ways('initial()', sample, () => this.machine.initial());
      return this.set(ways.map((state) => this.intern(state as Machine)));
    });
  }

  /** The set of `state` alone, or undefined if that is no initial state. */
  witness(state: Machine, sample: Sample): number | undefined {
    const only = this.only(state);
    const [id = -1] = this.members(only);
    return this.members(this.initial(sample)).includes(id) ? only : undefined;
  }

  /** The set of `state` alone. */
  only(state: Machine): number {
    return this.set([this.intern(copy(state))]);
  }

  /** Whether some state of the set rules the call out. */
  forbids(set: number, call: Call, sample: Sample): boolean {
    return this.once('forbids', set, this.numberOf(call), sample, () =>
      this.members(set).some((state) => this.steps(state, call, sample).forbidden),
    );
  }

  /** A state of the set in which the call has no step. */
  stuck(set: number, call: Call, sample: Sample): Problem | undefined {
    return this.once('stuck', set, this.numberOf(call), sample, () => {
      const all = this.members(set).map((state) => this.steps(state, call, sample).stuck);
      return all.find((stuck) => stuck !== undefined);
    });
  }

  /** Where the promise may be after it gave this answer; undefined if it cannot give it. */
  answered(set: number, call: Call, answer: Answer, sample: Sample): number | undefined {
    const key = answerKey(answer);
    return this.once('answered', set, this.numberOf(call, key), sample, () => {
      const after = this.members(set).flatMap(
        (state) => this.steps(state, call, sample).byAnswer.get(key) ?? [],
      );
      return after.length > 0 ? this.set(after) : undefined;
    });
  }

  /** Where it may be when power was lost while nothing was under way. */
  idle(set: number, sample: Sample): number {
    return this.once('idle', set, 0, sample, () =>
      this.set(this.members(set).flatMap((state) => this.crash(state, sample))),
    );
  }

  /** Where it may be when power was lost during the call. */
  cut(set: number, call: Call, sample: Sample): number {
    return this.once('cut', set, this.numberOf(call), sample, () => {
      const after = this.members(set).flatMap((state) =>
        [...this.steps(state, call, sample).byAnswer.values()].flat(),
      );
      return this.idle(this.set([...this.members(set), ...after]), sample);
    });
  }

  /** What it may answer, in words. */
  allowed(set: number, call: Call, sample: Sample): string[] {
    const all = this.members(set).flatMap((state) => this.steps(state, call, sample).answers);
    const different = [...new Set(all)];
    if (different.length <= named) return different;
    const others = different.length - named;
    return [...different.slice(0, named), `one of ${others.toLocaleString('en')} others`];
  }

  /** The states of a set. */
  statesOf(set: number): Machine[] {
    return this.members(set).map((id) => this.states.values[id]!);
  }

  /** The set of what becomes of the states of a set. */
  setLike(set: number, change: (state: Machine) => Machine): number {
    return this.set(this.members(set).map((id) => this.intern(change(this.states.values[id]!))));
  }

  /** How many different states were met. */
  get size(): number {
    return this.states.values.length;
  }

  /** The numbers of the states of a set. */
  members(set: number): readonly number[] {
    return this.sets.values[set]!;
  }

  private intern(state: Machine): number {
    return this.states.number(keyOf(state), () => state);
  }

  /** The number of the set of these states. */
  set(members: readonly number[]): number {
    const sorted = [...new Set(members)].sort((a, b) => a - b);
    return this.sets.number(sorted.join(' '), () => sorted);
  }

  private once<T>(what: Kind, about: number, call: number, sample: Sample, compute: () => T): T {
    const memo = this.memo.get(sample) ?? new Map();
    this.memo.set(sample, memo);
    const row = memo.get(about * kinds.length + kinds.indexOf(what)) ?? new Map<number, Result>();
    memo.set(about * kinds.length + kinds.indexOf(what), row);
    const known = row.get(call) ?? { result: compute() };
    row.set(call, known);
    return known.result as T;
  }

  private numberOf(call: Call, answer = ''): number {
    const answers = this.calls.get(call) ?? new Map<string, number>();
    this.calls.set(call, answers);
    const number = answers.get(answer) ?? this.callCount++;
    answers.set(answer, number);
    return number;
  }

  /** What it may do when it is called in the state of this number. */
  steps(state: number, call: Call, sample: Sample): Steps {
    return this.once('steps', state, this.numberOf(call), sample, () => {
      try {
        return this.taken(state, call, sample);
      } catch (error) {
        if (!(error instanceof RequirementFailed)) throw error;
        return { byAnswer: new Map(), answers: [], forbidden: true, stuck: undefined };
      }
    });
  }

  private taken(state: number, call: Call, sample: Sample): Steps {
    const byAnswer = new Map<string, number[]>();
    const answers = new Set<string>();
    const { ways, stuck } = every(sample, () => {
      const machine = copy(this.states.values[state]!);
      machine.fault?.();
      return { machine, answer: act(machine, call) };
    });
    for (const { value } of ways) {
      const key = answerKey(value.answer);
      const known = byAnswer.get(key) ?? [];
      known.push(this.intern(value.machine));
      byAnswer.set(key, known);
      answers.add(showAnswer(value.answer));
    }
    const blocked = ways.length === 0 ? noStep(`${call.name}() of the promise`, stuck) : undefined;
    return { byAnswer, answers: [...answers], forbidden: false, stuck: blocked };
  }

  private crash(state: number, sample: Sample): number[] {
    return this.once('crash', state, 0, sample, () =>
      this.ways('crash()', sample, () => {
        const machine = copy(this.states.values[state]!);
        outage(machine);
        return machine;
      }).map((after) => this.intern(after)),
    );
  }

  private ways<T>(what: string, sample: Sample, body: () => T): T[] {
    return everyWay(`${what} of the promise`, sample, body).map((way) => way.value);
  }
}

function act(machine: Machine, call: Call): Answer {
  const method = machine[call.name] as (...given: readonly unknown[]) => unknown;
  try {
    const value = method.apply(
      machine,
      call.arguments.map((argument) => copy(argument)),
    );
    return { kind: 'returned', value };
  } catch (error) {
    if (error instanceof RequirementFailed) throw error;
    const trouble = judge(error, 'the promise');
    if (!trouble) return { kind: 'threw', error: error as Error };
    if (trouble.kind === 'problem' && trouble.problem.kind !== 'vacuous')
      throw broken(error, 'the promise');
    throw error;
  }
}

/** The same for answers that users cannot tell apart. */
export function answerKey(answer: Answer): string {
  if (answer.kind === 'returned') return `returned ${contentKey(answer.value)}`;
  return `threw ${answer.error.constructor.name}${classTag(answer.error)}`;
}

export function showAnswer(answer: Answer): string {
  return answer.kind === 'returned'
    ? show(answer.value)
    : `throws ${answer.error.constructor.name}`;
}
