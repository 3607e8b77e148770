/**
 * A transaction that spans several commands is kept in a file beside the first image.
 *
 * It is no part of the store before it is committed. The file is replaced as a whole, and says
 * when its commit begins: if that is cut short, the next command looks at the store, which holds
 * all of it or nothing, and knows which.
 */
import { createHash } from 'node:crypto';
import { readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import type { OpenTransactions } from '../../host/index.ts';
import { WrongUse } from '../command/exit.ts';

export interface Staged {
  /** The store that it is for. */
  readonly store: string;
  readonly committing: boolean;
  readonly writes: ReadonlyMap<number, Uint8Array>;
}

/** The transaction under way; one whose commit was cut short is first found out about. */
export function settle(
  file: string,
  { store, identity }: OpenTransactions,
  note: (text: string) => void,
): Staged | undefined {
  const staged = readStaged(file);
  if (!staged) return undefined;
  if (staged.store !== identity) {
    const remedy = `remove ${file} if that transaction is not wanted any more`;
    throw new WrongUse(`${file}: a transaction of another store; ${remedy}`, 'store');
  }
  if (!staged.committing) return staged;
  const there = [...staged.writes].every(
    ([address, bytes]) => Buffer.compare(store.get(address), padded(bytes, store.blockSize)) === 0,
  );
  if (there) {
    endStaged(file);
    note('the commit that was cut short has happened: all of it is there');
    return undefined;
  }
  note('the commit that was cut short has not happened: the transaction is still under way');
  const again = { ...staged, committing: false };
  writeStaged(file, again);
  return again;
}

function padded(bytes: Uint8Array, length: number): Uint8Array {
  const whole = new Uint8Array(length);
  whole.set(bytes);
  return whole;
}

export function writeStaged(file: string, { store, committing, writes }: Staged): void {
  const kept = [...writes].map(([address, bytes]) => [
    address,
    Buffer.from(bytes).toString('base64'),
  ]);
  const text = JSON.stringify({ store, committing, writes: kept });
  writeFileSync(`${file}.new`, `${checksum(text)} ${text}\n`);
  renameSync(`${file}.new`, file);
}

export function endStaged(file: string): void {
  rmSync(file, { force: true });
}

function readStaged(file: string): Staged | undefined {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw new WrongUse(`${file} cannot be read: ${(error as Error).message}`, 'store');
  }
  const [, said, content = ''] = /^(\w+) (.*)\n$/.exec(text) ?? [];
  if (said !== checksum(content)) {
    const remedy = `nothing of it is in the store: remove ${file}, and begin again`;
    throw new WrongUse(`${file}: the transaction that was begun is damaged; ${remedy}`, 'store');
  }
  const { store, committing, writes } = JSON.parse(content) as Kept;
  const bytes = writes.map(([address, kept]) => [address, Buffer.from(kept, 'base64')] as const);
  return { store, committing, writes: new Map(bytes) };
}

interface Kept {
  readonly store: string;
  readonly committing: boolean;
  readonly writes: readonly (readonly [number, string])[];
}

function checksum(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
