/** `plimsoll store`: blocks that are written in transactions, on two disks. */
import type { AddVerb } from '../command/verb.ts';
import { addAbort, addBegin, addCommit } from './begin.ts';
import { addBench } from './bench.ts';
import { addCreate } from './create.ts';
import { addGet } from './get.ts';
import { addPut } from './put.ts';
import { addRecover, addStatus } from './status.ts';

const examples = `
Of its layers the mirror and the partition are proved. The log is not: it is explored on the
smallest disk, and tested with power cuts.

Example:
  plimsoll store create --disk a.img --disk b.img --blocks 64
  plimsoll store put --disk a.img --disk b.img 0 hello 1 world
  plimsoll store get --disk a.img --disk b.img 0`;

export const addStore: AddVerb = (program, finish) => {
  const store = program
    .command('store')
    .description('keep blocks on two disks: transactions that survive power cuts and a lost disk')
    .addHelpText('after', examples);
  for (const add of [
    ...[addCreate, addGet, addPut, addBegin, addCommit, addAbort],
    ...[addStatus, addRecover, addBench],
  ])
    add(store, finish);
};
