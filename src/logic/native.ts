/** z3 and cvc5 as the system has them. */
import { execFile } from 'node:child_process';
import { type Dialect, PipeSolver } from './pipe.ts';
import type { Engine, Reply } from './solver.ts';

export type NativeName = 'z3' | 'cvc5';

/** The solver of this name, if it is on PATH and says which version it is. */
export async function nativeEngine(
  name: NativeName,
  seed: number,
  command: string = name,
  scoped = false,
): Promise<Engine | undefined> {
  const version = await versionOf(command);
  if (version === undefined) return undefined;
  const dialect = { ...(name === 'z3' ? z3(command, seed) : cvc5(command, seed)), scoped };
  return {
    name,
    title: `${name} ${version}`,
    options: dialect.arguments({ milliseconds: 0, megabytes: 0, resources: 0 }).join(' '),
    constantArrays: name === 'cvc5' ? 'axiom' : 'native',
    start: () => new PipeSolver(dialect),
  };
}

function versionOf(command: string): Promise<string | undefined> {
  return new Promise((resolve) => {
    execFile(command, ['--version'], { timeout: 10_000 }, (error, text) => {
      resolve(error === null ? /version (\d[\w.]*)/.exec(text)?.[1] : undefined);
    });
  });
}

/** The plain core, configured by us: facts of storage are arrays, integers and quantifiers. */
function z3(command: string, seed: number): Dialect {
  const options = [
    'auto_config=false',
    'smt.mbqi=true',
    'tactic.default_tactic=smt',
    `smt.random_seed=${seed}`,
  ];
  return {
    command,
    arguments: ({ megabytes }) => ['-in', '-smt2', `-memory:${megabytes}`, ...options],
    begin: ({ resources }, core) =>
      `(reset)\n(set-option :rlimit ${resources})\n${cores(core)}\n(set-logic ALL)`,
  };
}

/** A step of cvc5 takes about ten times as long as one of z3: this allows it some more time. */
const cvc5Steps = 0.5;

function cvc5(command: string, seed: number): Dialect {
  const options = [
    '--lang=smt2.6',
    '--incremental',
    '--produce-models',
    '--full-saturate-quant',
    `--seed=${seed}`,
  ];
  return {
    command,
    arguments: () => options,
    begin: ({ resources }, core) => {
      const steps = Math.ceil(resources * cvc5Steps);
      return `(reset)\n(set-option :rlimit-per ${steps})\n${cores(core)}\n(set-logic ALL)`;
    },
    understood: unsupported,
  };
}

/** It outlives a reset, so it is said every time. */
function cores(wanted: boolean): string {
  return `(set-option :produce-unsat-cores ${wanted})`;
}

/** cvc5 says in an error that it cannot decide a query: some chains of writes, for one. */
function unsupported(reply: Reply): Reply {
  if (reply.kind !== 'error' || !/does not yet support/.test(reply.detail)) return reply;
  return { kind: 'unknown', reason: 'incomplete', detail: reply.detail };
}
