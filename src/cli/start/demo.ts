/** `npm start`: the main job on one layer, from the proof to the disks. */
import type { AddVerb } from '../command/verb.ts';

export const addDemo: AddVerb = (program, finish) => {
  program
    .command('demo', { hidden: true })
    .description('prove, explore and run the mirror')
    .action(async () => {
      const { demonstrate } = await import('./demonstrate.ts');
      finish(await demonstrate());
    });
};
