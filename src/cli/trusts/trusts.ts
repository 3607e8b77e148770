/** `plimsoll trusts`: what a verdict rests on. */
import { onlyOption, type SolverOptions, solverOption } from '../command/options.ts';
import { proofFiles, shippedProofs } from '../command/proof-files.ts';
import type { AddVerb } from '../command/verb.ts';

interface TrustsOptions extends Pick<SolverOptions, 'solver'> {
  readonly only?: string;
}

export const addTrusts: AddVerb = (program, finish) => {
  program
    .command('trusts')
    .description('say what a verdict rests on: machines, assumptions, reader, solver, host')
    .argument('[file]', 'a proof file; without one, the shipped layers')
    .addOption(onlyOption())
    .addOption(solverOption())
    .action(async (file: string | undefined, { only, solver }: TrustsOptions) => {
      const folder = process.cwd();
      const files = file === undefined ? shippedProofs() : proofFiles(file, false, folder);
      const { printTrusts } = await import('./trusted.ts');
      await printTrusts({ files, only, solver, folder });
      finish(0);
    });
};
