/**
 * Everything that must hold of the project: it builds, it type-checks, it is formatted, and its
 * tests pass. The last lines name what failed and count all of that. Arguments go to vitest.
 */
import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const only = process.argv.slice(2);
const totals = { passed: 0, failed: [], skipped: [] };

/** Several times what a slow machine needs: whatever takes longer will never end. */
const patience = 40 * 60_000;

function run(name, command, given, environment = {}) {
  console.log(`\n== ${name}`);
  const { status } = spawnSync(command, given, {
    cwd: root,
    stdio: 'inherit',
    timeout: patience,
    killSignal: 'SIGKILL',
    env: { ...process.env, ...environment, PATH: `${bin}:${process.env.PATH}` },
  });
  return status === 0;
}

function step(name, command, ...given) {
  if (run(name, command, given)) totals.passed++;
  else totals.failed.push(name);
}

/** Programs of the differential test: a share of a long run, which is `PROGRAMS=13000 npm test`. */
const programs = process.env.PROGRAMS ?? '4000';

/** What fills the memory of a process: each file of these gets a worker of its own. */
const heavy = ['tests/layers', 'tests/differential', 'tests/examples'];

function tests(title, ...given) {
  const scratch = mkdtempSync(join(tmpdir(), 'plimsoll-totals-'));
  const file = join(scratch, 'totals.json');
  const reporters = ['--reporter=default', '--reporter=./scripts/totals.mjs'];
  const environment = { PROGRAMS: programs, PLIMSOLL_TOTALS: file };
  const passed = run(title, 'vitest', ['run', ...reporters, ...given], environment);
  const found = read(file);
  rmSync(scratch, { recursive: true });
  totals.passed += found?.passed ?? 0;
  totals.failed.push(...(found?.failed ?? []));
  totals.skipped.push(...(found?.skipped ?? []));
  totals.failed.push(...(found?.running ?? []).map((file) => `${file} did not end`));
  // Whatever stopped the run without being a test that failed is a failure all the same.
  if (!passed && !found?.failed?.length && !found?.running?.length)
    totals.failed.push(`${title}: the run ended with an error that no test tells`);
}

function read(file) {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
}

const bin = join(root, 'node_modules/.bin');
step('build', 'npm', 'run', '--silent', 'build');
step('types', 'tsc6', '--noEmit');
step('format and lint', 'biome', 'check');
if (only.length > 0) tests('tests', ...only);
else {
  tests('tests', ...heavy.map((folder) => `--exclude=${folder}/**`));
  tests('layers and differential test', '--isolate', ...heavy);
}

console.log('');
for (const what of totals.failed) console.log(`failed: ${what}`);
for (const name of totals.skipped) console.log(`skipped: ${name}`);
const { passed, failed, skipped } = totals;
console.log(`${passed} passed, ${failed.length} failed, ${skipped.length} skipped`);
process.exitCode = failed.length > 0 ? 1 : 0;
