/** Shows a replayed counterexample: where power went, what was done, what is wrong about it. */
import type { Place } from './instance.ts';
import type { Effect, Replayed, ReplayedStep } from './replay.ts';
import { show } from './show.ts';

/** The text of a source file, or undefined if it cannot be read. */
export type ReadFile = (file: string) => string | undefined;

/**
 * The counterexample for people. `command` is the line that replays it. Paths are shown relative
 * to `folder`.
 */
export function render(
  replayed: Replayed,
  readFile: ReadFile,
  { command, folder = process.cwd() }: { command?: string; folder?: string } = {},
): string {
  const { because, problem, steps } = replayed;
  const lines = [because];
  if (problem?.found !== undefined) lines.push(`  found    ${problem.found}`);
  if (problem?.allowed) lines.push(`  allowed  ${problem.allowed.join(' or ') || 'nothing'}`);
  const view = new View(readFile, folder);
  if (problem?.at) lines.push(...view.frame(problem.at, 'here'));
  const [first] = steps;
  if (first) lines.push('', `a store with ${show(first.before)}`);
  for (const [index, step] of steps.entries())
    lines.push(...view.step(step, index + 1, replayed.violated && index === steps.length - 1));
  if (command) lines.push('', `replay: ${command}`);
  return lines.join('\n');
}

class View {
  private readonly readFile: ReadFile;
  private readonly folder: string;

  constructor(readFile: ReadFile, folder: string) {
    this.readFile = readFile;
    this.folder = folder;
  }

  step(step: ReplayedStep, number: number, last: boolean): string[] {
    const call =
      step.title ??
      (step.do === 'idle' ? 'nothing under way' : `${step.do}(${list(step.arguments)})`);
    const answer = step.answer === undefined || step.answer === 'undefined' ? '' : step.answer;
    const lost = step.title === undefined ? ': power is lost' : '';
    const end = step.powerLost ? lost : answer && ` = ${answer}`;
    const lines = [`${number}. ${call}${end}`];
    // What is done undisturbed is of interest only where it goes wrong.
    const detail = last || step.powerLost || step.do === 'recover' || step.title !== undefined;
    if (detail) for (const effect of step.effects) lines.push(this.effect(effect, 'done'));
    if (step.powerLost) lines.push(...this.power(step));
    for (const effect of step.missed) lines.push(this.effect(effect, 'not done'));
    lines.push(...changes(step.before, step.after));
    return lines;
  }

  /** The line before which power went. */
  private power(step: ReplayedStep): string[] {
    const before = step.missed[0];
    if (before?.at) return this.frame(before.at, 'power lost before this');
    const after = step.effects.at(-1);
    return after?.at ? this.frame(after.at, 'power lost after this') : [];
  }

  private effect({ operation, arguments: given, result, at }: Effect, how: string): string {
    const answer = how === 'done' && result !== undefined ? ` = ${answerOf(result)}` : '';
    const text = `     ${how.padEnd(8)} ${operation}(${list(given)})${answer}`;
    return at ? `${text.padEnd(48)} ${this.place(at)}` : text;
  }

  /** The source line, and a caret under the column. */
  frame(at: Place, label: string): string[] {
    const source = this.readFile(at.file)?.split('\n')[at.line - 1];
    const margin = ' '.repeat(String(at.line).length);
    if (source === undefined) return [`     ${label}: ${this.place(at)}`];
    return [
      `     ${margin}--> ${this.place(at)}`,
      `     ${at.line} | ${source}`,
      `     ${margin} | ${' '.repeat(at.column - 1)}^ ${label}`,
    ];
  }

  private place({ file, line, column }: Place): string {
    const shown = file.startsWith(`${this.folder}/`) ? file.slice(this.folder.length + 1) : file;
    return `${shown}:${line}:${column}`;
  }
}

function list(values: readonly unknown[]): string {
  return values.map(show).join(', ');
}

function answerOf(result: unknown): string {
  return result instanceof Error ? `throws ${result.constructor.name}` : show(result);
}

/** The fields of the machine that the step changed. */
function changes(before: unknown, after: unknown): string[] {
  const old = before as Record<string, unknown>;
  return Object.entries(after as object)
    .map(([name, value]) => [name, show(old[name]), show(value)] as const)
    .filter(([, was, is]) => was !== is)
    .map(([name, was, is]) => `     ${name}: ${was} -> ${is}`);
}
