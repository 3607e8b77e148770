import type { AddVerb } from './verb.ts';

export const addRun: AddVerb = (program, finish) => {
  program.command('run').action(() => finish(0));
};
