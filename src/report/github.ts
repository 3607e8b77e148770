/** Workflow commands: GitHub shows each as an annotation at its line. */
import { codes, explained } from './codes.ts';
import { commandMessage, commandProperty } from './escape.ts';
import type { Place, Reporter, RunEvent } from './event.ts';
import { pathText, placeText } from './frame.ts';
import { linesOf, type Of, placeOf } from './run.ts';

type Level = 'error' | 'warning' | 'notice';

const levels: Readonly<Record<Of<'verdict'>['verdict']['kind'], Level>> = {
  proved: 'notice',
  explored: 'notice',
  refuted: 'error',
  vacuous: 'error',
  unknown: 'warning',
};

export class GithubReporter implements Reporter {
  private readonly write: (text: string) => void;
  /** The top of the checkout: GitHub knows files by their path from there. */
  private readonly folder: string;
  private open: Of<'obligation'>[] = [];

  constructor(write: (text: string) => void, folder: string) {
    this.write = write;
    this.folder = folder;
  }

  event(event: RunEvent): void {
    if (event.event === 'begin') this.open = [];
    if (event.event === 'obligation' && event.answer !== 'proved') this.open.push(event);
    if (event.event === 'verdict') this.verdict(event);
    if (event.event === 'refusal') this.refusal(event);
    if (event.event === 'failure') this.command('error', event.code, event.text, event.at);
    if (event.event === 'note') this.command('notice', 'Plimsoll', event.text);
  }

  private verdict(event: Of<'verdict'>): void {
    const { verdict, verb, layer } = event;
    const title = `${explained(verdict).code} ${verb} ${layer}: ${verdict.kind}`;
    const text = verdict.kind === 'refuted' ? [verdict.shown.trimEnd()] : linesOf(event);
    const open = this.open.map(
      ({ name, at, answer }) => `${answer}: ${name}, ${placeText(at, this.folder)}`,
    );
    const lines = [`${layer}: ${verdict.kind}`, ...text, ...open];
    this.command(levels[verdict.kind], title, lines.join('\n'), placeOf(event));
    this.open = [];
  }

  private refusal({ construct, why, instead, at }: Of<'refusal'>): void {
    const title = `${codes.refused.code} ${construct} is outside the subset`;
    this.command('warning', title, `${why}\ninstead: ${instead}`, at);
  }

  private command(level: Level, title: string, text: string, at?: Place): void {
    const where = at
      ? [`file=${commandProperty(pathText(at.file, this.folder))}`, `line=${at.line}`]
      : [];
    const column = at ? [`col=${at.column}`] : [];
    const properties = [...where, ...column, `title=${commandProperty(title)}`].join(',');
    this.write(`::${level} ${properties}::${commandMessage(text)}\n`);
  }
}
