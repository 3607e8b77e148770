/** `plimsoll doctor`: what this machine has, and what to do about what it has not. */
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import { paintFor } from '../../report/colour.ts';
import type { Exit } from '../command/exit.ts';
import { dependencies, projectRoot, version } from '../command/package.ts';
import { write } from '../command/terminal.ts';
import type { AddVerb } from '../command/verb.ts';
import { tryOut } from '../command/whole-file.ts';

interface Finding {
  readonly about: string;
  /** `absent` is fine: it would only be faster, or more certain, with it. */
  readonly state: 'ok' | 'absent' | 'bad';
  readonly text: string;
}

const colours = { ok: 'green', absent: 'yellow', bad: 'red' } as const;

export const addDoctor: AddVerb = (program, finish) => {
  program
    .command('doctor')
    .description('say what this machine has: Node, solvers, cache, cores')
    .action(async () => finish(await doctor()));
};

async function doctor(): Promise<Exit> {
  const paint = paintFor(process.stdout, process.env);
  const checks = [plimsoll, node, ...Object.keys(dependencies).map(packaged), cores, cacheFolder];
  const findings = [...checks.map((check) => check()), await wasm(), native('z3'), native('cvc5')];
  for (const { about, state, text } of findings)
    write(`${paint(colours[state], state.padEnd(8))}${about.padEnd(26)}${text}\n`);
  const bad = findings.filter((finding) => finding.state === 'bad').length;
  write(
    bad > 0 ? `\n${bad} to mend before Plimsoll can work here\n` : '\nall that is needed is here\n',
  );
  return bad > 0 ? 3 : 0;
}

function plimsoll(): Finding {
  return { about: 'plimsoll', state: 'ok', text: version };
}

function node(): Finding {
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  const fits = major > 20 || (major === 20 && minor >= 19);
  const found = process.versions.node;
  return fits
    ? { about: 'Node', state: 'ok', text: found }
    : { about: 'Node', state: 'bad', text: `${found}; install 20.19 or later` };
}

/** A package that we depend on, and whether it is the version that we were built with. */
function packaged(name: string): () => Finding {
  return () => {
    const wanted = dependencies[name];
    const found = installed(name);
    return found === wanted
      ? { about: name, state: 'ok', text: found ?? '' }
      : { about: name, state: 'bad', text: `${found ?? 'missing'}; npm install, for ${wanted}` };
  };
}

function installed(name: string): string | undefined {
  for (const folder of createRequire(import.meta.url).resolve.paths(name) ?? []) {
    try {
      const text = readFileSync(join(folder, name, 'package.json'), 'utf8');
      return (JSON.parse(text) as { version: string }).version;
    } catch {
      // It may lie in a folder further up.
    }
  }
  return undefined;
}

function cores(): Finding {
  const memory = `${(totalmem() / 2 ** 30).toFixed(1)} GiB of memory`;
  return { about: 'cores', state: 'ok', text: `${availableParallelism()}, ${memory}` };
}

function cacheFolder(): Finding {
  const folder = join(projectRoot(process.cwd()), '.plimsoll/cache');
  try {
    tryOut(join(folder, 'probe'));
    return { about: 'cache', state: 'ok', text: folder };
  } catch {
    const remedy = 'cannot be written; make it writable, or use --no-cache';
    return { about: 'cache', state: 'absent', text: `${folder} ${remedy}` };
  }
}

/** Starts the built-in solver and asks it something. */
async function wasm(): Promise<Finding> {
  const about = 'built-in solver';
  try {
    const { createPool } = await import('../../logic/pool.ts');
    const { no } = await import('../../logic/index.ts');
    const begun = performance.now();
    const pool = await createPool({ solver: 'wasm', jobs: 1, cache: false });
    const answer = await pool.solve({ name: 'doctor', given: [no] });
    await pool.close();
    const took = `${Math.round(performance.now() - begun)} ms`;
    return answer.kind === 'unsat'
      ? { about, state: 'ok', text: `${pool.name}, started and asked in ${took}` }
      : {
          about,
          state: 'bad',
          text: `answers ${answer.kind} to what is false; reinstall z3-solver`,
        };
  } catch (error) {
    return { about, state: 'bad', text: `${(error as Error).message}; reinstall z3-solver` };
  }
}

function native(name: string): Finding {
  const found = spawnSync(name, ['--version'], { encoding: 'utf8', timeout: 10_000 });
  const [text = ''] = (found.stdout ?? '').split('\n');
  return found.status === 0
    ? {
        about: `${name} on PATH`,
        state: 'ok',
        text: text.replaceAll(/\s*\[.*\]/g, '').slice(0, 60),
      }
    : { about: `${name} on PATH`, state: 'absent', text: 'not needed; would be faster' };
}
