/** `plimsoll init`: a first layer for an empty project. */
import type { AddVerb } from '../command/verb.ts';

export const addInit: AddVerb = (program, finish) => {
  program
    .command('init')
    .description('write a first layer into a project: a register in one block')
    .argument('[folder]', 'the folder of the project; where you are, unless named')
    .action(async (folder: string | undefined) => {
      const { writeFirstLayer } = await import('./write-first-layer.ts');
      writeFirstLayer(folder ?? '.', process.cwd());
      finish(0);
    });
};
