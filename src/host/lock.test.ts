/** At most one holds the lock, whoever comes in between; what the dead left holds nobody up. */
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { expect, test } from 'vitest';
import { Mirror } from '../stack/mirror/code.ts';
import { type Files, nodeFiles } from './files.ts';
import { HostError } from './host-error.ts';
import { lock } from './lock.ts';
import { nameOf, type Owner, ownerOf, realSurroundings } from './owner.ts';
import { openStore } from './store.ts';
import { directory, pathsIn, refusalOf, surroundings } from './testing/world.ts';

const create = { blocks: 1, blockSize: 512 };
const layer = Mirror;

/** A process that only waits, and who it is. */
async function waiting(): Promise<{ child: ChildProcess; owner: Owner }> {
  const child = spawn(process.execPath, ['-e', 'console.log(1); setInterval(() => {}, 1000)']);
  await once(child.stdout, 'data');
  const pid = child.pid!;
  const started = fs.readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ')[19]!;
  return { child, owner: { ...realSurroundings().self, process: pid, started } };
}

test('a store in use by another process is refused, and free when that is gone', async () => {
  const folder = directory();
  const paths = pathsIn(folder);
  (await openStore({ paths, layer, create })).close();
  const { child, owner } = await waiting();
  const file = `${paths[1]}.lock.${nameOf(owner)}`;
  fs.writeFileSync(file, '');
  const error = await refusalOf(() => openStore({ paths, layer }));
  expect(error.kind).toBe('locked');
  expect(error.message).toContain(`second.img: the image is in use by process ${child.pid}`);
  expect(fs.readdirSync(folder).sort()).toEqual(
    ['first.img', 'second.img', file.split('/').at(-1)].sort(),
  );
  child.kill('SIGKILL');
  await once(child, 'exit');
  (await openStore({ paths, layer })).close();
  expect(fs.existsSync(file)).toBe(false);
});

test('a process that took the number of a dead one does not hold its lock', async () => {
  const path = `${directory()}/disk.img`;
  const { child, owner } = await waiting();
  fs.writeFileSync(`${path}.lock.${nameOf({ ...owner, started: '1' })}`, '');
  lock(path, realSurroundings())();
  child.kill('SIGKILL');
});

test.each([
  ['of an earlier boot', { boot: 'before' }, undefined],
  ['on another machine', { machine: 'elsewhere' }, 'process 1 on elsewhere'],
  ['in another container', { namespace: '7' }, 'process 1'],
  ['of another user', {}, 'process 1'],
])('a lock %s', (_, change, holder) => {
  const path = `${directory()}/disk.img`;
  const owner = { ...realSurroundings().self, process: 1, started: '', ...change };
  fs.writeFileSync(`${path}.lock.${nameOf(owner)}`, '');
  const take = () => lock(path, realSurroundings())();
  if (holder === undefined) take();
  else expect(take).toThrow(`the image is in use by ${holder}`);
});

test('one process opens a store once', async () => {
  const paths = pathsIn(directory());
  const first = await openStore({ paths, layer, create });
  const error = await refusalOf(() => openStore({ paths, layer }));
  expect(error.message).toContain('the image is in use by this process');
  first.close();
  (await openStore({ paths, layer })).close();
});

test('the name of an owner is read back, and nothing else is', () => {
  const owner = { machine: 'a.b/c,d', boot: 'e-f', namespace: '1', process: 5, started: '' };
  expect(nameOf(owner)).not.toMatch(/[./]/);
  expect(ownerOf(nameOf(owner))).toEqual(owner);
  for (const name of ['', 'a,b,c,d,e', 'a,b,c,1', 'a,b,c,1,2,3', '%,b,c,1,e'])
    expect(ownerOf(name)).toBeUndefined();
});

/** Files that call `between` before each operation of a lock. */
function interrupted(between: () => void): Files {
  const step =
    <A extends unknown[], R>(action: (...given: A) => R) =>
    (...given: A): R => {
      between();
      return action(...given);
    };
  const { create: make, list, unlink, close } = nodeFiles;
  return { ...nodeFiles, create: step(make), list: step(list), unlink: step(unlink), close };
}

test('whoever comes in between at any step, at most one holds the lock', () => {
  let tried = 0;
  let held = 0;
  /** Each process is interrupted once, by the next one, which runs to its end or keeps the lock. */
  const run = (path: string, moments: readonly number[], stale: Owner) => {
    let holding = 0;
    const attempt = (number: number): void => {
      const moment = moments[number];
      let step = 0;
      const files = interrupted(() => {
        if (step++ === moment) attempt(number + 1);
      });
      const around = { ...surroundings(files, { process: number + 10 }) };
      try {
        lock(path, { ...around, isAlive: ({ boot }) => boot !== stale.boot });
        expect(++holding).toBe(1);
      } catch (error) {
        if (!(error instanceof HostError)) throw error;
        expect(error.kind).toBe('locked');
      }
    };
    attempt(0);
    tried++;
    held += holding;
  };
  for (let first = 0; first < 5; first++)
    for (let second = 0; second < 5; second++) {
      const path = `${directory()}/disk.img`;
      const stale = { ...surroundings().self, boot: 'gone' };
      fs.writeFileSync(`${path}.lock.${nameOf(stale)}`, '');
      run(path, [first, second], stale);
    }
  expect(tried).toBe(25);
  expect(held).toBeGreaterThan(10);
});
