/** Reduced or not, the same is found: on random programs whose operations overlap. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { encode } from '../encode.ts';
import { instanceOf, programs } from '../fixtures/programs.ts';
import type { Instance, Outcome } from '../instance.ts';
import { exploreSchedules } from './explore.ts';
import type { Graph } from './graph.ts';
import type { Moment } from './moment.ts';

interface Seen {
  readonly outcome: Outcome;
  /** What is below after a loss of power, with what the promise may be then. */
  readonly crashes: ReadonlySet<string>;
  /** What there is when nothing is under way. */
  readonly ends: ReadonlySet<string>;
}

async function see(
  instance: Instance,
  how: { clients: number; locked: boolean; reduced: boolean },
): Promise<Seen> {
  const crashes = new Set<string>();
  const ends = new Set<string>();
  const onMoment = (at: Moment, { engine, monitor }: Graph) => {
    const lower = text(engine.lowers.value(at.lower));
    const promised = (set: number) => engine.promised.statesOf(set).map(text).sort();
    if (at.phase === 'busy') {
      if (at.flights.some((flight) => flight)) return;
      const states = monitor.states(at.known, [], engine.sampler.base);
      const memory = text(engine.memories.value(at.memory));
      ends.add(`${lower} ${memory} ${promised(states)}`);
    } else if (at.phase === 'down') crashes.add(`${lower} ${promised(at.set)}`);
  };
  const outcome = await exploreSchedules(instance, { ...how, onMoment });
  return { outcome, crashes, ends };
}

const text = (value: unknown) => JSON.stringify(encode(value));
const how = fc.record({ clients: fc.integer({ min: 2, max: 3 }), locked: fc.boolean() });

test('the same verdicts, crash states and final states', async () => {
  const total = { full: 0, reduced: 0, explored: 0 };
  await fc.assert(
    fc.asyncProperty(programs, how, async (program, setting) => {
      const short = program.steps.length + program.other.length < 3;
      const instance = { ...instanceOf(program, short ? 3 : 2), limits: { states: 1500 } };
      const full = await see(instance, { ...setting, reduced: false });
      if (full.outcome.kind === 'explored' && !full.outcome.exhausted) return;
      const reduced = await see(instance, { ...setting, reduced: true });
      expect(reduced.outcome.kind).toBe(full.outcome.kind);
      if (full.outcome.kind !== 'explored') return;
      total.explored++;
      expect([...reduced.crashes].sort()).toEqual([...full.crashes].sort());
      expect([...reduced.ends].sort()).toEqual([...full.ends].sort());
      total.full += full.outcome.counts.generated;
      total.reduced += reduced.outcome.counts.generated;
    }),
    { numRuns: 40 },
  );
  // Otherwise nothing was compared, or nothing was left out.
  expect(total.explored).toBeGreaterThan(5);
  expect(total.reduced).toBeLessThan(0.7 * total.full);
}, 120_000);

test('a memory that comes into being while others are under way', async () => {
  const steps = [
    { do: 'set', cell: 0, value: 2 },
    { do: 'recall' },
    { do: 'set', cell: 1, value: 'local' },
  ] as const;
  const other = [{ do: 'set', cell: 0, value: 1 }, { do: 'get', cell: 0 }, { do: 'keep' }] as const;
  for (const remembers of ['always', 'later'] as const) {
    const program = { steps, other, remembers, faulty: false, loose: true };
    const instance = instanceOf(program, 2);
    const full = await see(instance, { clients: 2, locked: false, reduced: false });
    const reduced = await see(instance, { clients: 2, locked: false, reduced: true });
    expect([...reduced.ends].sort()).toEqual([...full.ends].sort());
    expect([...reduced.crashes].sort()).toEqual([...full.crashes].sort());
    // Set by one, set by the other and kept, and only then recalled.
    expect([...full.ends].some((end) => end.startsWith('{"values":[1,1],"durable":[0,0]'))).toBe(
      true,
    );
  }
});
