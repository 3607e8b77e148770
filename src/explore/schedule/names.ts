/**
 * When two moments are the same, and what turns are called.
 *
 * Clients have no names of their own: moments that differ only in which client is which are the
 * same. They are told apart by their places in an order that depends on what they are at.
 */
import type { Call } from '../promised.ts';
import type { Busy, Flight, Option } from './moment.ts';
import type { Monitor } from './monitor.ts';

export class Names {
  private readonly callNumbers = new Map<string, number>();
  private readonly orders = new WeakMap<Busy, readonly number[]>();
  private readonly monitor: Monitor;
  private readonly reduced: boolean;

  /** If not `reduced`, it matters which client is which. */
  constructor(monitor: Monitor, reduced: boolean) {
    this.monitor = monitor;
    this.reduced = reduced;
  }

  /** The same for the same moment; if reduced, it does not matter which client is which. */
  key(at: Busy): string {
    const { lower, memory, flights } = at;
    const order = this.order(at);
    const known = this.monitor.ordered(at.known, order);
    const queue = at.queue.map((client) => order.indexOf(client));
    const texts = order.map((client) => this.text(flights[client]));
    return `${lower} ${memory} ${known} ${queue.join('.')} ${texts.join(' ')}`;
  }

  /** What an option is called at a moment: the same as at another that has the same key. */
  nameAt(at: Busy, { client, does }: Pick<Option, 'client' | 'does'>): string {
    if (client === undefined) return does;
    return `${this.order(at).indexOf(client)} ${does}`;
  }

  /** The clients in an order that depends only on what they are at. */
  private order(at: Busy): readonly number[] {
    const clients = [...at.flights.keys()];
    if (!this.reduced) return clients;
    const found = this.orders.get(at) ?? this.sorted(at, clients);
    this.orders.set(at, found);
    return found;
  }

  private sorted({ flights, queue }: Busy, clients: number[]): readonly number[] {
    const keys = flights.map((flight, i) => `${this.text(flight)} ${queue.indexOf(i) + 1}`);
    return clients.sort((a, b) => (keys[a]! < keys[b]! ? -1 : keys[a]! > keys[b]! ? 1 : a - b));
  }

  private text(flight: Flight | undefined): string {
    if (!flight) return '';
    const { segment, way, call } = flight;
    if (!segment) return `w${this.callNumber(call)}`;
    return way ? `${segment.id}>${way.answerKey.length}:${way.answerKey}` : `${segment.id}`;
  }

  /** A number for each call. */
  callNumber({ key }: Call): number {
    const known = this.callNumbers.get(key) ?? this.callNumbers.size;
    this.callNumbers.set(key, known);
    return known;
  }
}
