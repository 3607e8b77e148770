#!/usr/bin/env node
/** The command. Verbs are a file each; what they need is loaded when they run. */
import { Command, CommanderError } from 'commander';
import type { Ended, Exit } from './command/exit.ts';
import { complaint, explain, type Failure, failureEvent } from './command/failure.ts';
import { version } from './command/package.ts';
import { Session } from './command/session.ts';
import { addDisk } from './disk/disk.ts';
import { addExplore } from './explore/explore.ts';
import { addReplay } from './explore/replay.ts';
import { addKleene } from './kleene/kleene.ts';
import { addMutate } from './mutate/mutate.ts';
import { addProve } from './prove/prove.ts';
import { addRecheck } from './prove/recheck.ts';
import { addRun } from './run/run.ts';
import { addCompletion } from './start/completion.ts';
import { addDemo } from './start/demo.ts';
import { addDoctor } from './start/doctor.ts';
import { addInit } from './start/init.ts';
import { addStore } from './store/store.ts';
import { addTrusts } from './trusts/trusts.ts';

const verbs = [
  addInit,
  addProve,
  addRecheck,
  addExplore,
  addMutate,
  addRun,
  addStore,
  addDisk,
  addReplay,
  addTrusts,
  addKleene,
  addDoctor,
  addCompletion,
  addDemo,
];

const afterwards = `
Exit: 0 proved, or explored to the stated bound · 1 refuted or vacuous · 2 undecided ·
3 wrong use, or input that cannot be read.`;

/** Runs one command line, without the name of the command, and answers with its exit. */
async function main(given: readonly string[]): Promise<Ended> {
  let exit: Ended = 0;
  const program = new Command('plimsoll')
    .description('Prove, explore and run storage code from one TypeScript source.')
    .version(version, '--version', 'print the version')
    .helpOption('--help', 'print this help')
    .addHelpText('after', afterwards)
    .showSuggestionAfterError()
    .exitOverride()
    .configureOutput({
      outputError: (text, write) => write(complaint(remedy(text), 'commandLine')),
    });
  const finish = (code: Ended) => {
    exit = code;
  };
  for (const add of verbs) add(program, finish);
  try {
    await program.parseAsync(given, { from: 'user' });
    return exit;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? 0 : 3;
    const failure = explain(error, process.cwd());
    clearProgress();
    process.stderr.write(failure.text);
    return abandon(failure);
  }
}

/** A report that cannot be written either is one more message, and changes nothing else. */
function abandon(failure: Failure): Exit {
  try {
    Session.abandon(failureEvent(failure), failure.exit);
  } catch (error) {
    process.stderr.write(explain(error, process.cwd()).text);
  }
  return failure.exit;
}

/** The message of commander, with where to look if it suggests nothing itself. */
function remedy(text: string): string {
  const message = text
    .trim()
    .replace(/^error: /, '')
    .replace(/\.$/, '');
  return message.includes('Did you mean') ? message : `${message}; see: plimsoll --help`;
}

function clearProgress(): void {
  if (process.stderr.isTTY) process.stderr.write('\r\x1b[2K');
}

// Who reads our output may stop at any time, as `head` does; and a disk may be full.
process.stdout.on('error', (error: NodeJS.ErrnoException) => {
  if (error.code === 'EPIPE') process.exit(141);
  const text = `what is said cannot be written: ${error.message}; make room, or print elsewhere`;
  process.stderr.write(complaint(text, 'output'));
  process.exit(3);
});
// There is nobody left to be told.
process.stderr.on('error', () => {});

process.exitCode = await main(process.argv.slice(2));
// A solver that is still at work must not keep the command from ending.
setTimeout(() => process.exit(), 1000).unref();
