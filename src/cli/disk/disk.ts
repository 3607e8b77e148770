/** `plimsoll disk`: what becomes of a disk of a store that has failed. */
import type { Command } from 'commander';
import { WrongUse } from '../command/exit.ts';
import { whole } from '../command/options.ts';
import type { AddVerb, Finish } from '../command/verb.ts';
import {
  imagesOf,
  type OpenStore,
  type StoreOptions,
  storeCommand,
  withStore,
} from '../store/store-options.ts';

const examples = `
A disk that has failed is left out. When it is back, with what it held, it is behind: repair it. If
it is lost, name a new image in its place, and replace it.

Example:
  plimsoll disk status --disk a.img --disk b.img
  plimsoll disk repair --disk a.img --disk b.img
  plimsoll disk replace 1 --disk a.img --disk new.img`;

export const addDisk: AddVerb = (program, finish) => {
  const disk = program
    .command('disk')
    .description('look after the two disks of a store')
    .addHelpText('after', examples);
  addDiskStatus(disk, finish);
  addRepair(disk, finish);
  addReplace(disk, finish);
};

function addDiskStatus(parent: Command, finish: Finish): void {
  storeCommand(parent, 'status', 'say which disks work').action(async (options: StoreOptions) => {
    await withStore(options, finish, (open) => {
      for (const disk of [0, 1] as const)
        open.say('status', `disk ${disk} ${open.disk(disk)}: ${imagesOf(options)[disk]}`);
    });
  });
}

function addRepair(parent: Command, finish: Finish): void {
  storeCommand(parent, 'repair', 'copy the disk that is ahead over the one that is behind').action(
    async (options: StoreOptions) => {
      await withStore(options, finish, repaired, { repair: true });
    },
  );
}

interface ReplaceOptions extends StoreOptions {
  readonly overwrite?: boolean;
}

function addReplace(parent: Command, finish: Finish): void {
  storeCommand(parent, 'replace', 'make a new image in the place of a lost disk, and repair it')
    .argument('<disk>', 'the disk that is lost: 0 or 1', whole(0, 1))
    .option('--overwrite', 'also where there is an image already')
    .action(async (number: number, { overwrite = false, ...options }: ReplaceOptions) => {
      const { realSurroundings, replaceDisk } = await import('../../host/index.ts');
      const disk = number as 0 | 1;
      replaceDisk(imagesOf(options), { disk, overwrite }, realSurroundings());
      await withStore(options, finish, repaired, { repair: true });
    });
}

function repaired({ disk, say }: OpenStore): void {
  const [first, second] = [disk(0), disk(1)];
  if (first === 'works' && second === 'works') {
    say('repair', 'both disks work');
    return;
  }
  throw new WrongUse(
    `disk 0 ${first}, disk 1 ${second}: nothing could be repaired; ` +
      'bring its image back, or replace it',
    'store',
  );
}
