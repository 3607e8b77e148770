/** Power cuts beside the main one: one disk, two directories, and a store that is overwritten. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import type { Disk, Operations } from '../model/index.ts';
import { Mirror } from '../stack/mirror/code.ts';
import { type Files, nodeFiles, type Sync } from './files.ts';
import { HostError } from './host-error.ts';
import { Recorder } from './recorder.ts';
import { openDiskStore, openStore } from './store.ts';
import { type Counts, powerCuts, rebuild } from './survivors.ts';
import { block, directory, numberIn, pathsIn, surroundings } from './testing/world.ts';

const create = { blocks: 2, blockSize: 512 };
const layer = Mirror;
const unit = 512;
const begin = (): Counts => ({ moments: 0, survivors: 0, states: 0 });
const next = () => surroundings(nodeFiles, { boot: 2 });

/** Nothing but the disk. */
class Bare {
  readonly disk: Operations<Disk>;

  constructor(disk: Operations<Disk>) {
    this.disk = disk;
  }

  init(): boolean {
    return true;
  }

  recover(): void {}
}

async function oneDisk(ignore?: Sync): Promise<Counts> {
  const [here, there] = [directory(), directory()];
  const recorder = new Recorder(nodeFiles, { unit, ignore });
  const given = { path: join(here, 'disk.img'), layer: Bare, create };
  const store = await openDiskStore(given, surroundings(recorder));
  recorder.mark('created');
  for (const value of [1, 2]) {
    store.layer.disk.write(1, block(value));
    recorder.mark('written');
  }
  store.close();
  const counts = begin();
  for (const { marks, tree } of powerCuts(recorder, counts)) {
    rebuild(tree, there, nodeFiles);
    const path = join(there, 'disk.img');
    const done = marks.filter((mark) => mark === 'written').length;
    const again = await openDiskStore({ path, layer: Bare }, next()).catch((error) => {
      if (marks.includes('created') || !(error instanceof HostError)) throw error;
      return openDiskStore({ path, layer: Bare, create }, next());
    });
    expect([done, done + 1]).toContain(numberIn(again.layer.disk.read(1)));
    again.close();
  }
  return counts;
}

test('one disk keeps what was acknowledged', async () => {
  expect(await oneDisk()).toEqual({ moments: 29, survivors: 395, states: 55 });
  await expect(oneDisk('a block')).rejects.toThrow();
});

/** Syncs of the names in one directory are lost. */
function forgetting(folder: string | undefined, recorder: Recorder): Files {
  const files: Files = Object.create(recorder);
  return Object.assign(files, {
    syncDirectory(path: string, reason: Sync) {
      if (path !== folder) recorder.syncDirectory(path, reason);
    },
  });
}

test('with the disks in two directories, the names in both are made durable', async () => {
  const run = async (forgotten?: 0 | 1): Promise<Counts> => {
    const [here, there] = [directory(), directory()];
    const folders = [join(here, 'a'), join(here, 'b')] as const;
    for (const folder of folders) mkdirSync(folder);
    const paths = [join(folders[0], 'first.img'), join(folders[1], 'second.img')] as const;
    const recorder = new Recorder(nodeFiles, { unit });
    const left = forgotten === undefined ? undefined : folders[forgotten];
    const around = surroundings(forgetting(left, recorder));
    (await openStore({ paths, layer, create }, around)).close();
    const [counts, from] = [begin(), recorder.log.length];
    for (const { tree } of powerCuts(recorder, counts, from)) {
      rebuild(tree, there, nodeFiles);
      (await openStore({ paths: pathsIn(there), layer }, next())).close();
    }
    return counts;
  };
  expect(await run()).toEqual({ moments: 1, survivors: 4, states: 4 });
  await expect(run(0)).rejects.toThrow('first.img: there is no such file');
  await expect(run(1)).rejects.toThrow('second.img: there is no such file');
});

test('overwriting that is cut short leaves the old store, a new one, or none', async () => {
  const [here, there] = [directory(), directory()];
  const paths = pathsIn(here);
  const old = await openStore({ paths, layer, create }, surroundings(nodeFiles, { boot: 0 }));
  old.layer.write(1, block(5));
  old.close();
  const recorder = new Recorder(nodeFiles, { unit });
  recorder.adopt(here);
  const from = recorder.log.length;
  const overwrite = { ...create, overwrite: true };
  (await openStore({ paths, layer, create: overwrite }, surroundings(recorder))).close();
  const counts = begin();
  const found = { old: 0, new: 0, none: 0 };
  for (const { tree } of powerCuts(recorder, counts, from)) {
    rebuild(tree, there, nodeFiles);
    const given = { paths: pathsIn(there), layer };
    try {
      const store = await openStore(given, next());
      const value = numberIn(store.layer.read(1));
      expect([0, 5]).toContain(value);
      found[value === 5 ? 'old' : 'new']++;
      store.close();
    } catch (error) {
      if (!(error instanceof HostError)) throw error;
      expect(['missing', 'other-store']).toContain(error.kind);
      found.none++;
      const store = await openStore({ ...given, create: overwrite }, next());
      expect(numberIn(store.layer.read(1))).toBe(0);
      store.close();
    }
  }
  const states = { old: 256, new: 21, none: 112 };
  expect({ ...counts, ...found }).toEqual({ moments: 48, survivors: 3038, states: 389, ...states });
});
