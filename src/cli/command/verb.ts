import type { Command } from 'commander';
import type { Ended } from './exit.ts';

/** Adds a verb to the command; what it ends with goes to `finish`. */
export type AddVerb = (program: Command, finish: (exit: Ended) => void) => void;
