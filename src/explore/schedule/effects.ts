/** What an operation of the machine below may do, and whether two of them may change places. */
import { NoChoice } from '../../model/choice.ts';
import { Assumed } from '../../model/ghost.ts';
import { every } from '../choices.ts';
import type { Problem } from '../instance.ts';
import { type Answer, answerKey } from '../promised.ts';
import { judge, type Machine } from '../session.ts';
import { noStep, type States } from '../store.ts';
import { copy, type Sample } from '../value.ts';
import type { Asked } from './gate.ts';

/** One way in which an operation may go, with the first answers to choices that lead to it. */
export interface Way {
  readonly picks: readonly number[];
  readonly lower: number;
  readonly answer: Answer;
  readonly answerKey: string;
  readonly problem?: Problem;
}

export class Effects {
  private readonly known = new Map<string, readonly Way[]>();
  private readonly lowers: States<Machine>;
  private readonly sample: Sample;

  constructor(lowers: States<Machine>, sample: Sample) {
    this.lowers = lowers;
    this.sample = sample;
  }

  /** Every way in which the operation may go in this state; what the environment does included. */
  of(lower: number, asked: Asked): readonly Way[] {
    const key = `${lower} ${asked.key}`;
    const found = this.known.get(key) ?? this.find(lower, asked);
    this.known.set(key, found);
    return found;
  }

  /** Whether the two lead to the same state with the same answers in either order. */
  commute(lower: number, first: readonly [Asked, Way], second: readonly [Asked, Way]): boolean {
    const there = this.inOrder(lower, first, second);
    return there !== undefined && there === this.inOrder(lower, second, first);
  }

  private inOrder(
    lower: number,
    [asked, way]: readonly [Asked, Way],
    [later, expected]: readonly [Asked, Way],
  ): number | undefined {
    const first = this.of(lower, asked).find((one) => same(one, way));
    const second = first && this.of(first.lower, later).find((one) => same(one, expected));
    return second?.lower;
  }

  private find(lower: number, { operation, arguments: given }: Asked): readonly Way[] {
    const { ways, stuck } = every(this.sample, () => {
      const machine = copy(this.lowers.value(lower));
      return { machine, ...answerOf(machine, operation, given) };
    });
    const different = new Map<string, Way>();
    for (const { value, picks } of ways) {
      const { answer, problem } = value;
      const after = this.lowers.number(value.machine);
      const key = answerKey(answer);
      const way = { picks, lower: after, answer, answerKey: key, ...(problem && { problem }) };
      if (!different.has(`${after} ${key}`)) different.set(`${after} ${key}`, way);
    }
    if (ways.length > 0 || !stuck) return [...different.values()];
    const problem = noStep(`${operation}() of the machine below`, stuck);
    const answer = { kind: 'threw', error: stuck } as const;
    return [{ picks: [], lower, answer, answerKey: answerKey(answer), problem }];
  }
}

function same(one: Way, other: Way): boolean {
  return (
    one.answerKey === other.answerKey &&
    !one.problem &&
    !other.problem &&
    one.picks.length === other.picks.length &&
    one.picks.every((pick, i) => pick === other.picks[i])
  );
}

/** One step of a live machine, and what the environment does before it. */
export function answerOf(
  machine: Machine,
  operation: string,
  given: readonly unknown[],
): { answer: Answer; problem?: Problem } {
  const method = machine[operation] as (...given: readonly unknown[]) => unknown;
  try {
    machine.fault?.();
    const value = method.apply(
      machine,
      given.map((argument) => copy(argument)),
    );
    return { answer: { kind: 'returned', value: copy(value) } };
  } catch (error) {
    if (error instanceof NoChoice || error instanceof Assumed) throw error;
    const trouble = judge(error, 'the machine');
    if (trouble?.kind === 'error') throw trouble.error;
    const answer = { kind: 'threw', error: error as Error } as const;
    return trouble?.kind === 'problem' ? { answer, problem: trouble.problem } : { answer };
  }
}
