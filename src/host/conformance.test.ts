/** Each host side by side with its machine, through random operations, failures and restarts. */
import { truncateSync, unlinkSync } from 'node:fs';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type Block, Disk, TwoDisks, zeroBlock } from '../model/index.ts';
import { nodeFiles } from './files.ts';
import { HostError } from './host-error.ts';
import { openPair, openSingle } from './open.ts';
import { Followers } from './testing/followers.ts';
import {
  block,
  directory,
  type Failure,
  failing,
  type Operation,
  pathsIn,
  surroundings,
} from './testing/world.ts';

const seed = Number(process.env.SEED ?? Math.floor(Math.random() * 2 ** 31));
const runs = 300;
const blocks = 3;
const blockSize = 512;
const contents = [zeroBlock, block(1), block(2), block(7, blockSize)];
const zeros = (): Block[] => Array.from({ length: blocks }, () => zeroBlock);

type Break =
  | { readonly how: Operation; readonly failure: Failure }
  | { readonly how: 'removed' | 'cut short' };

const address = fc.integer({ min: -1, max: blocks });
const disk = fc.constantFrom(0 as const, 1 as const);
const content = fc.constantFrom(...contents);
const read = fc.record({ do: fc.constant('read' as const), disk, address });
const write = fc.record({ do: fc.constant('write' as const), disk, address, content });
const size = fc.record({ do: fc.constant('size' as const), disk });
const restart = fc.record({ do: fc.constant('restart' as const) });
const breaks: fc.Arbitrary<Break> = fc.oneof(
  fc.record({
    how: fc.constantFrom<Operation>('read', 'write', 'sync', 'status'),
    failure: fc.constantFrom<Failure>('EIO', 'ENOSPC', 'nothing', 'some'),
  }),
  fc.record({ how: fc.constantFrom('removed' as const, 'cut short' as const) }),
);
const broken = fc.record({ disk, after: fc.nat(12), breaks });

test(`two disks on two images, seed ${seed}`, () => {
  const steps = fc.array(fc.oneof(read, write, write, size, restart), { maxLength: 25 });
  let died = 0;
  const property = fc.property(steps, broken, (given, { disk: victim, after, breaks: how }) => {
    const folder = directory();
    const paths = pathsIn(folder);
    let failure: Break | undefined;
    const files = failing(nodeFiles, (operation, path) =>
      failure && 'failure' in failure && operation === failure.how && path.endsWith(paths[victim])
        ? failure.failure
        : undefined,
    );
    const around = surroundings(files);
    let { host, close } = openPair({ paths, create: { blocks, blockSize } }, around);
    const machine = new Followers([new TwoDisks(zeros(), zeros(), true, true)], contents);
    given.forEach((step, i) => {
      if (i === after) {
        failure = how;
        if (how.how === 'removed') unlinkSync(paths[victim]);
        if (how.how === 'cut short') truncateSync(paths[victim], 5000);
      }
      if (step.do === 'restart') {
        close();
        machine.crash();
        // The disk is back, with whatever it held; if it was known to be dead, it must stay so.
        failure = undefined;
        ({ host, close } = reopened());
      } else if (step.do === 'read')
        machine.saw((on) => on.read(step.disk, step.address), host.read(step.disk, step.address));
      else if (step.do === 'size') machine.saw((on) => on.size(step.disk), host.size(step.disk));
      else {
        const { disk: to, address: at, content: what } = step;
        machine.saw((on) => on.write(to, at, what), host.write(to, at, what));
      }
    });
    if (!host.works(victim)) died++;
    close();

    function reopened() {
      try {
        return openPair({ paths }, around);
      } catch (error) {
        // What cannot be opened is left out by the operator: a fault, for the machine.
        if (!(error instanceof HostError)) throw error;
        return openPair({ paths, without: victim }, around);
      }
    }
  });
  fc.assert(property, { numRuns: runs, seed });
  expect(died).toBeGreaterThan(runs / 10);
});

test(`a disk on an image, seed ${seed}`, () => {
  const steps = fc.array(fc.oneof(read, write, write, size, restart), { maxLength: 25 });
  const property = fc.property(steps, (given) => {
    const path = `${directory()}/disk.img`;
    const around = surroundings();
    let { host, close } = openSingle({ path, create: { blocks, blockSize } }, around);
    const machine = new Followers([new Disk(zeros())], contents);
    for (const step of given) {
      if (step.do === 'restart') {
        close();
        machine.crash();
        ({ host, close } = openSingle({ path }, around));
      } else if (step.do === 'read')
        machine.saw((on) => on.read(step.address), host.read(step.address));
      else if (step.do === 'size') machine.saw((on) => on.size(), host.size());
      else {
        const { address: at, content: what } = step;
        machine.saw((on) => on.write(at, what), host.write(at, what));
      }
    }
    close();
  });
  fc.assert(property, { numRuns: runs, seed });
});

test('an answer that the machine never gives is seen', () => {
  const machine = new Followers([new TwoDisks(zeros(), zeros(), true, true)], contents);
  machine.saw((on) => on.write(0, 1, block(1)), true);
  machine.saw((on) => on.read(0, 1), block(1));
  machine.saw((on) => on.read(0, 1), null);
  expect(() => machine.saw((on) => on.read(0, 1), block(1))).toThrow('never answers');
  const other = new Followers([new TwoDisks(zeros(), zeros(), true, true)], contents);
  other.saw((on) => on.write(0, 1, block(1)), false);
  expect(() => other.saw((on) => on.write(1, 1, block(1)), false)).toThrow('never answers false');
});
