/** What the tests of the hosts stand on: directories, a second boot, blocks, disks that fail. */
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { HostError } from '../host-error.ts';

export * from './disks.ts';

/** An empty directory, in memory where there is one; it goes when the test is over. */
export function directory(): string {
  const memory = '/dev/shm';
  const path = mkdtempSync(join(existsSync(memory) ? memory : tmpdir(), 'plimsoll-host-'));
  onTestFinished(() => rmSync(path, { recursive: true }));
  return path;
}

/** The refusal that `action` ends with. */
export async function refusalOf(action: () => unknown): Promise<HostError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof HostError) return error;
    throw error;
  }
  throw new Error('nothing was refused');
}
