/**
 * A layer on a file, used at random, with the power cut at random operations of the disk.
 *
 * What the promise allows is known as the set of states that it may be in, as in the explorer.
 */
import type { Instance } from '../../src/explore/index.ts';
import { Promised, showAnswer } from '../../src/explore/promised.ts';
import { show } from '../../src/explore/show.ts';
import { type Life, openDiskStore, openStore } from '../../src/host/index.ts';
import type { Disk, Operations, TwoDisks } from '../../src/model/index.ts';
import { Random } from '../differential/random.ts';

/** Puts a machine of one's own on the disk that there is a host for. */
export type OnDisk = (disk: Operations<Disk>) => Operations<object>;

export interface Ran {
  /** Operations that ran to their end. */
  readonly operations: number;
  /** Cuts within an operation, and within init or recover. */
  readonly cuts: number;
  readonly again: number;
  readonly wrong?: string;
}

type Code = Life & Record<string, (...given: readonly unknown[]) => unknown>;
type CodeClass = new (lower: never) => Code;

class Cut extends Error {}

/** Operations before power goes; infinite where it stays. */
interface Power {
  left: number;
}

/** The same code; its disk stops when there is no power left, also within an operation. */
function powered(layer: CodeClass, power: Power, put: OnDisk | undefined) {
  return class {
    private readonly code: Code;

    constructor(lower: Operations<Disk> | Operations<TwoDisks>) {
      const machine = failing(lower, power);
      this.code = new layer((put ? put(machine as Operations<Disk>) : machine) as never);
    }

    init() {
      return this.code.init();
    }

    recover() {
      return this.code.recover();
    }

    call(name: string, given: readonly unknown[]) {
      return this.code[name]!(...given);
    }
  };
}

function failing<T extends object>(lower: T, power: Power): T {
  return new Proxy(lower, {
    get(machine, name) {
      const operation = Reflect.get(machine, name, machine) as unknown;
      if (typeof operation !== 'function') return operation;
      return (...given: unknown[]) => {
        if (power.left-- <= 0) throw new Cut();
        return operation.apply(machine, given);
      };
    },
  });
}

export interface Run {
  readonly instance: Instance;
  /** One image, or two, as the layer wants. */
  readonly paths: readonly [string] | readonly [string, string];
  readonly put: OnDisk | undefined;
  readonly blocks: number;
  readonly operations: number;
  readonly seed: number;
}

/**
 * A disk of which up to two blocks, from the block `first` on, go bad for good: what is written
 * there is lost. Which they are is known over all runs.
 */
export function wearing(random: Random, first: number, put: OnDisk): OnDisk {
  const bad = new Set<number>();
  return (disk) =>
    put({
      read: (address) => disk.read(address),
      size: () => disk.size(),
      write(address, block) {
        if (address >= first && bad.size < 2 && random.once(12)) bad.add(address);
        if (!bad.has(address)) disk.write(address, block);
      },
    });
}

/** Uses a new store until so many operations were called. */
export async function runOnDisk(run: Run): Promise<Ran> {
  const { instance, seed } = run;
  const random = new Random(seed);
  const power: Power = { left: 0 };
  const promised = new Promised(instance.layer.promise);
  const sample = { blocks: instance.blocks, length: run.blocks };
  const calls = instance.operations.flatMap(({ name, arguments: all }) =>
    all.map((given) => ({ name, arguments: given, key: `${name} ${show(given)}` })),
  );
  const ran = { operations: 0, cuts: 0, again: 0 };
  const start = async (create: boolean) => {
    for (let first = create; ; first = false)
      try {
        power.left = random.once(2) ? random.below(12) : Number.POSITIVE_INFINITY;
        return await open(run, power, first);
      } catch (error) {
        if (!(error instanceof Cut)) throw error;
        ran.again++;
      }
  };
  let store = await start(true);
  let states = promised.initial(sample);
  for (let i = 0; i < run.operations; i++) {
    if (random.once(10)) {
      store.close();
      store = await start(false);
      states = promised.idle(states, sample);
    }
    const call = random.pick(calls);
    if (promised.forbids(states, call, sample)) continue;
    power.left = random.once(4) ? random.below(6) : Number.POSITIVE_INFINITY;
    const answer = await answerOf(() => store.layer.call(call.name, call.arguments));
    if (answer === undefined) {
      ran.cuts++;
      store.close();
      store = await start(false);
      states = promised.cut(states, call, sample);
      continue;
    }
    const after = promised.answered(states, call, answer, sample);
    if (after === undefined) {
      const allowed = promised.allowed(states, call, sample).join(' or ');
      store.close();
      return { ...ran, wrong: `${call.key}: ${showAnswer(answer)}, allowed is ${allowed}` };
    }
    states = after;
    ran.operations++;
  }
  store.close();
  return ran;
}

async function open({ instance, paths, put, blocks }: Run, power: Power, create: boolean) {
  const layer = powered(instance.layer.code as unknown as CodeClass, power, put);
  const made = create ? { create: { blocks, blockSize: 512 } } : {};
  const [first, second] = paths;
  return second === undefined
    ? openDiskStore({ layer, path: first, ...made })
    : openStore({ layer, paths: [first, second], ...made });
}

/** What was answered; undefined if power went. */
async function answerOf(call: () => unknown) {
  try {
    return { kind: 'returned', value: await call() } as const;
  } catch (error) {
    if (error instanceof Cut) return undefined;
    return { kind: 'threw', error: error as Error } as const;
  }
}
