/** What counts as wrong, on layers of a few lines over one register. */
import { describe, expect, test } from 'vitest';
import { anyInteger, anyOf } from '../model/choice.ts';
import { assume, invariant, requires } from '../model/ghost.ts';
import type { Operations } from '../model/machine.ts';
import { explore } from './explore.ts';
import type { Instance, Layer, Outcome } from './instance.ts';

/** One number that survives the loss of power. */
class Register {
  value: number;

  constructor(value: number) {
    this.value = value;
  }

  static initial(): Register {
    return new Register(anyInteger(0, 1));
  }

  get(): number {
    return this.value;
  }

  set(value: number): void {
    this.value = value;
  }

  crash(): void {}
}

class Full extends Error {}

/** The same again, on itself. */
class Plain {
  protected readonly below: Operations<Register>;

  constructor(below: Operations<Register>) {
    this.below = below;
  }

  init(): boolean {
    return true;
  }

  recover(): void {}

  get(): number {
    return this.below.get();
  }

  set(value: number): void {
    this.below.set(value);
  }
}

const plain: Layer = {
  promise: Register,
  code: Plain,
  on: Register,
  initially: (below: Register) => new Register(below.value),
};

const operations = [
  { name: 'get', arguments: [[]] },
  { name: 'set', arguments: [[0], [1]] },
];

function run(layer: Partial<Layer>, more: Partial<Instance> = {}): Promise<Outcome> {
  const whole = { ...plain, ...layer };
  return explore({ layer: whole, operations, blocks: [], length: 0, async: false, ...more });
}

test('a register on itself is explored completely', async () => {
  const outcome = await run({});
  expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
  // New with either value; up and down with either value, each known to be that or in doubt.
  expect(outcome.counts).toMatchObject({ states: 10, initialised: 2, refused: 0 });
});

test('of many answers that the promise allows some are named', async () => {
  class Any extends Register {
    static override initial(): Any {
      return new Any(anyInteger(0, 1));
    }

    override get(): number {
      return anyInteger(0, 99);
    }
  }
  class Beyond extends Plain {
    override get(): number {
      return 100;
    }
  }
  const initially = (below: Register) => new Any(below.value);
  const outcome = await run({ promise: Any, code: Beyond, initially });
  const allowed = [...Array.from({ length: 12 }, (_, i) => `${i}`), 'one of 88 others'];
  expect(outcome).toMatchObject({ kind: 'violation', found: '100', allowed });
});

describe('memory of the code', () => {
  class Lazy extends Plain {
    private pending: number | null = null;

    override set(value: number): void {
      this.pending = value;
    }

    override get(): number {
      if (this.pending !== null) this.below.set(this.pending);
      this.pending = null;
      return this.below.get();
    }
  }

  test('is lost with the power', async () => {
    const outcome = await run({ code: Lazy });
    expect(outcome).toMatchObject({ kind: 'violation', found: '0', allowed: ['1'] });
  });

  test('may be lost if the promise says so', async () => {
    class Volatile extends Register {
      kept: number;

      constructor(value: number) {
        super(value);
        this.kept = value;
      }

      static override initial(): Volatile {
        return new Volatile(anyInteger(0, 1));
      }

      override crash(): void {
        this.kept = anyOf([this.kept, this.value]);
        this.value = this.kept;
      }
    }
    // Which of the writes since `kept` survive is not told: the promise forgets all or none.
    const initially = (below: Register) => new Volatile(below.value);
    const outcome = await run({ code: Lazy, promise: Volatile, initially }, { depth: 2 });
    expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
  });
});

describe('errors', () => {
  test('a declared one must be promised', async () => {
    class Refuses extends Plain {
      override set(): void {
        throw new Full();
      }
    }
    class MayBeFull extends Register {
      static override initial(): MayBeFull {
        return new MayBeFull(anyInteger(0, 1));
      }

      override set(value: number): void {
        if (anyOf([true, false])) throw new Full();
        this.value = value;
      }
    }
    expect(await run({ code: Refuses })).toMatchObject({ kind: 'violation', found: 'throws Full' });
    const initially = (below: Register) => new MayBeFull(below.value);
    expect(await run({ code: Refuses, promise: MayBeFull, initially })).toMatchObject({
      kind: 'explored',
    });
  });

  test('any other is a violation, with its place', async () => {
    class Breaks extends Plain {
      override get(): number {
        return (undefined as unknown as { value: number }).value;
      }
    }
    expect(await run({ code: Breaks })).toMatchObject({
      kind: 'violation',
      because: expect.stringContaining('get(): the code threw TypeError'),
      at: { file: import.meta.filename },
    });
  });

  test('code that does not come to an end is told from code that does', async () => {
    class Endless extends Plain {
      override get(): number {
        while (this.below.get() < 2) this.below.get();
        return 0;
      }
    }
    const outcome = await run({ code: Endless }, { limits: { effects: 100 } });
    expect(outcome).toMatchObject({
      kind: 'violation',
      because: expect.stringContaining('it does not return: 100 operations'),
    });
  });
});

describe('statements', () => {
  class Claims extends Plain {
    override get(): number {
      const value = this.below.get();
      for (let turn = 0; turn < 1; turn++) invariant(() => value === 0);
      return value;
    }
  }

  test('that are false are told from a broken promise', async () => {
    expect(await run({ code: Claims })).toMatchObject({
      kind: 'statement',
      because: 'get(): a loop invariant does not hold',
      at: { file: import.meta.filename },
    });
  });

  test('do not hide a broken promise', async () => {
    class Worse extends Claims {
      override set(): void {}
    }
    expect((await run({ code: Worse })).kind).toBe('violation');
  });

  test('an operation of the machine below has a precondition', async () => {
    class Small extends Register {
      static override initial(): Small {
        return new Small(0);
      }

      override set(value: number): void {
        requires(value < 1);
        this.value = value;
      }
    }
    expect(await run({ on: Small })).toMatchObject({
      kind: 'statement',
      because: expect.stringContaining('outside its precondition'),
    });
  });

  test('a call that the promise forbids is not tried', async () => {
    class Small extends Register {
      static override initial(): Small {
        return new Small(anyInteger(0, 1));
      }

      override set(value: number): void {
        requires(value < 1);
        this.value = value;
      }
    }
    const initially = (below: Register) => new Small(below.value);
    const outcome = await run({ promise: Small, initially });
    expect(outcome).toMatchObject({ kind: 'explored', exhausted: true });
    expect(outcome.counts.skipped).toBeGreaterThan(0);
  });

  test('`initially` must give an initial state', async () => {
    const outcome = await run({ initially: () => new Register(7) });
    expect(outcome).toMatchObject({ kind: 'statement' });
    expect(outcome).toHaveProperty('because', expect.stringContaining('initially'));
  });

  test('without `initially` any initial state may be meant', async () => {
    const { initially: _, ...silent } = plain;
    const instance = { operations, blocks: [], length: 0, async: false };
    expect(await explore({ ...instance, layer: silent })).toMatchObject({ kind: 'explored' });
  });
});

describe('nothing is shown', () => {
  test('when no store can be initialised', async () => {
    class Never extends Plain {
      override init(): boolean {
        return false;
      }
    }
    expect(await run({ code: Never })).toMatchObject({
      kind: 'vacuous',
      because: 'init() never answers true',
    });
  });

  test('when a crash of the promise, or of the machine below, has no outcome', async () => {
    class Eternal extends Register {
      static override initial(): Eternal {
        return new Eternal(anyInteger(0, 1));
      }

      override crash(): void {
        anyOf([]);
      }
    }
    const initially = (below: Register) => new Eternal(below.value);
    const place = { file: import.meta.filename };
    expect(await run({ promise: Eternal, initially })).toMatchObject({
      kind: 'vacuous',
      because: expect.stringContaining('crash() of the promise has no step'),
      at: place,
    });
    expect(await run({ on: Eternal })).toMatchObject({
      kind: 'vacuous',
      because: expect.stringContaining('crash() of the machine below has no step'),
      at: place,
    });
  });

  test('when an operation of either has no step', async () => {
    class Stuck extends Register {
      static override initial(): Stuck {
        return new Stuck(anyInteger(0, 1));
      }

      override get(): number {
        return anyInteger(1, 0);
      }
    }
    const initially = (below: Register) => new Stuck(below.value);
    expect(await run({ promise: Stuck, initially })).toMatchObject({ kind: 'vacuous' });
    expect(await run({ on: Stuck })).toMatchObject({ kind: 'vacuous' });
  });

  test('when an assumption rules out every run of an operation', async () => {
    class Assumes extends Plain {
      override get(): number {
        assume(false, 'a test');
        return 7;
      }
    }
    expect(await run({ code: Assumes })).toMatchObject({
      kind: 'vacuous',
      because: 'get() never runs to its end',
    });
  });
});

test('state that cannot be read is refused, not overlooked', async () => {
  class Hidden extends Plain {
    #calls = 0;

    override get(): number {
      return this.#calls++ > 9 ? 9 : this.below.get();
    }
  }
  await expect(run({ code: Hidden })).rejects.toThrow('Hidden keeps state in #calls');
});

test('code that depends on more than its state is refused', async () => {
  let calls = 0;
  class Counts extends Plain {
    override get(): number {
      if (calls++ % 2 === 0) this.below.get();
      return this.below.get();
    }
  }
  class Chooses extends Register {
    static override initial(): Chooses {
      return new Chooses(0);
    }

    fault(): void {
      anyInteger(0, 1);
    }
  }
  await expect(run({ code: Counts, on: Chooses })).rejects.toThrow('run again');
});
