/** The screen: where text goes, and the one line that is written over. */
import { readFileSync } from 'node:fs';
import { paintFor } from '../../report/colour.ts';
import type { Reporter } from '../../report/event.ts';
import { GithubReporter } from '../../report/github.ts';
import { JsonReporter } from '../../report/json.ts';
import { junit } from '../../report/junit.ts';
import { RunCollector } from '../../report/run.ts';
import { sarif } from '../../report/sarif.ts';
import { TerminalReporter } from '../../report/terminal.ts';
import type { ReportOptions } from './options.ts';
import { shownPath, version } from './package.ts';

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
  const folder = process.cwd();
  switch (options.format) {
    case 'json':
      return new JsonReporter(write);
    case 'junit':
      return new RunCollector((run) => write(junit(run, { folder, now: new Date() })));
    case 'sarif':
      return new RunCollector((run) => write(sarif(run, { folder: checkout(), version })));
    case 'github':
      return new GithubReporter(write, checkout());
    case 'text':
      return forPeople(options, folder);
    default:
      return options.format satisfies never;
  }
}

/** GitHub wants paths from the top of the checkout, wherever the command runs. */
function checkout(): string {
  return process.env.GITHUB_WORKSPACE || process.cwd();
}

function forPeople(options: ReportOptions, folder: string): Reporter {
  return new TerminalReporter({
    write,
    progress: process.stderr.isTTY ? progressLine() : undefined,
    paint: paintFor(process.stdout, process.env),
    readSource,
    folder,
    nameOf: (file) => shownPath(file, folder),
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
