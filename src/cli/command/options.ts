/** Options that several verbs share, and what their values may be. */
import { availableParallelism } from 'node:os';
import { InvalidArgumentError, Option } from 'commander';

export interface ReportOptions {
  readonly format: 'text' | 'json' | 'junit' | 'sarif' | 'github';
  /** A page for people, written beside what is printed. */
  readonly html?: string;
  readonly verbose?: boolean;
}

export interface PoolOptions {
  /** False after `--no-cache`. */
  readonly cache: boolean;
  readonly solver: 'auto' | 'wasm' | 'z3' | 'cvc5';
  /** Whether solvers are told one tiny question after the other, without a new beginning. */
  readonly scoped?: boolean;
  readonly jobs: number;
  /** Seconds for one question; steps are counted if absent. */
  readonly timeout?: number;
  /** How many times the usual steps a question may take. */
  readonly effort?: number;
}

export interface SolverOptions extends PoolOptions {
  readonly seeds: number;
  /** Whether a solver of another make must agree. */
  readonly crossCheck?: boolean;
}

export interface BoundOptions {
  readonly blocks?: number;
  readonly values?: number;
  readonly operations?: number;
}

/** How operations overlap. */
export interface ScheduleOptions {
  readonly clients?: number;
  readonly unlocked?: boolean;
  /** False after `--no-reduction`. */
  readonly reduction?: boolean;
  readonly together?: readonly string[];
}

/** A parser of whole numbers within bounds, for commander. */
export function whole(low: number, high: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < low || value > high)
      throw new InvalidArgumentError(`It must be a whole number from ${low} to ${high}.`);
    return value;
  };
}

const verboseOption = (): Option => new Option('--verbose', 'a line for every obligation');

/** Of verbs whose end is a verdict. */
export const reportOptions = (): Option[] => [
  new Option(
    '--format <format>',
    'text for people, json for one event a line, junit, sarif, or github for annotations',
  )
    .choices(['text', 'json', 'junit', 'sarif', 'github'])
    .default('text'),
  new Option('--html <file>', 'also write a page for people, which needs no other file'),
  verboseOption(),
];

/** Of verbs that do something else. */
export const printOptions = (): Option[] => [
  new Option('--format <format>', 'text for people, json for one event a line')
    .choices(['text', 'json'])
    .default('text'),
  verboseOption(),
];

export const solverOption = (): Option =>
  new Option('--solver <solver>', 'wasm is built in; z3 and cvc5 must be on PATH')
    .choices(['auto', 'wasm', 'z3', 'cvc5'])
    .default('auto');

/** Of verbs that ask a solver. */
export const poolOptions = (): Option[] => [
  new Option('--no-cache', 'ask the solver again, also what it has answered before'),
  solverOption(),
  new Option('--effort <factor>', 'so many times the steps that a question may take usually')
    .argParser(whole(1, 1000))
    .default(1),
  new Option(
    '--timeout <seconds>',
    'by the clock, at most this long for one question, whatever steps are left',
  ).argParser(whole(1, 86_400)),
  new Option('--jobs <number>', 'solvers that work at the same time')
    .argParser(whole(1, 256))
    .default(availableParallelism(), 'one for each core'),
];

/** Of verbs whose verdict is to be sure. */
export const solverOptions = (): Option[] => [
  ...poolOptions(),
  new Option('--seeds <number>', 'prove this often, each time with another seed and order of facts')
    .argParser(whole(1, 100))
    .default(1),
  new Option('--cross-check', 'a solver of another make must prove it as well'),
];

export const boundOptions = (): Option[] => [
  new Option('--blocks <number>', 'the longest sequence of blocks').argParser(whole(0, 16)),
  new Option('--values <number>', 'how many different blocks there are').argParser(whole(1, 16)),
  new Option('--operations <number>', 'operations in a row').argParser(whole(0, 64)),
];

export const scheduleOptions = (): Option[] => [
  new Option(
    '--clients <number>',
    'operations that may overlap: every schedule of them at their awaits',
  ).argParser(whole(1, 8)),
  new Option('--unlocked', 'with --clients: the layer is entered without its lock'),
  new Option(
    '--together <operations>',
    'with --clients: which operations overlap, by name with commas; the others come alone',
  ).argParser((text) => text.split(',').map((name) => name.trim())),
  new Option('--no-reduction', 'with --clients: also schedules that lead to the same'),
];

export const onlyOption = (): Option => new Option('--only <name>', 'the layer of this name');

export const writeTestOption = (): Option =>
  new Option('--write-test <file>', 'write the first counterexample out as a test');

export const certificatesOption = (): Option =>
  new Option('--certificates <folder>', 'where certificates are, if not in .plimsoll/certificates');
