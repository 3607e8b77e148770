/** The lock, in every way in which it can be used; and that nothing gets past it. */
import { describe, expect, test } from 'vitest';
import { Chained, wrongLocks } from './fixtures/locks.ts';
import { isAsync, Lock, locked } from './lock.ts';
import { everySchedule } from './testing/lock-schedules.ts';

const use = (clients: number, times: number) => ({ clients, times });

test('one at a time, in order of arrival, nobody forgotten', async () => {
  const all: Record<string, string> = {};
  for (const clients of [2, 3, 4])
    for (const times of [1, 2, 3]) {
      const { situations, events, ...rest } = await everySchedule(Lock, use(clients, times));
      expect(rest).toEqual({});
      all[`${clients} clients, ${times} times`] = `${situations} situations, ${events} events`;
    }
  expect(all).toMatchInlineSnapshot(`
    {
      "2 clients, 1 times": "16 situations, 26 events",
      "2 clients, 2 times": "49 situations, 98 events",
      "2 clients, 3 times": "100 situations, 214 events",
      "3 clients, 1 times": "68 situations, 138 events",
      "3 clients, 2 times": "375 situations, 903 events",
      "3 clients, 3 times": "1108 situations, 2814 events",
      "4 clients, 1 times": "320 situations, 728 events",
      "4 clients, 2 times": "3297 situations, 8628 events",
      "4 clients, 3 times": "14320 situations, 39080 events",
    }
  `);
});

test('so is a lock of another make', async () => {
  expect(await everySchedule(Chained, use(3, 2))).toMatchInlineSnapshot(`
    {
      "events": 1122,
      "situations": 504,
    }
  `);
});

test('wrong locks are found out', async () => {
  const found: Record<string, string> = {};
  for (const [name, wrong] of Object.entries(wrongLocks)) {
    const { problem, path } = await everySchedule(wrong, use(3, 2));
    found[name] = `${problem}: ${path}`;
  }
  expect(found).toMatchInlineSnapshot(`
    {
      "DoesNotLookAgain": "0 is let in before 1: 0 comes, 1 comes, 0 leaves, 0 comes",
      "ForgetsWhenThrown": "who waits is never let in: 0 comes, 0 throws, 0 comes",
      "LastComeFirstServed": "2 is let in before 1: 0 comes, 1 comes, 2 comes, 0 leaves",
      "LetsEverybodyIn": "1 is let in while 0 is in: 0 comes, 1 comes",
      "LetsOthersPassBy": "0 is let in before 1: 0 comes, 1 comes, 0 leaves, 0 comes",
      "SwallowsWhatIsThrown": "0 is told undefined, not of 0: 0 comes, 0 throws",
      "WaitsTooLate": "0 is let in before 1: 0 comes, 1 comes, 0 leaves, 0 comes",
      "WakesTwo": "2 is let in while 1 is in: 0 comes, 1 comes, 2 comes, 0 leaves",
    }
  `);
});

/** A number below, read and written with a wait in between. */
class Counter {
  secret = 0;
  private readonly below: { get(): Promise<number>; set(value: number): Promise<void> };

  constructor(below: Counter['below']) {
    this.below = below;
  }

  async add(): Promise<number> {
    const value = (await this.below.get()) + 1;
    await this.below.set(value);
    return value;
  }

  /** Called from within, it does not wait for itself. */
  async twice(): Promise<number> {
    await this.add();
    return this.add();
  }

  size(): number {
    return 1;
  }
}

function memory() {
  let value = 0;
  return {
    get: async () => value,
    set: async (next: number) => {
      value = next;
    },
  };
}

describe('locked code', () => {
  test('is entered one at a time', async () => {
    const unlocked = new Counter(memory());
    expect(await Promise.all([unlocked.add(), unlocked.add()])).toEqual([1, 1]);
    const counter = locked(Counter, memory());
    expect(await Promise.all([counter.add(), counter.twice(), counter.add()])).toEqual([1, 3, 4]);
  });

  test('gives out its operations, which answer later, and nothing else', async () => {
    const counter = locked(Counter, memory());
    expect(await counter.size()).toBe(1);
    expect(Object.keys(counter).sort()).toEqual(['add', 'size', 'twice']);
    expect('secret' in counter).toBe(false);
    expect('below' in counter).toBe(false);
    expect(Object.getPrototypeOf(counter)).toBe(null);
    expect(() => Object.assign(counter, { add: () => 0 })).toThrow('read only');
    // @ts-expect-error a field is no operation
    expect(counter.secret).toBe(undefined);
  });

  test('is alone on its machine: another lock would let it be passed by', () => {
    const below = memory();
    locked(Counter, below);
    expect(() => locked(Counter, below)).toThrow('use the one that is there');
  });
});

test('code is async if one of its methods is', () => {
  class Inherits extends Counter {}
  class Never {
    get(): number {
      return 1;
    }
  }
  expect([Counter, Inherits, Never].map((code) => isAsync(code))).toEqual([true, true, false]);
});
