/** Files that are there whole or not at all, whoever else writes them and whatever goes wrong. */
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { makeFolder } from './make-folder.ts';

/** Puts `text` into a file, and makes the folders that it needs. */
export function replaceFile(target: string, text: string): void {
  if (isDevice(target)) {
    writeFileSync(target, text);
    return;
  }
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

/** Whether a file could be put there: fails as `replaceFile` would. */
export function tryOut(target: string): void {
  if (isDevice(target)) return;
  if (statSync(target, { throwIfNoEntry: false })?.isDirectory()) throw new Error('it is a folder');
  makeFolder(dirname(target));
  const fresh = beside(target);
  writeFileSync(fresh, '');
  rmSync(fresh);
}

/** A pipe or a device is written to: a file in its place would be the end of it. */
function isDevice(target: string): boolean {
  const found = statSync(target, { throwIfNoEntry: false });
  return found !== undefined && !found.isFile() && !found.isDirectory();
}

/** Each process writes its own, so that two that end at the same time do not mix. */
function beside(target: string): string {
  return `${target}.${process.pid}`;
}

/** What a command keeps for later ones, by name; a record that cannot be read says nothing. */
export function readRecord<T>(file: string, of: string): Record<string, T> {
  try {
    const found = JSON.parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
    return found.format === 1 ? { ...(found[of] as Record<string, T> | undefined) } : {};
  } catch {
    return {};
  }
}

export function writeRecord(file: string, of: string, known: Readonly<Record<string, unknown>>) {
  replaceFile(file, `${JSON.stringify({ format: 1, [of]: known }, undefined, 2)}\n`);
}
