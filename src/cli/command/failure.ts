/** What went wrong, for the person who has to mend it, and the exit that says whose turn it is. */
import { type CodeName, codes } from '../../report/codes.ts';
import { paintFor } from '../../report/colour.ts';
import type { Place, RunEvent } from '../../report/event.ts';
import { frame, placeText } from '../../report/frame.ts';
import type { Problem } from '../../symbolic/refusal.ts';
import { type Exit, WrongUse } from './exit.ts';
import { readSource } from './terminal.ts';

export interface Failure {
  readonly exit: Exit;
  readonly about: CodeName;
  /** For people, with the sources it is about. */
  readonly text: string;
  /** The same without sources and colours, for reports. */
  readonly message: string;
  readonly at?: Place | undefined;
}

const paint = paintFor(process.stderr, process.env);

/** Classes are told by name: the one who throws need not have been imported. */
export function explain(error: unknown, folder: string): Failure {
  if (!(error instanceof Error)) return internal(String(error), '');
  if (error instanceof WrongUse) return wrongUse(error.about, error.message);
  if (error.name === 'BadSource' && 'problems' in error)
    return badSource(error.problems as readonly Problem[], folder);
  if (error.name === 'NotationError' && 'fault' in error && 'frame' in error)
    return notation(String(error.fault), String(error.frame));
  if (error.name === 'HostError' && 'kind' in error)
    return wrongUse('store', `${error.message}${option(error.kind, error.message)}`);
  return internal(error.message, error.stack ?? '');
}

/** A failure as printers are told of it. */
export function failureEvent({ about, message, at }: Failure): RunEvent {
  const place = at && { file: at.file, line: at.line, column: at.column };
  return { event: 'failure', code: codes[about].code, text: message, ...(place && { at: place }) };
}

export function complaint(text: string, about: CodeName): string {
  return `${paint('red', 'error')}: ${text} [${codes[about].code}]\n`;
}

function wrongUse(about: CodeName, message: string): Failure {
  return { exit: 3, about, message, text: complaint(message, about) };
}

/** A text on the command line, with a mark below the place that is wrong. */
function notation(fault: string, frame: string): Failure {
  const text = `${complaint(fault, 'commandLine')}${frame}\n`;
  return { exit: 3, about: 'commandLine', message: `${fault}\n${frame}`, text };
}

/** Nothing was decided, and it is our fault. */
function internal(message: string, stack: string): Failure {
  const text = `${complaint(`internal error: ${message}`, 'internal')}${stack}`.trimEnd();
  return { exit: 2, about: 'internal', message: `internal error: ${message}`, text: `${text}\n` };
}

/** The option that does what the message of a host proposes. */
function option(kind: unknown, message: string): string {
  const [, without] = /go on without disk ([01])/.exec(message) ?? [];
  if (without) return `: --without ${without}`;
  if (kind === 'exists') return ': --create with --overwrite';
  return kind === 'cut-short' || kind === 'checksum' ? ': --without 0 or --without 1' : '';
}

function badSource(found: readonly Problem[], folder: string): Failure {
  const message = found
    .map(({ at, message }) => (at ? `${placeText(at, folder)}: ${message}` : message))
    .join('\n');
  const at = found.find((problem) => problem.at)?.at;
  return { exit: 3, about: 'source', message, text: problems(found, folder), at };
}

function problems(found: readonly Problem[], folder: string): string {
  const shown = found.slice(0, 10).map(({ at, message }) => {
    if (!at) return complaint(message, 'source');
    const source = readSource(at.file);
    const head = `${complaint(message, 'source')}  ${placeText(at, folder)}\n`;
    return source === undefined ? head : `${head}${frame(source, at)}\n`;
  });
  const more = found.length > 10 ? [`and ${found.length - 10} more\n`] : [];
  return [...shown, ...more].join('\n');
}
