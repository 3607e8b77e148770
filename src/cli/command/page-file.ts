/** Writes the page of a run: whole or not at all, and only where a look beforehand allowed it. */
import { resolve } from 'node:path';
import type { Reporter } from '../../report/event.ts';
import { page } from '../../report/html/page.ts';
import { RunCollector } from '../../report/run.ts';
import { WrongUse } from './exit.ts';
import { version } from './package.ts';
import { readSource } from './terminal.ts';
import { replaceFile, tryOut } from './whole-file.ts';

/** A printer that writes a page to `file` when the run has ended. */
export function pagePrinter(file: string): Reporter {
  const folder = process.cwd();
  const target = resolve(folder, file);
  // An hour of proving must not end with a page that has no place to go.
  attempt(file, () => tryOut(target));
  return new RunCollector((run) =>
    attempt(file, () => {
      replaceFile(target, page(run, { folder, readSource, version, now: new Date() }));
    }),
  );
}

function attempt(file: string, act: () => void): void {
  try {
    act();
  } catch (error) {
    const { message } = error as Error;
    throw new WrongUse(
      `the page ${file} cannot be written: ${message}; name a file in a folder of yours`,
      'output',
    );
  }
}
