import type { Command } from 'commander';
import type { Ended } from './exit.ts';

/** Is told what a command ends with. */
export type Finish = (exit: Ended) => void;

/** Adds a verb to the command; what it ends with goes to `finish`. */
export type AddVerb = (program: Command, finish: Finish) => void;
