/**
 * `plimsoll prove --watch`: proves again what a change touches.
 *
 * The compiler, the solvers and their answers stay in memory. A layer is proved again when a file
 * changes that its reading asked for; a change that comes while it is being proved ends that.
 */
import type { RunEvent } from '../../report/event.ts';
import type { Program } from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { selected, selectedStacks } from '../command/chosen-layers.ts';
import { type Ended, type Exit, WrongUse, worst } from '../command/exit.ts';
import { explain } from '../command/failure.ts';
import { prepare } from '../command/load.ts';
import { shownPath } from '../command/package.ts';
import { nothing, Session } from '../command/session.ts';
import { Newcomers } from './newcomers.ts';
import type { ProveOptions } from './prove.ts';
import { proveOne } from './prove-layers.ts';
import { Proved, proveOneStack } from './prove-stacks.ts';
import { refusedAsEvents } from './refused.ts';
import { makePools, type Pools } from './solvers.ts';
import { WatchedPaths } from './watched-paths.ts';

/** How often files are looked at; a change counts when nothing else has changed for as long. */
const pause = 40;
/** Editors that replace a file leave a moment in which there is none. */
const absencePause = 250;

/** Says nothing any more once what it is about has changed. */
class Round extends Session {
  stale = false;
  /** Whether the solver has failed to answer. */
  spent = false;

  override event(event: RunEvent): void {
    if (this.stale) return;
    if (event.event === 'verdict' && event.verdict.kind === 'unknown')
      this.spent ||= ['timeout', 'resources', 'memory', 'solver'].includes(event.verdict.reason);
    super.event(event);
  }
}

/** A proof file that is watched. */
interface Watched {
  readonly file: string;
  /** What its last reading depended on. */
  asked: ReadonlySet<string>;
  /** The sources of the last verdict. */
  proved: string | undefined;
  exit: Exit | undefined;
}

function unread(file: string): Watched {
  return { file, asked: new Set([file]), proved: undefined, exit: undefined };
}

/** Proves these files, and any that `find` finds later, whenever they change, until interrupted. */
export function watchLayers(
  files: readonly string[],
  options: ProveOptions,
  find: () => readonly string[],
): Promise<Ended> {
  return new Watch(files, options, new Newcomers(find, files)).run();
}

class Watch {
  private readonly options: ProveOptions;
  private readonly watched: Watched[];
  private readonly newcomers: Newcomers;
  private readonly paths = new WatchedPaths();
  /** What is still to be proved. */
  private readonly waiting = new Set<Watched>();
  /** Paths that change right now. */
  private readonly fresh = new Set<string>();
  /** Changes of which nothing has been said yet. */
  private readonly changes = new Set<string>();
  private pools: Pools | undefined;
  private current: { readonly of: Watched; readonly round: Round } | undefined;
  private version = 0;
  private ended = false;
  private wake = () => {};

  constructor(files: readonly string[], options: ProveOptions, newcomers: Newcomers) {
    this.options = options;
    this.newcomers = newcomers;
    this.watched = files.map(unread);
    for (const one of this.watched) this.waiting.add(one);
    this.paths.add(files, Date.now());
  }

  async run(): Promise<Ended> {
    const interrupted = () => this.end();
    const signals = ['SIGINT', 'SIGTERM'] as const;
    for (const signal of signals) process.once(signal, interrupted);
    const looking = this.look();
    while (!this.ended) {
      await this.proveWaiting();
      if (!this.ended && this.waiting.size === 0) await this.nap();
    }
    await looking;
    for (const signal of signals) process.off(signal, interrupted);
    await this.pools?.close();
    const exits = this.watched.flatMap(({ exit }) => (exit === undefined ? [] : [exit]));
    // Interrupted before there was a verdict at all: as any other command.
    return exits.length === 0 ? 130 : worst(exits);
  }

  private end(): void {
    this.ended = true;
    this.cancel();
    this.wake();
  }

  private nap(): Promise<void> {
    return new Promise((resolve) => {
      this.wake = resolve;
    });
  }

  private async proveWaiting(): Promise<void> {
    let decided = false;
    for (const one of this.waiting) {
      if (this.ended) return;
      this.waiting.delete(one);
      decided = (await this.proveFile(one)) || decided;
    }
    if (!decided || this.ended) return;
    const exits = this.watched.flatMap(({ exit }) => (exit === undefined ? [] : [exit]));
    const session = new Session(this.options);
    session.event({ event: 'end', exit: worst(exits) });
    session.note('watching for changes; Ctrl-C ends it\n');
    // Whatever will be refuted is run: the thread that translates it gets ready now.
    prepare({ bounded: true });
  }

  /** Whether there is a new verdict. */
  private async proveFile(one: Watched): Promise<boolean> {
    const round = new Round(this.options);
    this.current = { of: one, round };
    this.version++;
    try {
      const program = await this.read(one, round);
      if (program && one.proved === sourcesOf(program)) return false;
      this.announce();
      if (program) await this.prove(program, round);
      if (round.stale) return false;
      one.proved = program && sourcesOf(program);
      one.exit = round.exit;
    } catch (error) {
      if (round.stale) return false;
      this.announce();
      const failure = explain(error, round.folder);
      process.stderr.write(failure.text);
      one.proved = undefined;
      one.exit = failure.exit;
    } finally {
      this.current = undefined;
    }
    return true;
  }

  /** The sources; undefined if they are outside the subset, which has been said then. */
  private async read(one: Watched, round: Round): Promise<Program | undefined> {
    const asked = new Set([one.file]);
    const since = Date.now();
    let program: Program | undefined;
    try {
      await refusedAsEvents('prove', one.file, round, async () => {
        program = readProgram([one.file], { asked }).program;
      });
    } finally {
      // Also of sources that cannot be read: the next change may mend them.
      one.asked = asked;
      this.paths.add(asked, since);
    }
    return program;
  }

  private async prove(program: Program, session: Round): Promise<void> {
    const { options, version } = this;
    const { only } = options;
    const layers = selected(program, only);
    const stacks = selectedStacks(program, only);
    if (layers.length + stacks.length === 0) throw new WrongUse(nothing(only), 'selection');
    this.pools ??= makePools(options, new Session(options));
    const { poolOf } = this.pools;
    const proved = new Proved((one) => proveOne({ ...one, poolOf, options, session, version }));
    for (const layer of layers) if (!session.stale) await proved.prove({ program, layer });
    for (const stack of stacks)
      if (!session.stale) await proveOneStack({ program, stack, proved, session, version });
    // A solver that gave no answer is given up, unless it is started anew.
    if (session.spent) await this.closePools();
  }

  /** Says once what has changed, if it matters. */
  private announce(): void {
    if (this.changes.size === 0) return;
    new Session(this.options).note(`changed: ${[...this.changes].join(', ')}`);
    this.changes.clear();
  }

  /** Ends what is being proved: nobody wants to know any more. */
  private cancel(): void {
    if (!this.current) return;
    this.current.round.stale = true;
    void this.closePools();
  }

  private async closePools(): Promise<void> {
    const { pools } = this;
    this.pools = undefined;
    await pools?.close().catch(() => {});
  }

  /** Looks at the files until the end. */
  private async look(): Promise<void> {
    while (!this.ended) {
      await sleep(this.wait());
      for (const file of this.newcomers.look()) {
        this.watched.push(unread(file));
        this.fresh.add(file);
      }
      const found = this.paths.changed();
      for (const path of found) this.fresh.add(path);
      if (found.length === 0 && this.fresh.size > 0) this.settle();
    }
  }

  private wait(): number {
    const absent = [...this.fresh].some((path) => isSource(path) && this.paths.isAbsent(path));
    return absent ? absencePause : pause;
  }

  /** Nothing has changed for a while: what is touched by the changes before has to be proved. */
  private settle(): void {
    const changes = [...this.fresh];
    this.fresh.clear();
    const touched = this.watched.filter(({ asked }) => changes.some((path) => asked.has(path)));
    if (touched.length === 0) return;
    for (const one of touched) {
      // Options may change what the same sources mean.
      if (!changes.every(isSource)) one.proved = undefined;
      this.waiting.add(one);
      if (this.current?.of === one) this.cancel();
    }
    for (const path of changes) this.changes.add(shownPath(path, process.cwd()));
    this.wake();
  }
}

const isSource = (path: string) => path.endsWith('.ts');

function sourcesOf(program: Program): string {
  return JSON.stringify([...program.files]);
}

function sleep(milliseconds: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, milliseconds));
}
