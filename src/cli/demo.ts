import type { AddVerb } from './verb.ts';

export const addDemo: AddVerb = (program, finish) => {
  program.command('demo').action(() => finish(0));
};
