/** Prints a run for people: verdicts with what they rest on, and nothing that went well twice. */
import { codes, explained } from './codes.ts';
import type { Paint } from './colour.ts';
import type { Conjunct, Place, Reporter, RunEvent, Verdict } from './event.ts';
import { frame, pathText, placeText, type ReadSource, type Span } from './frame.ts';
import { blameLines, conjunctTitle, isWell, type Of, openOf, stateLines } from './run.ts';
import { count, duration, list, wrap } from './words.ts';

export interface Terminal {
  readonly write: (text: string) => void;
  /** Replaces the line that says what is being done; absent where nobody watches. */
  readonly progress?: ((line: string) => void) | undefined;
  readonly paint: Paint;
  readonly readSource: ReadSource;
  /** Paths are shown as seen from here. */
  readonly folder: string;
  /** Whether every obligation gets a line. */
  readonly verbose: boolean;
}

const columns = 100;
const indent = '          ';
const colours = {
  proved: 'green',
  explored: 'green',
  refuted: 'red',
  vacuous: 'red',
  unknown: 'yellow',
} as const;

export class TerminalReporter implements Reporter {
  private readonly terminal: Terminal;
  private obligations: Of<'obligation'>[] = [];

  constructor(terminal: Terminal) {
    this.terminal = terminal;
  }

  event(event: RunEvent): void {
    switch (event.event) {
      case 'begin':
        this.obligations = [];
        this.progress(`${event.layer}: reading ${pathText(event.file, this.folder)}`);
        break;
      case 'obligation':
        this.obligation(event);
        break;
      case 'progress':
        this.progress(`${event.layer}: ${amount(event.done, event.of)} ${event.what}`);
        break;
      case 'refusal':
        this.refusal(event);
        break;
      case 'note':
        this.print(event.text);
        break;
      case 'result':
        this.print(event.value);
        break;
      case 'verdict':
        this.verdict(event);
        break;
      case 'mutant':
        this.mutant(event);
        break;
      // What ended the run is said on the other stream.
      case 'failure':
      case 'end':
        this.progress('');
        break;
      default:
        event satisfies never;
    }
  }

  private get folder(): string {
    return this.terminal.folder;
  }

  private print(text: string): void {
    this.progress('');
    this.terminal.write(`${text}\n`);
  }

  private progress(line: string): void {
    this.terminal.progress?.(line.slice(0, columns));
  }

  private obligation(event: Of<'obligation'>): void {
    this.obligations.push(event);
    if (this.terminal.verbose) this.print(this.obligationLine(event));
    this.progress(`${event.layer}: ${count(this.obligations.length, 'obligation')}: ${event.name}`);
  }

  private obligationLine(event: Of<'obligation'>): string {
    const { paint } = this.terminal;
    const mark = { proved: 'green', failed: 'red', unknown: 'yellow' } as const;
    const time = event.cached ? 'cached' : duration(event.milliseconds);
    const facts = `${time}, ${event.solver}, ${count(event.size, 'character')}`;
    const why = event.reason ? `: ${event.reason}` : '';
    return (
      `  ${paint(mark[event.answer], event.answer.padEnd(8))}${event.name}${why}\n` +
      `${indent}${paint('dim', `${placeText(event.at, this.folder)}  ${facts}`)}`
    );
  }

  /** What was noticed is of no interest, unless everything is. */
  private mutant(event: Of<'mutant'>): void {
    const { outcome } = event;
    const quiet = outcome === 'noticed' || outcome === 'no program';
    if (quiet && !this.terminal.verbose) return;
    const colour = outcome === 'equivalent' || quiet ? 'dim' : event.explained ? 'yellow' : 'red';
    const said = `prove: ${event.prove}, explore: ${event.explore}`;
    const lines = [
      `${this.terminal.paint(colour, outcome)}  ${event.kind}:${changed(event)}`,
      `${this.frame(event.at, said)}`,
      ...(event.explained ? [`  explained: ${event.explained}`] : []),
    ];
    this.print(`${lines.join('\n')}\n`);
  }

  private refusal(event: Of<'refusal'>): void {
    const { paint } = this.terminal;
    const head = `${paint('yellow', 'refused')}   ${event.construct} is outside the subset`;
    const code = paint('dim', codes.refused.code);
    this.print(
      `${head}  ${code}\n${this.frame(event.at, event.why)}\n  instead: ${event.instead}\n`,
    );
  }

  private verdict(event: Of<'verdict'>): void {
    const { kind } = event.verdict;
    const word = this.terminal.paint(colours[kind], kind.padEnd(indent.length));
    const parts = [
      `${word}${event.layer}  ${this.terminal.paint('dim', this.whose(event))}`,
      wrapped(this.summary(event)),
      ...this.reasons(event.verdict),
      ...(kind === 'proved' || this.terminal.verbose ? [] : this.open()),
      ...(event.follows ? [this.follows(event.follows)] : []),
      ...(event.trusts.length > 0 ? [this.trusts(event.trusts)] : []),
    ];
    this.print(`${parts.join('\n')}\n`);
    this.obligations = [];
  }

  /** The file, and the code of what a reader may want to have explained. */
  private whose(event: Of<'verdict'>): string {
    const file = pathText(event.file, this.folder);
    return isWell(event) ? file : `${file}  ${explained(event.verdict).code}`;
  }

  /** How much was done, and how long it took. */
  private summary(event: Of<'verdict'>): string {
    const cached = this.obligations.filter((one) => one.cached).length;
    const counted = Object.entries(event.counts ?? {}).map(
      ([what, many]) => `${many.toLocaleString('en')} ${what}`,
    );
    const obligations =
      this.obligations.length > 0 ? [count(this.obligations.length, 'obligation')] : [];
    const facts = [
      ...obligations,
      ...(cached > 0 ? [`${cached.toLocaleString('en')} from the cache`] : []),
      ...counted,
    ];
    return `${[...facts, duration(event.milliseconds)].join(', ')}`;
  }

  private reasons(verdict: Verdict): string[] {
    switch (verdict.kind) {
      case 'proved':
        return [];
      case 'explored':
        return [wrapped(verdict.bound)];
      case 'refuted':
        return [...headed(verdict), verdict.shown.trimEnd(), '', ...this.blame(verdict)];
      case 'vacuous':
        return [wrapped(verdict.because), this.frame(verdict.at), ...this.blame(verdict)];
      case 'unknown':
        return [
          wrapped(`${verdict.because} (${verdict.reason})`),
          // Each refusal has been shown in its place.
          ...(verdict.at && verdict.reason !== 'subset' ? [this.frame(verdict.at)] : []),
          ...(verdict.conjunct ? [this.conjunct(verdict.conjunct)] : []),
          ...[...stateLines(verdict), ...blameLines(verdict)].map(wrapped),
          ...(verdict.remedy ? [wrapped(`try: ${verdict.remedy}`)] : []),
        ];
      default:
        return verdict satisfies never;
    }
  }

  private blame(verdict: Verdict & { kind: 'refuted' | 'vacuous' }): string[] {
    // What lies elsewhere is not the user's to mend: a path to it says nothing.
    const own = ({ file }: Place) => pathText(file, this.folder) !== file;
    const shown = (at: Place) => (own(at) ? placeText(at, this.folder) : undefined);
    return blameLines(verdict, shown).map(wrapped);
  }

  private conjunct(part: Conjunct): string {
    return `${wrapped(`${conjunctTitle(part)}:`)}\n${this.frame(part.at)}`;
  }

  /** The obligations that are not proved, the first ten. */
  private open(): string[] {
    const open = openOf(this.obligations);
    const more = open.length > 10 ? [`${indent}and ${open.length - 10} more: see --verbose`] : [];
    return [...open.slice(0, 10).map((one) => this.obligationLine(one)), ...more];
  }

  private trusts(trusts: readonly string[]): string {
    const [first = '', ...rest] = list(trusts, columns, indent).split('\n');
    return this.terminal.paint('dim', [`  trusts  ${first.trimStart()}`, ...rest].join('\n'));
  }

  /** A line for the theorem, and one for each layer. */
  private follows(from: readonly string[]): string {
    return from.map((line, i) => `  ${(i === 0 ? 'from' : '').padEnd(8)}${line}`).join('\n');
  }

  private frame(at: Place | Span, label = ''): string {
    const place = `  ${this.terminal.paint('cyan', placeText(at, this.folder))}`;
    const source = this.terminal.readSource(at.file);
    return source === undefined ? `${place}  ${label}` : `${place}\n${frame(source, at, label)}`;
  }
}

/** What is shown mostly begins with the reason itself. */
function headed(verdict: Extract<Verdict, { kind: 'refuted' }>): string[] {
  return verdict.shown.startsWith(verdict.because) ? [''] : [wrapped(verdict.because), ''];
}

/** What a mistake changes; long ones on two lines, and not to their end. */
function changed({ was, becomes }: Of<'mutant'>): string {
  if (was.length + becomes.length < 60) return ` ${was} -> ${becomes}`;
  return `\n  ${clipped(was)}\n  -> ${clipped(becomes)}`;
}

function clipped(text: string): string {
  const most = columns - 12;
  return text.length > most ? `${text.slice(0, most)}...` : text;
}

function amount(done: number, of: number | undefined): string {
  const text = done.toLocaleString('en');
  return of === undefined ? text : `${text} of ${of.toLocaleString('en')}`;
}

function wrapped(text: string): string {
  return text
    .split('\n')
    .map((line) => wrap(line.split(' '), columns, indent))
    .join('\n');
}
