/**
 * The promise while several operations are under way.
 *
 * Each of them is one atomic step of the promise, taken at some moment between its call and its
 * answer (Herlihy and Wing, TOPLAS 1990). From outside it is not known when: kept is every
 * combination of a state of the promise and of which operations have taken their step, and with
 * which answer. The code is wrong when none is left.
 */
import type { Problem } from '../instance.ts';
import { type Answer, answerKey, type Call, type Promised } from '../promised.ts';
import { Table } from '../store.ts';
import type { Sample } from '../value.ts';

/** For each client: the operation under way, if there is one. */
export type Calls = readonly (Call | undefined)[];

interface Combination {
  readonly state: number;
  /** For each client: the answer, as a key, that its operation will give; it has taken its step. */
  readonly answers: readonly (string | undefined)[];
}

/** What is known of the promise, as a number. */
export type Known = number;

export class Monitor {
  private readonly table = new Table<readonly Combination[]>();
  private readonly memo = new Map<Sample, Map<string, readonly Combination[]>>();
  private readonly reordered = new Map<string, Known>();
  private readonly promised: Promised;
  private readonly clients: number;

  constructor(promised: Promised, clients: number) {
    this.promised = promised;
    this.clients = clients;
  }

  /** Nothing is under way, and the promise is in one of the states of a set. */
  start(set: number): Known {
    const answers = Array.from({ length: this.clients }, () => undefined);
    return this.number(this.promised.members(set).map((state) => ({ state, answers })));
  }

  /** Why a client may not call this operation now: its caller's duty, or a promise without step. */
  blocked(known: Known, calls: Calls, sample: Sample): Problem | 'skip' | undefined {
    for (const { state, answers } of this.closed(known, calls, sample))
      for (const [client, call] of calls.entries()) {
        if (!call || answers[client] !== undefined) continue;
        const { forbidden, stuck } = this.promised.steps(state, call, sample);
        if (forbidden) return 'skip';
        if (stuck) return stuck;
      }
    return undefined;
  }

  /** What is known when a client has had this answer; undefined if it cannot be. */
  answered(
    known: Known,
    calls: Calls,
    [client, answer]: readonly [number, Answer],
    sample: Sample,
  ): Known | undefined {
    const key = answerKey(answer);
    const left = this.closed(known, calls, sample)
      .filter(({ answers }) => answers[client] === key)
      .map(({ state, answers }) => ({ state, answers: answers.with(client, undefined) }));
    return left.length > 0 ? this.number(left) : undefined;
  }

  /** What the client might have been answered, in words. */
  allowed(known: Known, calls: Calls, client: number, sample: Sample): string[] {
    const all = this.closed(known, calls, sample)
      .filter(({ answers }) => answers[client] === undefined)
      .flatMap(({ state }) => this.promised.steps(state, calls[client]!, sample).answers);
    return [...new Set(all)];
  }

  /** Where the promise may be now, as a set. Operations under way may have taken their step. */
  states(known: Known, calls: Calls, sample: Sample): number {
    return this.promised.set(this.closed(known, calls, sample).map(({ state }) => state));
  }

  /** The same with the clients in another order. */
  ordered(known: Known, order: readonly number[]): Known {
    if (order.every((client, place) => client === place)) return known;
    const key = `${known} ${order.join(' ')}`;
    const found =
      this.reordered.get(key) ??
      this.number(
        this.table.values[known]!.map(({ state, answers }) => ({
          state,
          answers: order.map((client) => answers[client]),
        })),
      );
    this.reordered.set(key, found);
    return found;
  }

  /** Every combination after any steps of operations that are under way. */
  private closed(known: Known, calls: Calls, sample: Sample): readonly Combination[] {
    const memo = this.memo.get(sample) ?? new Map<string, readonly Combination[]>();
    this.memo.set(sample, memo);
    const texts = calls.map((call) => (call ? `${call.key.length}:${call.key}` : ''));
    const key = `${known} ${texts.join()}`;
    const found = memo.get(key) ?? this.close(known, calls, sample);
    memo.set(key, found);
    return found;
  }

  private close(known: Known, calls: Calls, sample: Sample): readonly Combination[] {
    const all = new Map<string, Combination>();
    const waiting = [...this.table.values[known]!];
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      const key = keyOf(at);
      if (all.has(key)) continue;
      all.set(key, at);
      for (const [client, call] of calls.entries()) {
        if (!call || at.answers[client] !== undefined) continue;
        const { byAnswer } = this.promised.steps(at.state, call, sample);
        for (const [answer, states] of byAnswer)
          for (const state of states)
            waiting.push({ state, answers: at.answers.with(client, answer) });
      }
    }
    return [...all.values()];
  }

  private number(combinations: readonly Combination[]): Known {
    const byKey = new Map(combinations.map((one) => [keyOf(one), one]));
    const keys = [...byKey.keys()].sort();
    return this.table.number(keys.join('\n'), () => keys.map((key) => byKey.get(key)!));
  }
}

function keyOf({ state, answers }: Combination): string {
  const texts = answers.map((answer) => (answer === undefined ? '' : `${answer.length}:${answer}`));
  return `${state} ${texts.join()}`;
}
