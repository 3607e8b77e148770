/**
 * The last verdict about each layer, kept in .plimsoll/verdicts.json of the project.
 *
 * It names the sources it is about by their hash, so that `run` can tell whether the code it is
 * about to run is the code that was proved.
 */
import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join, relative, resolve } from 'node:path';
import type { Verdict } from '../../report/event.ts';
import { readRecord, writeRecord } from '../command/whole-file.ts';

export interface Recorded {
  readonly verdict: Verdict['kind'];
  /** The fingerprint of `sources`. */
  readonly source: string;
  /** Relative to the project. */
  readonly sources: readonly string[];
  readonly solvers: readonly string[];
  readonly plimsoll: string;
}

/** Every source file by its absolute path, with the SHA-256 of its text. */
export type Sources = ReadonlyMap<string, string>;

/** One hash over all sources, the same wherever the project lies. */
export function fingerprint(sources: Sources, root: string): string {
  const lines = [...sources].map(([file, hash]) => `${relative(root, file)} ${hash}`).sort();
  return sha256(lines.join('\n'));
}

function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

const fileOf = (root: string) => join(root, '.plimsoll/verdicts.json');
const keyOf = (root: string, file: string, layer: string) => `${relative(root, file)}#${layer}`;

const readAll = (root: string) => readRecord<Recorded>(fileOf(root), 'verdicts');

export function record(root: string, file: string, layer: string, verdict: Recorded): void {
  const verdicts = { ...readAll(root), [keyOf(root, file, layer)]: verdict };
  writeRecord(fileOf(root), 'verdicts', verdicts);
}

export type Standing = { readonly proved: true; readonly by: string } | NotProved;
export interface NotProved {
  readonly proved: false;
  readonly because: string;
}

/** Whether the sources of a layer, as they are now, are those of a proof. */
export function standing(root: string, file: string, layer: string): Standing {
  const found = readAll(root)[keyOf(root, file, layer)];
  if (!found) return { proved: false, because: 'nobody has proved it here yet' };
  if (found.verdict !== 'proved')
    return { proved: false, because: `the last verdict was "${found.verdict}"` };
  const changed = fingerprint(hashed(root, found.sources), root) !== found.source;
  if (changed) return { proved: false, because: 'its sources have changed since the proof' };
  return { proved: true, by: found.solvers.join(', ') };
}

function hashed(root: string, sources: readonly string[]): Sources {
  const files = sources.map((name) => resolve(root, name));
  return new Map(files.map((file) => [file, hashOf(file)]));
}

function hashOf(file: string): string {
  try {
    // The compiler reads the text without this mark, too.
    return sha256(readFileSync(file, 'utf8').replace(/^\uFEFF/, ''));
  } catch {
    return 'missing';
  }
}
