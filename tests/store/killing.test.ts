/**
 * Kills processes in the middle of their transactions, and looks at what is left.
 *
 *     KILLS=200 npx vitest run tests/store/killing.test.ts
 */
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { openStore } from '../../src/store.ts';

const kills = Number(process.env.KILLS ?? 10);
const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const create = { blocks: 40, blockSize: 512 };

const name = `${kills} processes that are killed lose nothing that was acknowledged, seed ${seed}`;
test(name, { timeout: 60_000 + kills * 10_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-killed-'));
  onTestFinished(() => rmSync(folder, { recursive: true }));
  const paths = [join(folder, 'first.img'), join(folder, 'second.img')] as const;
  (await openStore({ paths, create })).close();
  let last = 0;
  let transactions = 0;
  for (let kill = 0; kill < kills; kill++) {
    const acknowledged = await killed(paths, kill);
    const found = await lastIn(paths);
    expect(found).toBeGreaterThanOrEqual(Math.max(acknowledged, last));
    transactions += found - last;
    last = found;
  }
  // A process that is killed before it has done anything would show nothing.
  expect(transactions).toBeGreaterThan(kills);
});

/** Runs a client and kills it at some moment; the last number that it said is durable. */
async function killed(paths: readonly [string, string], kill: number): Promise<number> {
  const clients = String(1 + (kill % 4));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'client.mjs'), ...paths, clients],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    if (out === '') setTimeout(() => child.kill('SIGKILL'), ((seed + kill * 7919) % 997) / 20);
    out += text;
  });
  const [, signal] = await once(child, 'close');
  expect(signal).toBe('SIGKILL');
  return Math.max(0, ...(out.match(/\d+(?=\n)/g) ?? []).map(Number));
}

/** The last transaction that is there; fails unless exactly those up to it are. */
async function lastIn(paths: readonly [string, string]): Promise<number> {
  const { store, disk, close } = await openStore({ paths });
  const last = numberIn(store.get(0));
  const due = Array<number>(store.size).fill(0);
  due[0] = last;
  for (let number = 1; number <= last; number++)
    for (let i = 0; i < number % 4; i++)
      due[1 + ((number * 7 + i * 5) % (store.size - 1))] = number;
  const found = due.map((_, address) => wholeNumberIn(store.get(address)));
  const disks = [disk(0), disk(1)];
  close();
  expect(found).toEqual(due);
  expect(disks).toEqual(['works', 'works']);
  return last;
}

function numberIn(bytes: Uint8Array): number {
  return Buffer.from(bytes).readUInt32LE(0);
}

/** The number of a block; NaN if it is not all of one piece. */
function wholeNumberIn(bytes: Uint8Array): number {
  const number = numberIn(bytes);
  return bytes.subarray(4).every((byte) => byte === number % 251) ? number : Number.NaN;
}
