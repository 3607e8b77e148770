/**
 * A solver of the system, over a pipe. The process is kept and reset between queries; it is killed
 * and started anew as soon as anything is not as it should be.
 */
import { type ChildProcessWithoutNullStreams, spawn } from 'node:child_process';
import { parse, show } from './expression.ts';
import type { Failed, Limits, Reply, Solver, Undecided } from './solver.ts';

export interface Dialect {
  readonly command: string;
  /** The command's arguments; z3 is told there how much memory it may use. */
  readonly arguments: (limits: Limits) => readonly string[];
  /** Makes the process as new, and sets it up. */
  readonly begin: (limits: Limits, core: boolean) => string;
  /**
   * Whether a query is only a scope of its own, which the next one leaves: ten times faster where
   * queries are tiny, but what a solver has learnt about its work is not forgotten.
   */
  readonly scoped?: boolean;
  /** What an error of this solver means, if it is not that something is broken. */
  readonly understood?: (reply: Reply) => Reply;
}

/** What the process printed up to the mark, or why there is nothing. */
type Said = { readonly kind: 'said'; readonly text: string } | Undecided | Failed;

export class PipeSolver implements Solver {
  private readonly dialect: Dialect;
  private child: ChildProcessWithoutNullStreams | undefined;
  private megabytes = 0;
  private marks = 0;
  /** What the process was set up with, if it still is. */
  private begun = '';

  constructor(dialect: Dialect) {
    this.dialect = dialect;
  }

  async solve(
    text: string,
    wanted: readonly string[],
    limits: Limits,
    named: readonly string[] = [],
  ): Promise<Reply> {
    if (this.megabytes !== limits.megabytes) await this.close();
    this.child ??= this.open(limits);
    const until = performance.now() + limits.milliseconds;
    const core = named.length > 0;
    const said = await this.talk(`${this.start(limits, core)}\n${text}`, wanted, until);
    const reply = core && said.kind === 'unsat' ? await this.core(until) : said;
    if (!isSettled(reply)) await this.close();
    return this.dialect.understood?.(reply) ?? reply;
  }

  private start(limits: Limits, core: boolean): string {
    const begin = this.dialect.begin(limits, core);
    if (!this.dialect.scoped) return begin;
    const start = this.begun === begin ? '(pop 1)\n(push 1)' : `${begin}\n(push 1)`;
    this.begun = begin;
    return start;
  }

  close(): Promise<void> {
    const { child } = this;
    this.child = undefined;
    this.begun = '';
    if (child === undefined || child.exitCode !== null || child.signalCode !== null) {
      return Promise.resolve();
    }
    return new Promise((resolve) => {
      child.once('close', () => resolve()).once('error', () => resolve());
      child.kill('SIGKILL');
    });
  }

  private async talk(text: string, wanted: readonly string[], until: number): Promise<Reply> {
    const said = await this.ask(`${text}(check-sat)`, until);
    if (said.kind !== 'said') return said;
    if (said.text === 'unsat') return { kind: 'unsat' };
    if (said.text === 'unknown') return this.why(until);
    if (said.text !== 'sat') return failure(said.text);
    if (wanted.length === 0) return { kind: 'sat', values: [] };
    const values = await this.ask(`(get-value (${wanted.join(' ')}))`, until);
    return values.kind === 'said' ? pairs(values.text, wanted.length) : values;
  }

  private async core(until: number): Promise<Reply> {
    const said = await this.ask('(get-unsat-core)', until);
    return said.kind === 'said' ? { kind: 'unsat', core: namesIn(said.text) } : said;
  }

  private async why(until: number): Promise<Reply> {
    const said = await this.ask('(get-info :reason-unknown)', until);
    if (said.kind !== 'said') return said;
    return { kind: 'unknown', reason: reasonOf(said.text), detail: said.text };
  }

  private open(limits: Limits): ChildProcessWithoutNullStreams {
    this.megabytes = limits.megabytes;
    this.begun = '';
    const { command } = this.dialect;
    const given = this.dialect.arguments(limits);
    // The shell limits the whole process: a solver's own count of its memory is not all of it.
    const kilobytes = (limits.megabytes + 256) * 1024;
    const limited = `ulimit -v ${kilobytes} 2>/dev/null; exec "$0" "$@"`;
    const child =
      process.platform === 'win32'
        ? spawn(command, given)
        : spawn('/bin/sh', ['-c', limited, command, ...given]);
    // A broken pipe is seen as the end of the process; it must not become an exception.
    child.stdin.on('error', () => {});
    child.on('error', () => {});
    child.once('exit', () => {
      if (this.child === child) this.child = undefined;
    });
    return child;
  }

  /** Sends commands and listens until the process echoes the mark. */
  private ask(commands: string, until: number): Promise<Said> {
    const { child } = this;
    if (child === undefined) return Promise.resolve(failure('the solver ended'));
    const mark = `plimsoll-${++this.marks}`;
    return new Promise((resolve) => {
      let printed = '';
      let complained = '';
      const finish = (said: Said): void => {
        clearTimeout(timer);
        child.stdout.off('data', hear);
        child.stderr.off('data', complain);
        child.off('close', ended).off('error', failed);
        resolve(said);
      };
      const hear = (chunk: Buffer): void => {
        printed += chunk.toString('utf8');
        const text = beforeMark(printed, mark);
        if (text !== undefined) finish(judged(text));
        else if (printed.length > mostPrinted) finish(failure(printed));
      };
      const complain = (chunk: Buffer): void => {
        complained = (complained + chunk.toString('utf8')).slice(-2000);
      };
      const ended = (): void => finish(judgedEnd(printed + complained));
      const failed = (error: Error): void => finish({ kind: 'error', detail: error.message });
      const left = Math.max(1, until - performance.now());
      const timer = setTimeout(() => {
        const detail = 'stopped at the time limit';
        finish({ kind: 'unknown', reason: 'timeout', detail });
      }, left);
      child.stdout.on('data', hear);
      child.stderr.on('data', complain);
      child.on('close', ended).on('error', failed);
      child.stdin.write(`${commands}\n(echo "${mark}")\n`);
    });
  }
}

/** Whether the process is well, and may be asked again. */
function isSettled(reply: Reply): boolean {
  if (reply.kind !== 'unknown') return reply.kind !== 'error';
  return reply.reason === 'resources' || reply.reason === 'incomplete';
}

const mostPrinted = 50_000_000;

/** The text above the line that is the mark; some solvers print its quotes. */
function beforeMark(printed: string, mark: string): string | undefined {
  const tail = printed.slice(-mark.length - 4).trimEnd();
  if (!tail.endsWith(mark) && !tail.endsWith(`${mark}"`)) return undefined;
  const lines = printed.trimEnd().split('\n');
  const last = lines.pop()?.trim();
  return last === mark || last === `"${mark}"` ? lines.join('\n').trim() : undefined;
}

/** Whatever stands beside an error is no answer: solvers go on after one. */
function judged(text: string): Said {
  if (/out of memory|bad_alloc/.test(text)) return outOfMemory(text);
  return text.includes('(error') ? failure(text) : { kind: 'said', text };
}

function judgedEnd(text: string): Said {
  if (/out of memory|bad_alloc|memory exhausted/.test(text)) return outOfMemory(text);
  return failure(text.trim() === '' ? 'the solver ended' : text);
}

function outOfMemory(text: string): Undecided {
  return { kind: 'unknown', reason: 'memory', detail: excerpt(text) };
}

function failure(text: string): Failed {
  return { kind: 'error', detail: `the solver printed: ${excerpt(text)}` };
}

function excerpt(text: string): string {
  return text.length > 300 ? `${text.slice(0, 300)}...` : text;
}

function reasonOf(text: string): Undecided['reason'] {
  if (/memory|memout/.test(text)) return 'memory';
  if (/canceled|resource/.test(text)) return 'resources';
  return /timeout/.test(text) ? 'timeout' : 'incomplete';
}

/** `(name ...)` */
function namesIn(text: string): string[] {
  return text.split(/[\s()]+/).filter((name) => name !== '');
}

/** `((term value) ...)`: the values, in the order of the question. */
function pairs(text: string, count: number): Reply {
  try {
    const [list, ...rest] = parse(text);
    if (rest.length > 0 || !Array.isArray(list) || list.length !== count) return failure(text);
    const values = list.map((pair) => {
      if (!Array.isArray(pair) || pair.length !== 2) throw new Error('no pair');
      return show(pair[1]);
    });
    return { kind: 'sat', values };
  } catch {
    return failure(text);
  }
}
