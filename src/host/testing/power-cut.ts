/**
 * Workloads that are recorded, and what must be there after each power cut.
 *
 * After a cut the machine boots anew: the recorder's locks are stale. The store is opened, looked
 * at, closed, opened again, written to, and opened once more, as it is and with either disk lost.
 */
import type { Operations, TwoDisks } from '../../model/index.ts';
import { Mirror } from '../../stack/mirror/code.ts';
import type { Creation } from '../create.ts';
import { nodeFiles, type Sync } from '../files.ts';
import { HostError } from '../host-error.ts';
import { Recorder } from '../recorder.ts';
import { type Life, openStore, type Store } from '../store.ts';
import { type Counts, type Cut, powerCuts, rebuild, type Tree } from '../survivors.ts';
import type { TwoDiskHost } from '../two-disk-host.ts';
import { block, type Failing, failing, numberIn, pathsIn, surroundings } from './world.ts';

export interface Workload<C extends Life> {
  readonly layer: new (pair: Operations<TwoDisks>) => C;
  readonly blocks: number;
  readonly blockSize: number;
  /** What is never torn; the block size unless said. */
  readonly unit?: number;
  readonly fails?: Failing;
  /** Uses a new store; tells `mark` what the outside world sees. */
  run(store: Store<C, TwoDiskHost>, mark: (text: string) => void): void;
  /** What is wrong with a store that was opened after a cut. */
  wrong(layer: C, marks: readonly string[]): string | undefined;
  /** Writes to it once more; what is wrong then. */
  use?(layer: C): string | undefined;
}

export interface Result {
  /** Power cuts of the workload itself. */
  readonly counts: Counts;
  /** Different states that cuts within the recovery from those left, and from these, and so on. */
  readonly again: number;
  readonly wrong: string | undefined;
  readonly asked: ReadonlyMap<Sync, number>;
}

type Loss = 0 | 1 | undefined;

/** A state that a cut left, and the number of the boot that finds it. */
interface Left extends Cut {
  readonly boot: number;
  /** The disk that somebody went on without. */
  readonly lost: Loss;
}

/** Plays a workload in one directory, and rebuilds what each cut leaves in the other. */
export async function cutPower<C extends Life>(
  workload: Workload<C>,
  [here, there]: readonly [string, string],
  ignore?: Sync,
): Promise<Result> {
  const recorder = await record(workload, here, ignore);
  const { asked } = recorder;
  const counts = { moments: 0, survivors: 0, states: 0 };
  const seen = new Set<string>();
  const left: Left[] = [];
  for (const cut of powerCuts(recorder, counts)) {
    const state = { ...cut, boot: 2, lost: undefined };
    const wrong = await check(workload, state, there);
    if (wrong) return { counts, again: 0, asked, wrong };
    seen.add(keyOf(cut));
    left.push(state);
  }
  const first = seen.size;
  for (let state = left.pop(); state; state = left.pop())
    for await (const next of cutsOfRecovery(workload, state, there, ignore)) {
      if (seen.has(keyOf(next))) continue;
      seen.add(keyOf(next));
      left.push(next);
      const wrong = await check(workload, next, there);
      if (wrong) return { counts, again: seen.size - first, asked, wrong };
    }
  return { counts, again: seen.size - first, asked, wrong: undefined };
}

/** Locks of earlier boots are removed at sight, whatever else is there: they make no difference. */
function withoutLocks(tree: Tree): Tree {
  return new Map([...tree].filter(([name]) => !name.includes('.lock.')));
}

function keyOf({ marks, tree }: Cut): string {
  const files = [...withoutLocks(tree)];
  return `${marks.length} ${files.map(([name, bytes]) => `${name}:${latin1(bytes)}`).join('\n')}`;
}

const latin1 = (bytes: Uint8Array) => Buffer.from(bytes).toString('latin1');

async function record<C extends Life>(
  workload: Workload<C>,
  folder: string,
  ignore: Sync | undefined,
): Promise<Recorder> {
  rebuild(new Map(), folder, nodeFiles);
  const { layer, blocks, blockSize, unit = blockSize } = workload;
  const recorder = new Recorder(nodeFiles, { unit, ignore });
  const files = failing(recorder, workload.fails ?? (() => undefined));
  const options = { paths: pathsIn(folder), create: { blocks, blockSize }, layer };
  const store = await openStore(options, surroundings(files));
  recorder.mark('created');
  workload.run(store, (text) => recorder.mark(text));
  store.close();
  return recorder;
}

/** Where a disk has died, the other one is not there to be lost as well. */
function losses<C extends Life>(workload: Workload<C>, { marks, lost }: Left): Loss[] {
  if (lost !== undefined) return [undefined, lost];
  return marks.includes('created') && !workload.fails ? [undefined, 0, 1] : [undefined];
}

/** Cuts power while a store is being opened, if it can be, also with a disk lost. */
async function* cutsOfRecovery<C extends Life>(
  workload: Workload<C>,
  left: Left,
  folder: string,
  ignore: Sync | undefined,
): AsyncGenerator<Left> {
  const { layer, blockSize, unit = blockSize } = workload;
  for (const without of losses(workload, left)) {
    rebuild(withoutLocks(left.tree), folder, nodeFiles);
    const recorder = new Recorder(nodeFiles, { unit, ignore });
    recorder.adopt(folder);
    for (const mark of left.marks) recorder.mark(mark);
    const from = recorder.log.length;
    const around = surroundings(recorder, { boot: left.boot });
    try {
      (await openStore({ paths: pathsIn(folder), layer, without }, around)).close();
    } catch (error) {
      if (error instanceof HostError) continue;
      throw error;
    }
    for (const cut of powerCuts(recorder, undefined, from))
      yield { ...cut, boot: left.boot + 1, lost: without ?? left.lost };
  }
}

async function check<C extends Life>(
  workload: Workload<C>,
  left: Left,
  folder: string,
): Promise<string | undefined> {
  for (const without of losses(workload, left)) {
    rebuild(left.tree, folder, nodeFiles);
    const wrong = await reopened(workload, left, folder, without);
    const told = left.marks.at(-1) ?? 'nothing';
    if (wrong) return `boot ${left.boot}, after ${told}, without ${without ?? 'no'} disk: ${wrong}`;
  }
  return undefined;
}

async function reopened<C extends Life>(
  workload: Workload<C>,
  { marks, boot }: Left,
  folder: string,
  without: Loss,
): Promise<string | undefined> {
  const { layer, blocks, blockSize } = workload;
  const around = surroundings(nodeFiles, { boot });
  const open = (create?: Creation) =>
    openStore({ paths: pathsIn(folder), layer, without, create }, around);
  try {
    for (const round of ['opened', 'opened again', 'opened after use']) {
      const store = await open().catch((error) => {
        // Creation was cut short: creating again must work, without a word about overwriting.
        if (marks.includes('created') || !(error instanceof HostError)) throw error;
        return open({ blocks, blockSize });
      });
      const used = round === 'opened after use' && workload.use !== undefined;
      const wrong = used ? workload.use?.(store.layer) : workload.wrong(store.layer, marks);
      store.close();
      if (wrong) return `${round}: ${wrong}`;
    }
  } catch (error) {
    if (error instanceof HostError) return `refused: ${error.message}`;
    throw error;
  }
  return undefined;
}

/** A mirror that recovers the other way round: the second disk decides. */
export class Backwards extends Mirror {
  private readonly both: Operations<TwoDisks>;

  constructor(pair: Operations<TwoDisks>) {
    super(pair);
    this.both = pair;
  }

  override recover(): void {
    for (let address = 0; address < this.size(); address++) {
      const content = this.both.read(1, address);
      if (content === null) return;
      this.both.write(0, address, content);
    }
  }
}

/** Writes through the mirror. The marks say which value is asked for, and which is there. */
export function mirrored(
  writes: readonly (readonly [address: number, value: number])[],
  { blocks, blockSize, unit = blockSize }: { blocks: number; blockSize: number; unit?: number },
  fails?: Failing,
  layer = Mirror,
): Workload<Mirror> {
  return {
    ...{ layer, blocks, blockSize, unit, ...(fails ? { fails } : {}) },
    run({ layer }, mark) {
      for (const [address, value] of writes) {
        mark(`begin ${address} ${value}`);
        layer.write(address, block(value, blockSize));
        mark(`end ${address} ${value}`);
        const found = numberIn(layer.read(address), blockSize);
        if (found !== value) throw new Error(`wrote ${value}, and read ${found}`);
      }
    },
    wrong(layer, marks) {
      if (layer.size() !== blocks) return `there are ${layer.size()} blocks`;
      for (let address = 0; address < blocks; address++) {
        const allowed = allowedAt(address, marks);
        const value = numberIn(layer.read(address), blockSize);
        if (!allowed.includes(value)) return `block ${address} is ${value}, not ${allowed}`;
      }
      return undefined;
    },
    use(layer) {
      layer.write(0, block(99, blockSize));
      return numberIn(layer.read(0), blockSize) === 99 ? undefined : 'a write is not read back';
    },
  };
}

/** What was acknowledged last; while a write is in flight, or what it writes. */
function allowedAt(address: number, marks: readonly string[]): readonly number[] {
  let allowed = [0];
  for (const mark of marks) {
    const [what, where, value] = mark.split(' ');
    if (Number(where) !== address) continue;
    allowed = what === 'begin' ? [...allowed, Number(value)] : [Number(value)];
  }
  return allowed;
}

/** A layer whose `init()` leaves something else each time it runs. */
export class Numbered {
  private readonly pair: Operations<TwoDisks>;

  constructor(pair: Operations<TwoDisks>) {
    this.pair = pair;
  }

  init(): boolean {
    const next = block((this.number() % 3) + 1);
    this.pair.write(0, 0, next);
    this.pair.write(1, 0, next);
    return true;
  }

  recover(): void {}

  number(): number {
    const content = this.pair.read(0, 0) ?? this.pair.read(1, 0);
    return content === null ? Number.NaN : numberIn(content);
  }
}

/** Whoever has seen the number of a store sees the same one ever after. */
export const numbered: Workload<Numbered> = {
  ...{ layer: Numbered, blocks: 1, blockSize: 512 },
  run({ layer }, mark) {
    mark(`saw ${layer.number()}`);
  },
  wrong(layer, marks) {
    const saw = marks.find((mark) => mark.startsWith('saw '));
    const now = `saw ${layer.number()}`;
    return saw === undefined || saw === now ? undefined : `first ${saw}, now ${now}`;
  },
};
