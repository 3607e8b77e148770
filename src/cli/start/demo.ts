/** `npm start`: the main job on the shipped layers, from the proof to the disks. */
import type { AddVerb } from '../command/verb.ts';

export const addDemo: AddVerb = (program, finish) => {
  program
    .command('demo', { hidden: true })
    .description('prove, explore and run the shipped layers')
    .action(async () => {
      const { demonstrate } = await import('./demonstrate.ts');
      finish(await demonstrate());
    });
};
