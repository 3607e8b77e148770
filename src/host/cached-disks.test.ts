/** What disks with caches keep through a power cut, and which sync it is that keeps it. */
import { describe, expect, test } from 'vitest';
import type { Sync } from './files.ts';
import { openCachedPair, openCachedSingle } from './open-cached.ts';
import { Recorder } from './recorder.ts';
import { openCachedDiskStore } from './store.ts';
import { MemoryFiles } from './testing/memory-files.ts';
import { Playback } from './testing/sampled-cuts.ts';
import {
  block,
  type Failing,
  failing,
  numberIn,
  pathsIn,
  refusalOf,
  surroundings,
} from './testing/world.ts';

const folder = '/store';
const paths = pathsIn(folder);
const path = paths[0];
const create = { blocks: 4, blockSize: 512 };

/** A machine that one boot after the other uses, until its power is cut. */
class Machine {
  readonly recorder: Recorder;
  broken = '';
  private boots = 0;

  constructor(ignore?: Sync) {
    this.recorder = new Recorder(new MemoryFiles(), { unit: 512, ignore });
  }

  boot() {
    const fails: Failing = (_, file) => (file === this.broken ? 'EIO' : undefined);
    return surroundings(failing(this.recorder, fails), { boot: this.boots++ });
  }

  pair(more: object = {}) {
    return openCachedPair({ paths, ...more }, this.boot());
  }

  /** What is there after a power cut that everything is lost in that may be. */
  cut(): MemoryFiles {
    const playback = new Playback(512);
    for (const entry of this.recorder.log) playback.play(entry);
    const tree = playback.survivor('none').tree();
    return MemoryFiles.of(new Map([...tree].filter(([name]) => !name.includes('.lock.'))), folder);
  }
}

/** The first disk dies, and is repaired. */
function repaired(machine: Machine) {
  machine.pair({ create }).close();
  const { host, close } = machine.pair();
  machine.broken = path;
  host.flush(0);
  host.raise(1);
  machine.broken = '';
  close();
  const again = machine.pair({ repair: true });
  expect([again.host.behind(0), again.host.behind(1)]).toEqual([true, false]);
  again.host.level(0);
  return again;
}

class Killed extends Error {}

class Bare {
  init = () => true;
  recover = () => {};
}

/** What has to be so after a power cut, and is not without the sync. */
const kept: Readonly<Record<string, (machine: Machine) => boolean | Promise<boolean>>> = {
  'what was written': (machine) => {
    const { host } = openCachedSingle({ path, create }, machine.boot());
    host.write(1, block(5));
    host.flush();
    const after = openCachedSingle({ path }, surroundings(machine.cut(), { boot: 9 }));
    return numberIn(after.host.read(1)) === 5;
  },
  'what an earlier process wrote': (machine) => {
    openCachedSingle({ path, create }, machine.boot()).close();
    const around = machine.boot();
    const sync = () => {
      throw new Killed();
    };
    const image = openCachedSingle({ path }, around).host;
    image.write(1, block(5));
    Object.assign(around.files, { sync });
    expect(() => image.flush()).toThrow(Killed);
    const seen = openCachedSingle({ path }, machine.boot()).host.read(1);
    expect(numberIn(seen)).toBe(5);
    const after = openCachedSingle({ path }, surroundings(machine.cut(), { boot: 9 }));
    return numberIn(after.host.read(1)) === 5;
  },
  'the store is initialised': async (machine) => {
    (await openCachedDiskStore({ path, create, layer: Bare }, machine.boot())).close();
    const around = surroundings(machine.cut(), { boot: 9 });
    return !(await openCachedDiskStore({ path, layer: Bare }, around)).fresh;
  },
  'the other disk is dead': (machine) => {
    machine.pair({ create }).close();
    const { host } = machine.pair();
    machine.broken = path;
    expect(host.write(0, 1, block(5)) && host.flush(0)).toBe(false);
    const after = openCachedPair({ paths }, surroundings(machine.cut(), { boot: 9 }));
    return !after.host.works(0) && after.host.works(1);
  },
  'an epoch mark': (machine) => {
    repaired(machine);
    const after = openCachedPair({ paths }, surroundings(machine.cut(), { boot: 9 }));
    return after.host.works(0) && after.host.behind(0) === false;
  },
  'the disks agree again': async (machine) => {
    repaired(machine);
    const files = machine.cut();
    files.unlink(path);
    const around = surroundings(files, { boot: 9 });
    return refusalOf(() => openCachedPair({ paths }, around)).then(
      ({ kind }) => kind === 'missing',
      () => false,
    );
  },
};

test('what was not flushed is still there after a close', () => {
  const machine = new Machine();
  const { host, close } = openCachedSingle({ path, create }, machine.boot());
  host.write(1, block(5));
  close();
  const again = openCachedSingle({ path }, machine.boot()).host;
  expect(numberIn(again.read(1))).toBe(5);
});

describe.each(Object.entries(kept))('%s', (sync, isKept) => {
  test('is kept', async () => expect(await isKept(new Machine())).toBe(true));
  test('is lost without its sync', async () =>
    expect(await isKept(new Machine(sync as Sync))).toBe(false));
});
