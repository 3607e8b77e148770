/** All that a power cut can hit goes through files.ts, and every sync in the hosts has its name. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { syncs } from './files.ts';

const sources = readdirSync(import.meta.dirname)
  .filter((name) => name.endsWith('.ts') && !name.endsWith('.test.ts'))
  .map((name) => ({ name, text: readFileSync(join(import.meta.dirname, name), 'utf8') }));

test('only the lowest boundary imports node:fs', () => {
  const found = sources.filter(({ text }) => /from 'node:fs/.test(text)).map(({ name }) => name);
  expect(found).toEqual(['files.ts']);
});

test('each sync is asked for at one place in each host', () => {
  const places = syncs.map((sync) => [
    sync,
    ...sources.flatMap(({ name, text }) =>
      name === 'files.ts' ? [] : Array(text.split(`'${sync}'`).length - 1).fill(name),
    ),
  ]);
  expect(places).toEqual([
    ['content of a new image', 'create.ts'],
    ['names of new images', 'create.ts'],
    ['what an earlier process wrote', 'image.ts'],
    ['a block', 'image.ts'],
    ['what was written', 'tearing-disk-host.ts', 'two-cached-disks-host.ts'],
    [
      'the store is initialised',
      ...['disk-host.ts', 'tearing-disk-host.ts', 'two-cached-disks-host.ts', 'two-disk-host.ts'],
    ],
    ['the other disk is dead', 'two-cached-disks-host.ts', 'two-disk-host.ts'],
    ['an epoch mark', 'two-cached-disks-host.ts'],
    ['the disks agree again', 'two-cached-disks-host.ts'],
  ]);
});
