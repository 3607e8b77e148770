/** The screen: where text goes, and the one line that is written over. */
import { readFileSync } from 'node:fs';
import { paintFor } from '../report/colour.ts';
import type { Reporter } from '../report/event.ts';
import { JsonReporter } from '../report/json.ts';
import { TerminalReporter } from '../report/terminal.ts';
import type { ReportOptions } from './options.ts';

export function write(text: string): void {
  process.stdout.write(text);
}

export function readSource(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return undefined;
  }
}

/** A printer for what the options ask for. */
export function printer(options: ReportOptions): Reporter {
  if (options.format === 'json') return new JsonReporter(write);
  return new TerminalReporter({
    write,
    progress: process.stderr.isTTY ? progressLine() : undefined,
    paint: paintFor(process.stdout, process.env),
    readSource,
    folder: process.cwd(),
    verbose: options.verbose ?? false,
  });
}

/** At most ten lines a second: a terminal is slower than a solver. */
function progressLine(): (line: string) => void {
  let shown = '';
  let last = 0;
  return (line) => {
    const now = Date.now();
    if (line === shown || (line !== '' && now - last < 100)) return;
    last = now;
    shown = line;
    process.stderr.write(`\r\x1b[2K${line}`);
  };
}
