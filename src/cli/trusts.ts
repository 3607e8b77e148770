/** `plimsoll trusts`: what a verdict rests on. */
import { onlyOption } from './options.ts';
import { proofFiles, shippedProofs } from './proof-files.ts';
import type { AddVerb } from './verb.ts';

export const addTrusts: AddVerb = (program, finish) => {
  program
    .command('trusts')
    .description('say what a verdict rests on: machines, assumptions, reader, solver, host')
    .argument('[file]', 'a proof file; without one, the shipped layers')
    .addOption(onlyOption())
    .action(async (file: string | undefined, { only }: { only?: string }) => {
      const folder = process.cwd();
      const files = file === undefined ? shippedProofs() : proofFiles(file, false, folder);
      const { printTrusts } = await import('./trusted.ts');
      await printTrusts(files, only, folder);
      finish(0);
    });
};
