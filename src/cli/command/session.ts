/** One run of a verb: prints its events, keeps what later runs need, and adds up the exit. */
import { writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import type { Counterexample } from '../../explore/index.ts';
import type { Reporter, RunEvent } from '../../report/event.ts';
import { pathText } from '../../report/frame.ts';
import { several } from '../../report/run.ts';
import { testFile } from '../explore/counterexample-file.ts';
import { fingerprint, record } from '../prove/verdicts.ts';
import { type Exit, exitOf, WrongUse, worst } from './exit.ts';
import { type Failure, failureEvent } from './failure.ts';
import { makeFolder } from './make-folder.ts';
import type { ReportOptions } from './options.ts';
import { projectRoot, version } from './package.ts';
import { pagePrinter } from './page-file.ts';
import { printer } from './terminal.ts';

type VerdictEvent = Extract<RunEvent, { event: 'verdict' }>;

export interface SessionOptions extends ReportOptions {
  readonly writeTest?: string;
}

export class Session implements Reporter {
  readonly folder = process.cwd();
  readonly root = projectRoot(process.cwd());
  readonly cacheFolder = join(this.root, '.plimsoll/cache');
  private readonly inner: Reporter;
  private readonly options: SessionOptions;
  private readonly exits: Exit[] = [];
  private readonly solvers = new Set<string>();
  private testWritten = false;
  private ended = false;
  /** A process runs one command. */
  private static current: Session | undefined;

  constructor(options: SessionOptions) {
    this.options = options;
    this.inner = several([printer(options), ...(options.html ? [pagePrinter(options.html)] : [])]);
    Session.current = this;
  }

  /** Ends the run that is under way, if there is one: what is known by now is still reported. */
  static abandon(failure: RunEvent, exit: Exit): void {
    const session = Session.current;
    if (!session || session.ended) return;
    session.ended = true;
    session.inner.event(failure);
    session.inner.event({ event: 'end', exit });
  }

  event(event: RunEvent): void {
    if (event.event === 'begin') this.solvers.clear();
    if (event.event === 'obligation' && event.solver !== '') this.solvers.add(event.solver);
    this.inner.event(event);
    if (event.event === 'verdict') this.verdict(event);
  }

  note(text: string): void {
    this.event({ event: 'note', text });
  }

  /** A line that must not get into what is piped on. */
  warn(text: string): void {
    if (this.options.format === 'json') this.note(text);
    else process.stderr.write(`${text}\n`);
  }

  /** What is wrong with one of several inputs: the run goes on with the others. */
  fail(failure: Failure): void {
    this.inner.event(failureEvent(failure));
    process.stderr.write(failure.text);
    this.exits.push(failure.exit);
  }

  /** Says whether the code of a run is what was proved. It does not change the exit. */
  standing(event: Pick<VerdictEvent, 'layer' | 'file' | 'verdict'>): void {
    if (this.options.format === 'json')
      this.inner.event({ ...event, event: 'verdict', verb: 'run', milliseconds: 0, trusts: [] });
    else this.warn(standingText(event));
  }

  /** The exit of all verdicts so far; undefined without any. */
  get exit(): Exit | undefined {
    return this.exits.length === 0 ? undefined : worst(this.exits);
  }

  /** The last event, and the exit of all verdicts and of what else there was. */
  end(other: Exit = 0): Exit {
    const exit = worst([...this.exits, other]);
    this.ended = true;
    this.inner.event({ event: 'end', exit });
    return exit;
  }

  /** The same, if there was anything to have a verdict about. */
  endSelected(only: string | undefined): Exit {
    if (this.exits.length === 0) throw new WrongUse(nothing(only), 'selection');
    return this.end();
  }

  private verdict(event: VerdictEvent): void {
    this.exits.push(exitOf(event.verdict));
    if (event.verb === 'prove' && event.sources) this.remember(event, event.sources);
    if (event.verdict.kind !== 'refuted' || event.verb === 'replay') return;
    if (event.verdict.counterexample) this.keep(event, event.verdict.counterexample);
  }

  private remember(event: VerdictEvent, sources: Readonly<Record<string, string>>): void {
    const hashes = new Map(Object.entries(sources));
    const recorded = {
      verdict: event.verdict.kind,
      source: fingerprint(hashes, this.root),
      sources: [...hashes.keys()].map((file) => pathText(file, this.root)).sort(),
      solvers: [...this.solvers].sort(),
      plimsoll: version,
    };
    try {
      record(this.root, event.file, event.layer, recorded);
    } catch (error) {
      const { message } = error as Error;
      this.warn(`warning: the verdict is not kept, so run will not know of it: ${message}`);
    }
  }

  /** Writes a counterexample where `replay` finds it, and says how to see it again. */
  private keep(event: VerdictEvent, counterexample: Counterexample): void {
    const target = join(this.root, '.plimsoll', `${event.layer}.${event.verb}.json`);
    try {
      save(target, `${JSON.stringify(counterexample, undefined, 2)}\n`);
      this.note(`replay: npx plimsoll replay ${pathText(target, this.folder)}`);
    } catch (error) {
      // It has been shown, and the verdict stands.
      this.warn(`warning: the counterexample is not kept: ${(error as Error).message}`);
    }
    if (this.options.writeTest === undefined || this.testWritten) return;
    const file = resolve(this.folder, this.options.writeTest);
    save(file, testFile(counterexample, event, file));
    this.testWritten = true;
    this.note(`test: ${pathText(file, this.folder)}`);
  }
}

/** Why a selection is empty, and how to fill it. */
export function nothing(only: string | undefined): string {
  return only === undefined
    ? 'no layer is declared; export one: export const name = refinement({ ... })'
    : `no layer is named ${only}; leave out --only to see what there is`;
}

/** Apart from what the run answers, so that the answer can be piped. */
function standingText({ layer, verdict }: Pick<VerdictEvent, 'layer' | 'verdict'>): string {
  if (verdict.kind !== 'unknown') return `${layer}: ${verdict.kind}`;
  return `warning: ${layer} is not proved: ${verdict.because}; try: ${verdict.remedy ?? ''}`;
}

function save(file: string, text: string): void {
  try {
    makeFolder(dirname(file));
    writeFileSync(file, text);
  } catch (error) {
    throw new WrongUse(`${file} cannot be written: ${(error as Error).message}`, 'output');
  }
}
