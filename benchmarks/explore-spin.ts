/**
 * How fast a transition system is explored, beside SPIN on the same model: a replicated disk with
 * six blocks of four contents, 1,691,648 states. Both run in turn, each as a process of its own,
 * and must count the same. CPU time includes the start of either, not the compiling of SPIN's.
 *
 *     npx rolldown benchmarks/explore-spin.ts --platform node --dir build \
 *       && node build/explore-spin.js [rounds] [blocks]
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';
import { exploreTransitions } from '../src/explore/index.ts';
import { replicatedDisk } from './replicated.ts';

const values = 4;

interface Run {
  readonly distinct: number;
  readonly generated: number;
  readonly seconds: number;
  readonly cpu: number;
  readonly megabytes: number;
}

/** The model in SPIN's language, with one option for each address and value. */
function promela(blocks: number): string {
  const each = (of: (k: number) => string, join = ' ') =>
    Array.from({ length: blocks }, (_, k) => of(k)).join(join);
  const writes = each((k) =>
    Array.from(
      { length: values },
      (_, v) => `:: d_step { pc == 0 -> pend = 1; a = ${k}; v = ${v}; pc = 1 }`,
    ).join('\n  '),
  );
  const right = each(
    (k) =>
      `(d0[${k}] == d1[${k}] && ` +
      `(d0[${k}] == spec[${k}] || (pend && a == ${k} && d0[${k}] == v)))`,
    ' && ',
  );
  return `byte d0[${blocks}], d1[${blocks}], spec[${blocks}], pc, a, v, i; bit pend;
active proctype disk() {
  do
  ${writes}
  :: d_step { pc == 1 -> d0[a] = v; pc = 2 }
  :: d_step { pc == 2 -> d1[a] = v; spec[a] = v; pend = 0; a = 0; v = 0; pc = 0 }
  :: d_step { (pc != 3 || i > 0) -> pc = 3; i = 0 }
  :: d_step { (pc == 3 && i < ${blocks}) -> d1[i] = d0[i]; i = i + 1 }
  :: d_step { (pc == 3 && i == ${blocks}) -> assert(${right});
       if :: pend -> spec[a] = d0[a] :: else fi;
       pend = 0; a = 0; v = 0; i = 0; pc = 0 }
  od
}
`;
}

/** Runs a command, and measures it; stops everything if it fails. */
function timed(command: string, cwd?: string) {
  const script = `TIMEFORMAT='%R %U %S'; time ${command}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], {
    ...(cwd && { cwd }),
    encoding: 'utf8',
  });
  if (status !== 0) fail(`${command} ended with ${status}:\n${stdout}${stderr}`);
  const [seconds = 0, user = 0, system = 0] = stderr
    .trim()
    .split('\n')
    .at(-1)!
    .split(' ')
    .map(Number);
  return { stdout, seconds, cpu: user + system };
}

function fail(because: string): never {
  console.error(because);
  process.exit(2);
}

function needs(command: string, remedy: string): void {
  if (spawnSync(command, [command === 'spin' ? '-V' : '--version']).error)
    fail(`${command} is not on PATH: nothing to compare with; ${remedy}`);
}

const number = (text: string, pattern: RegExp) => {
  const [, found] = pattern.exec(text) ?? [];
  return found === undefined ? fail(`no ${pattern} in:\n${text}`) : Number(found);
};

function spin(folder: string): Run {
  const { stdout, seconds, cpu } = timed('./pan -m2000000 -w24', folder);
  if (!/errors: 0\b/.test(stdout)) fail(`SPIN found an error, or did not end:\n${stdout}`);
  return {
    distinct: number(stdout, /(\d+) states, stored/),
    generated: number(stdout, /(\d+) transitions/),
    megabytes: number(stdout, /([\d.]+)\s+total actual memory usage/),
    seconds,
    cpu,
  };
}

function ours(blocks: number): Run {
  const command = `'${process.execPath}' '${process.argv[1]}' explore ${blocks}`;
  const { stdout, seconds, cpu } = timed(command);
  return { ...JSON.parse(stdout), seconds, cpu };
}

async function exploreHere(blocks: number): Promise<void> {
  const { distinct, generated, found } = await exploreTransitions(replicatedDisk(blocks, values));
  if (found) fail(found.because);
  const megabytes = process.resourceUsage().maxRSS / 1024;
  console.log(JSON.stringify({ distinct, generated, megabytes }));
}

const median = (numbers: readonly number[]) =>
  numbers.toSorted((a, b) => a - b)[Math.floor(numbers.length / 2)]!;

function compare(rounds: number, blocks: number, folder: string): void {
  writeFileSync(join(folder, 'model.pml'), promela(blocks));
  timed('spin -a model.pml', folder);
  timed('gcc -O2 -DSAFETY -o pan pan.c', folder);
  const runs: { spin: Run[]; plimsoll: Run[] } = { spin: [], plimsoll: [] };
  for (let round = 0; round < rounds; round++) {
    runs.spin.push(spin(folder));
    runs.plimsoll.push(ours(blocks));
  }
  const counts = [...runs.spin, ...runs.plimsoll].map((r) => `${r.distinct} / ${r.generated}`);
  if (new Set(counts).size > 1) fail(`the counts differ: ${counts.join(', ')}`);
  console.log(`${counts[0]} distinct / generated, in both; ${rounds} rounds in turn`);
  const middle = (who: keyof typeof runs, what: keyof Run) =>
    median(runs[who].map((run) => run[what]));
  for (const who of ['spin', 'plimsoll'] as const) {
    const cpu = middle(who, 'cpu');
    const rate = Math.round(middle(who, 'distinct') / cpu / 1000);
    const seconds = middle(who, 'seconds').toFixed(2);
    const each = runs[who].map((run) => run.cpu.toFixed(2)).join(' ');
    console.log(
      `${who.padEnd(8)}  ${cpu.toFixed(2)} s CPU (${each})  ${seconds} s  ` +
        `${rate} thousand states per CPU second  ${Math.round(middle(who, 'megabytes'))} MB`,
    );
  }
  const ratio = (what: 'cpu' | 'seconds' | 'megabytes') =>
    (middle('spin', what) / middle('plimsoll', what)).toFixed(2);
  console.log(`speed by CPU time: ${ratio('cpu')} of spin's; by the clock: ${ratio('seconds')}`);
  const load = loadavg()[0]!.toFixed(1);
  console.log(`Node ${process.version}, ${availableParallelism()} cores, load ${load}`);
}

const [first = '5', second = '6'] = process.argv.slice(2);
if (first === 'explore') await exploreHere(Number(second));
else {
  needs('spin', 'apt-get install spin');
  needs('gcc', 'apt-get install gcc');
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-spin-'));
  process.on('exit', () => rmSync(folder, { recursive: true, force: true }));
  compare(Number(first), Number(second), folder);
}
