/** Files that are written whole or not at all: nobody ever meets half of one. */
import { renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

export function writeWhole(target: string, text: string): void {
  makeFolder(dirname(target));
  const fresh = beside(target);
  try {
    writeFileSync(fresh, text);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { force: true });
    throw error;
  }
}

export function beside(target: string): string {
  return `${target}.${process.pid}`;
}
