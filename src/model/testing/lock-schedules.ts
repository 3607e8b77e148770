/**
 * Every way in which clients can use a lock.
 *
 * Each of them comes a few times, is let in, and leaves, or throws. These events may fall into any
 * round of microtasks, several into one, in any order. JavaScript does the rest in one way only,
 * so two situations are the same if clients, lock, and what is still to happen without a further
 * event, in this order, are the same. A situation is made by taking its events again.
 */
import type { Lock } from '../lock.ts';

type AnyLock = Pick<Lock, 'run'>;

type Event =
  | { readonly do: 'come' | 'leave' | 'throw'; readonly client: number }
  /** A round of microtasks. */
  | { readonly do: 'wait' };

export interface Explored {
  readonly situations: number;
  readonly events: number;
  /** What is wrong, and the events that lead there. */
  readonly problem?: string;
  readonly path?: string;
}

export interface Use {
  readonly clients: number;
  /** How often each of them comes. */
  readonly times: number;
}

/** More rounds than anything takes that a lock does. */
const rounds = 16;

class Scene {
  readonly lock: AnyLock;
  /** For each client, where it is. */
  readonly at: ('out' | 'waiting' | 'in')[];
  readonly left: number[];
  /** Who waits or is in, in order of arrival. */
  readonly arrived: number[] = [];
  problem: string | undefined;
  /** Everything that was to be seen, in order. */
  log: string[] = [];
  private readonly doors: { leave(): void; fail(error: Error): void }[] = [];

  constructor(lock: AnyLock, { clients, times }: Use) {
    this.lock = lock;
    this.at = Array.from({ length: clients }, () => 'out');
    this.left = Array.from({ length: clients }, () => times);
  }

  async take(event: Event): Promise<void> {
    if (event.do === 'wait') await undefined;
    else if (event.do === 'come') this.come(event.client);
    else if (event.do === 'leave') this.doors[event.client]!.leave();
    else this.doors[event.client]!.fail(new Error(`of ${event.client}`));
    if (event.do === 'leave' || event.do === 'throw') this.leave(event.client);
  }

  private come(client: number): void {
    this.left[client]!--;
    this.at[client] = 'waiting';
    this.arrived.push(client);
    let expected = '';
    const body = () =>
      new Promise<string>((resolve, reject) => {
        this.enter(client);
        expected = 'gone';
        this.doors[client] = {
          leave: () => resolve('gone'),
          fail: (error) => {
            expected = error.message;
            reject(error);
          },
        };
      });
    const settled = (how: string) => {
      this.log.push(`${client} knows`);
      if (how !== expected) this.problem ??= `${client} is told ${how}, not ${expected}`;
    };
    this.lock.run(body).then(settled, (error: Error) => settled(error.message));
  }

  private enter(client: number): void {
    const inside = this.at.indexOf('in');
    if (inside >= 0) this.problem ??= `${client} is let in while ${inside} is in`;
    if (this.arrived[0] !== client)
      this.problem ??= `${client} is let in before ${this.arrived[0]}`;
    this.at[client] = 'in';
    this.log.push(`${client} in`);
  }

  private leave(client: number): void {
    this.at[client] = 'out';
    this.arrived.splice(this.arrived.indexOf(client), 1);
  }

  /** What may happen now, apart from a round of microtasks. */
  events(): Event[] {
    return this.at.flatMap((at, client): Event[] => {
      if (at === 'in')
        return [
          { do: 'leave', client },
          { do: 'throw', client },
        ];
      return at === 'out' && this.left[client]! > 0 ? [{ do: 'come', client }] : [];
    });
  }

  look(): string {
    const fields = Object.values(this.lock).map((field) =>
      Array.isArray(field) ? field.length : typeof field === 'boolean' ? field : '',
    );
    return [this.at, this.left, this.arrived, fields].map((all) => all.join(' ')).join(' | ');
  }
}

/** Everything that can happen, or the first problem, with fewest events. */
export async function everySchedule(Lock: new () => AnyLock, use: Use): Promise<Explored> {
  const known = new Set<string>();
  const paths: (readonly Event[])[] = [[]];
  let events = 0;
  for (let at = 0; at < paths.length; at++) {
    const path = paths[at]!;
    const scene = new Scene(new Lock(), use);
    for (const event of path) await scene.take(event);
    const now = scene.look();
    const possible = scene.events();
    scene.log = [];
    let [pending, seen] = ['', now];
    for (let round = 1; round <= rounds && !scene.problem; round++) {
      await undefined;
      const look = scene.look();
      if (scene.log.length > 0 || look !== seen) pending += `${round}: ${scene.log} ${look};`;
      scene.log = [];
      seen = look;
    }
    const stuck = pending === '' && scene.arrived.length > 0 && !scene.at.includes('in');
    const problem = scene.problem ?? (stuck ? 'who waits is never let in' : undefined);
    const counts = { situations: known.size, events };
    if (problem) return { ...counts, problem, path: path.map(textOf).join(', ') };
    const key = `${now} > ${pending}`;
    if (known.has(key)) continue;
    known.add(key);
    for (const event of possible) paths.push([...path, event]);
    if (pending !== '') paths.push([...path, { do: 'wait' }]);
    events += possible.length + (pending === '' ? 0 : 1);
  }
  return { situations: known.size, events };
}

function textOf(event: Event): string {
  return event.do === 'wait' ? 'a round' : `${event.client} ${event.do}s`;
}
