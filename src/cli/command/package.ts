/** Where this package lies, and what it says about itself. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathText } from '../../report/frame.ts';

/** The folder of Plimsoll itself: the one above `dist/` or `src/`. */
export const packageRoot = join(import.meta.dirname, '../../..');

const description = JSON.parse(readFileSync(join(packageRoot, 'package.json'), 'utf8')) as {
  readonly version: string;
  readonly dependencies: Readonly<Record<string, string>>;
};

export const { version, dependencies } = description;

/** The user's project: the nearest folder upwards with a package.json, else where we stand. */
export function projectRoot(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'package.json'))) return folder;
    if (folder === dirname(folder)) return from;
  }
}

/** A path for people: what is Plimsoll's own is said the same wherever it is installed. */
export function shownPath(file: string, folder: string): string {
  const own = relative(packageRoot, file);
  const short = pathText(file, folder);
  const foreign = own.startsWith('..') || (short !== file && !short.startsWith('node_modules'));
  return foreign ? short : join('plimsoll', own);
}
