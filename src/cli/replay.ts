import type { AddVerb } from './verb.ts';

export const addReplay: AddVerb = (program, finish) => {
  program.command('replay').action(() => finish(0));
};
