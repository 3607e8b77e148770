/** The life of a store: created, started again, losing a disk, overwritten when asked for. */
import * as fs from 'node:fs';
import { expect, test } from 'vitest';
import { blockOf, type Disk, type Operations, type TwoDisks } from '../model/index.ts';
import { Mirror } from '../stack/mirror/code.ts';
import { nodeFiles } from './files.ts';
import { openDiskStore, openStore } from './store.ts';
import {
  block,
  directory,
  type Failing,
  failing,
  numberIn,
  pathsIn,
  refusalOf,
  surroundings,
} from './testing/world.ts';

const create = { blocks: 4, blockSize: 512 };
const layer = Mirror;

/** Nothing below: the disk itself. */
class Bare {
  readonly disk: Operations<Disk>;
  constructor(disk: Operations<Disk>) {
    this.disk = disk;
  }
  init = () => true;
  recover = () => {};
}

test('init runs once, recover ever after', async () => {
  const calls: string[] = [];
  class Told extends Mirror {
    override init(): boolean {
      calls.push('init');
      return super.init();
    }
    override recover(): void {
      calls.push('recover');
      super.recover();
    }
  }
  const options = { paths: pathsIn(directory()), layer: Told };
  for (const more of [{ create }, {}, {}]) (await openStore({ ...options, ...more })).close();
  expect(calls).toEqual(['init', 'recover', 'recover']);
});

test('a layer may be asynchronous', async () => {
  class Later {
    readonly pair: Operations<TwoDisks>;
    constructor(pair: Operations<TwoDisks>) {
      this.pair = pair;
    }
    async init(): Promise<boolean> {
      return (await this.pair.size(0)) === 4;
    }
    async recover(): Promise<void> {}
  }
  const store = await openStore({ paths: pathsIn(directory()), layer: Later, create });
  expect(store.fresh).toBe(true);
  store.close();
});

test('an asynchronous layer is entered through its lock, and not otherwise', async () => {
  const seen: string[] = [];
  class Later {
    private readonly pair: Operations<TwoDisks>;
    constructor(pair: Operations<TwoDisks>) {
      this.pair = pair;
    }
    async init(): Promise<boolean> {
      return true;
    }
    async recover(): Promise<void> {}
    async write(value: number): Promise<void> {
      for (const disk of [0, 1] as const) {
        seen.push(`${value} on ${disk}`);
        await this.pair.write(disk, 0, block(value));
      }
    }
  }
  const store = await openStore({ paths: pathsIn(directory()), layer: Later, create });
  await Promise.all([store.layer.write(1), store.layer.write(2)]);
  expect(seen).toEqual(['1 on 0', '1 on 1', '2 on 0', '2 on 1']);
  expect('pair' in store.layer).toBe(false);
  store.close();
});

test('a layer that cannot use the disks leaves a store that can be created again', async () => {
  class Never extends Mirror {
    override init = () => false;
  }
  const paths = pathsIn(directory());
  const error = await refusalOf(() => openStore({ paths, layer: Never, create }));
  expect(error.kind).toBe('not-initialised');
  const store = await openStore({ paths, layer, create });
  expect(store.layer.size()).toBe(4);
  store.close();
});

test('a store is overwritten only when that is asked for', async () => {
  const paths = pathsIn(directory());
  const first = await openStore({ paths, layer, create });
  first.layer.write(1, block(5));
  first.close();
  expect((await refusalOf(() => openStore({ paths, layer, create }))).kind).toBe('exists');
  const kept = await openStore({ paths, layer });
  expect(numberIn(kept.layer.read(1))).toBe(5);
  kept.close();
  const again = await openStore({ paths, layer, create: { ...create, overwrite: true } });
  expect(numberIn(again.layer.read(1))).toBe(0);
  again.close();
});

test('a disk that was left behind stays dead when its old file comes back', async () => {
  const folder = directory();
  const paths = pathsIn(folder);
  const store = await openStore({ paths, layer, create });
  store.layer.write(3, block(1));
  fs.copyFileSync(paths[0], `${paths[0]}.old`);
  fs.unlinkSync(paths[0]);
  store.layer.write(3, block(2));
  expect(store.host.works(0)).toBe(false);
  store.close();
  fs.renameSync(`${paths[0]}.old`, paths[0]);
  const notes: string[] = [];
  const next = await openStore({ paths, layer, note: (text) => notes.push(text) });
  expect(numberIn(next.layer.read(3))).toBe(2);
  expect(notes).toEqual([`disk 0 is dead and is left as it is: ${paths[0]}`]);
  next.close();
});

test('whatever has become of a dead disk, the other one is enough', async () => {
  const paths = pathsIn(directory());
  (await openStore({ paths, layer, create })).close();
  (await openStore({ paths, layer, without: 1 })).close();
  const ruin = [
    () => fs.truncateSync(paths[1], 5000),
    () => fs.writeFileSync(paths[1], 'rubbish'),
    () => fs.unlinkSync(paths[1]),
  ];
  for (const make of ruin) {
    make();
    const store = await openStore({ paths, layer });
    expect([store.host.works(0), store.host.works(1)]).toEqual([true, false]);
    store.layer.write(0, block(4));
    store.close();
  }
});

test.each(['read', 'write', 'sync'] as const)(
  'both disks fail to %s: the host stops',
  async (what) => {
    const paths = pathsIn(directory());
    let broken = false;
    const fails: Failing = (operation) => (broken && operation === what ? 'EIO' : undefined);
    const around = surroundings(failing(nodeFiles, fails));
    const { layer: mirror, close } = await openStore({ paths, layer, create }, around);
    mirror.write(1, block(5));
    broken = true;
    const use = () => (what === 'read' ? mirror.read(1) : mirror.write(1, block(6)));
    const error = await refusalOf(use);
    expect(error.kind).toBe('both-dead');
    expect(error.message).toContain('both disks are dead');
    broken = false;
    // What has stopped does not begin again.
    expect((await refusalOf(() => mirror.size())).kind).toBe('both-dead');
    close();
  },
);

test('a block that is too long is refused before anything is written', async () => {
  const paths = pathsIn(directory());
  const { layer: mirror, close } = await openStore({ paths, layer, create });
  const error = await refusalOf(() => mirror.write(1, blockOf(new Uint8Array(513).fill(1))));
  expect(error.message).toContain('a block of 513 bytes does not fit into 512 bytes');
  expect(numberIn(mirror.read(1))).toBe(0);
  mirror.write(1, block(3, 512));
  expect(numberIn(mirror.read(1), 512)).toBe(3);
  close();
  expect((await refusalOf(() => mirror.read(1))).kind).toBe('closed');
});

test('one disk, and the end of it', async () => {
  const path = `${directory()}/disk.img`;
  const first = await openDiskStore({ path, layer: Bare, create });
  first.layer.disk.write(2, block(9));
  first.close();
  const { layer: bare, close, fresh } = await openDiskStore({ path, layer: Bare });
  expect(fresh).toBe(false);
  expect(numberIn(bare.disk.read(2))).toBe(9);
  fs.truncateSync(path, 4200);
  expect((await refusalOf(() => bare.disk.write(0, block(1)))).kind).toBe('dead');
  expect((await refusalOf(() => bare.disk.read(0))).kind).toBe('dead');
  expect(fs.statSync(path).size).toBe(4200);
  close();
});

test('an image of a pair is no disk of its own', async () => {
  const paths = pathsIn(directory());
  (await openStore({ paths, layer, create })).close();
  const error = await refusalOf(() => openDiskStore({ path: paths[0], layer: Bare }));
  expect(error.message).toContain('the image is one of 2 disks of its store');
});

test('a file that appears while a store is created is not overwritten', async () => {
  const paths = pathsIn(directory());
  const files = failing(nodeFiles, (operation, path) => {
    if (operation === 'link' && path === paths[1]) fs.writeFileSync(path, 'dear diary');
    return undefined;
  });
  const error = await refusalOf(() => openStore({ paths, layer, create }, surroundings(files)));
  expect(error.message).toContain('second.img: there is a file already');
  expect(fs.readFileSync(paths[1], 'utf8')).toBe('dear diary');
});
