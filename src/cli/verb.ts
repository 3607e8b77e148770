import type { Command } from 'commander';
import type { Exit } from './exit.ts';

/** Adds a verb to the command; what it ends with goes to `finish`. */
export type AddVerb = (program: Command, finish: (exit: Exit) => void) => void;
