/**
 * What an operation of the code does between two awaits, found out by running it alone.
 *
 * JavaScript runs to completion between awaits, so what a piece of an operation does is determined
 * by its arguments, by what the machine below has answered so far, and by what was in the memory
 * of the code whenever it went on. Each such piece is run once, on the real code: for a piece later
 * on, the operation is run again from its beginning and given the same answers.
 */
import type { Instance, Problem } from '../instance.ts';
import { type Answer, answerKey, type Call } from '../promised.ts';
import { hole } from '../run.ts';
import { judge } from '../session.ts';
import type { States } from '../store.ts';
import { copy, NotExplorable } from '../value.ts';
import { type Asked, Gate, start, turnOfEvents } from './gate.ts';

/** How a piece ends. */
export type Next =
  | { readonly kind: 'asks'; readonly asked: Asked }
  | { readonly kind: 'answers'; readonly answer: Answer }
  | { readonly kind: 'problem'; readonly problem: Problem }
  /** An assumption rules it out. */
  | { readonly kind: 'assumed' };

export interface Segment {
  readonly id: number;
  readonly call: Call;
  /** What came before it; absent for the first. */
  readonly from?: { readonly segment: Segment; readonly answer: Answer };
  /** The memory of the code when it begins and when it ends, as numbers. */
  readonly before: number;
  readonly after: number;
  readonly next: Next;
}

/** Code that remembered nothing has begun to: what was left out rests on its never doing so. */
export class BeginsToRemember extends Error {
  override readonly name = 'BeginsToRemember';
}

type Code = Record<string, unknown>;

export class Segments {
  private readonly known = new Map<string, Segment>();
  private readonly instance: Instance;
  private readonly memories: States<object>;
  private readonly mayRemember: boolean;

  constructor(instance: Instance, memories: States<object>, mayRemember: boolean) {
    this.instance = instance;
    this.memories = memories;
    this.mayRemember = mayRemember;
  }

  /** How many different ones there were. */
  get size(): number {
    return this.known.size;
  }

  /** The first piece of an operation. */
  begin(call: Call, memory: number): Promise<Segment> {
    return this.once(`${memory} ${call.key}`, call, memory, undefined);
  }

  /** The piece that follows when the machine has answered. */
  resume(segment: Segment, answer: Answer, memory: number): Promise<Segment> {
    const key = `${segment.id}>${memory} ${answerKey(answer)}`;
    return this.once(key, segment.call, memory, { segment, answer });
  }

  private async once(
    key: string,
    call: Call,
    before: number,
    from: Segment['from'],
  ): Promise<Segment> {
    const known = this.known.get(key);
    if (known) return known;
    const ran = await this.run(call, before, from);
    if (!this.mayRemember && ran.after !== before && this.remembersNothing(before))
      throw new BeginsToRemember();
    const id = this.known.size;
    const segment: Segment = { id, call, ...(from && { from }), before, ...ran };
    this.known.set(key, segment);
    return segment;
  }

  /** Whether the code remembers nothing: what it does then depends on nobody else. */
  remembersNothing(memory: number): boolean {
    return Object.values(this.memories.value(memory)).every((field) => field === hole);
  }

  private async run(
    call: Call,
    memory: number,
    from: Segment['from'],
  ): Promise<Pick<Segment, 'after' | 'next'>> {
    const gate = new Gate(this.instance.layer.on);
    const way = wayTo(from);
    const first = way[0]?.segment.before ?? memory;
    const code = copy(this.memories.value(first), hole, gate.handle) as Code;
    const started = start(code, call);
    await turnOfEvents();
    for (const [i, { segment, answer }] of way.entries()) {
      const { next } = segment;
      const [asked] = gate.takeAsked();
      if (next.kind !== 'asks' || asked?.key !== next.asked.key)
        throw new NotExplorable(
          `${call.name}() did something else when it was run again`,
          'let what it does depend on nothing but its arguments, its fields and the machine below',
        );
      const here = way[i + 1]?.segment.before ?? memory;
      // Others may have changed the memory while it waited.
      if (here !== segment.after) restore(code, this.memories.value(here), gate.handle);
      asked.settle(answer);
      await turnOfEvents();
    }
    const after = this.memories.number(copy(code, gate.handle, hole));
    return { after, next: nextOf(gate, started.ending) };
  }
}

/** The pieces before one, the first first. */
function wayTo(from: Segment['from']): NonNullable<Segment['from']>[] {
  const way: NonNullable<Segment['from']>[] = [];
  for (let at = from; at; at = at.segment.from) way.unshift(at);
  return way;
}

function restore(code: Code, memory: object, handle: object): void {
  for (const name of Object.keys(code)) if (!(name in memory)) delete code[name];
  Object.assign(code, copy(memory, hole, handle));
}

function nextOf(gate: Gate, ending: Answer | undefined): Next {
  const [asked, second] = gate.takeAsked();
  if (second) return wrong(`${second.operation}() begins before the last was awaited`);
  if (!ending) return asked ? { kind: 'asks', asked } : wrong('it awaits something else');
  if (asked) return wrong('it returned before its last operation was awaited');
  if (ending.kind === 'returned') return { kind: 'answers', answer: ending };
  const trouble = judge(ending.error, 'the code');
  if (!trouble) return { kind: 'answers', answer: ending };
  if (trouble.kind === 'error') throw trouble.error;
  return trouble.kind === 'problem' ? trouble : { kind: 'assumed' };
}

function wrong(because: string): Next {
  return { kind: 'problem', problem: { kind: 'violation', because } };
}
