/** A power cut is not a kill: what was written and not synced may be gone, each part for itself. */
import { describe, expect, test } from 'vitest';
import type { Sync } from './files.ts';
import type { Life } from './store.ts';
import { Backwards, cutPower, mirrored, numbered } from './testing/power-cut.ts';
import { directory, type Failing, type Operation } from './testing/world.ts';

const small = { blocks: 2, blockSize: 512 };
const writes = [
  [0, 1],
  [1, 2],
  [0, 3],
  [0, 1],
] as const;

/** From its nth operation of that kind on, the disk fails. */
function dies(name: string, operation: Operation, nth: number): Failing {
  let count = 0;
  return (what, path) => {
    if (!path.endsWith(name) || what !== operation) return undefined;
    return ++count >= nth ? 'EIO' : undefined;
  };
}

/** Made anew each time: a disk that fails counts what it was asked. */
const workloads = {
  'four writes': () => mirrored(writes, small),
  'the first disk fails to write': () => mirrored(writes, small, dies('first.img', 'write', 5)),
  'the first disk fails to read': () => mirrored(writes, small, dies('first.img', 'read', 2)),
  'the second disk fails to sync': () => mirrored(writes, small, dies('second.img', 'sync', 6)),
  'the second disk fails, and would decide': () =>
    mirrored(writes, small, dies('second.img', 'sync', 6), Backwards),
  'a number that init makes': () => numbered,
};
type Name = keyof typeof workloads;

const played = (name: Name, sync?: Sync) =>
  cutPower<Life>(workloads[name](), [directory(), directory()], sync);

/** Exact counts. Fewer: a moment or a survivor went missing. */
const expected: Readonly<Record<Name, Record<string, number>>> = {
  'four writes': { moments: 71, survivors: 2531, states: 326, again: 40 },
  'the first disk fails to write': { moments: 67, survivors: 2525, states: 324, again: 6 },
  'the first disk fails to read': { moments: 67, survivors: 2525, states: 324, again: 6 },
  'the second disk fails to sync': { moments: 68, survivors: 2547, states: 336, again: 6 },
  'the second disk fails, and would decide': {
    ...{ moments: 68, survivors: 2547, states: 336, again: 6 },
  },
  'a number that init makes': { moments: 46, survivors: 2190, states: 289, again: 72 },
};

test.each(Object.keys(workloads) as Name[])('nothing acknowledged is missing: %s', async (name) => {
  const { wrong, counts, again } = await played(name);
  expect(wrong).toBeUndefined();
  expect({ ...counts, again }).toEqual(expected[name]);
});

/** Those of disks without a cache; cached-disks.test.ts has the rest. */
const mine = [
  'content of a new image',
  'names of new images',
  'a block',
  'the store is initialised',
  'the other disk is dead',
] as const;

/** Which workload sees that a sync is missing, and what it sees. */
const seen: Readonly<Record<(typeof mine)[number], readonly [Name, string]>> = {
  'content of a new image': ['four writes', 'there is a file that is no image of ours'],
  'names of new images': ['four writes', 'there is a store already'],
  'a block': ['four writes', 'after end 0 1, without no disk: opened: block 0 is 0, not 1'],
  'the store is initialised': ['a number that init makes', 'first saw 1, now saw 2'],
  'the other disk is dead': ['the second disk fails, and would decide', 'block'],
};

describe('every sync is needed', () => {
  test('and asked for', async () => {
    const asked = [...(await played('the second disk fails to sync')).asked];
    const all = [...mine, 'what an earlier process wrote'];
    expect(asked.map(([sync]) => sync).sort()).toEqual(all.sort());
  });

  test.each(mine)('without the sync of %s something is missing', async (sync) => {
    const [workload, sight] = seen[sync];
    expect((await played(workload, sync)).wrong).toContain(sight);
  });
});

/** The trusts say that a block is never torn. They must. */
test('a block of two sectors that are torn apart is neither old nor new', async () => {
  const large = { blocks: 1, blockSize: 1024 };
  const folders = () => [directory(), directory()] as const;
  const whole = await cutPower<Life>(mirrored([[0, 1]], large), folders());
  const torn = await cutPower<Life>(mirrored([[0, 1]], { ...large, unit: 512 }), folders());
  expect(whole.wrong).toBeUndefined();
  expect(torn.wrong).toContain('block 0 is NaN');
});
