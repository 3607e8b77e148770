import type { AddVerb } from './verb.ts';

export const addTrusts: AddVerb = (program, finish) => {
  program.command('trusts').action(() => finish(0));
};
