/** Where this package lies, and what it says about itself. */
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The folder of Plimsoll itself: the one above `dist/` or `src/`. */
export const packageRoot = join(import.meta.dirname, '../..');

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
