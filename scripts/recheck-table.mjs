/**
 * What certificates come to: their size, how long each question takes that is left, by solver, and
 * what `recheck --all` takes. `npm run build` and `plimsoll prove --all --certify` come first.
 *
 *     node scripts/recheck-table.mjs [z3] [cvc5] [wasm]
 */
import { spawnSync } from 'node:child_process';
import { loadavg } from 'node:os';
import { join } from 'node:path';
import { proofFiles } from '../dist/cli/command/proof-files.js';
import { certificateFile, readLayerCertificate } from '../dist/cli/prove/certificates.js';
import { certificateText } from '../dist/logic/certificate/index.js';
import { createPool } from '../dist/logic/index.js';
import { recheckLayer } from '../dist/refine/certificates/recheck.js';
import { readTogether } from '../dist/symbolic/reader/read.js';

const root = join(import.meta.dirname, '..');
const place = { root, folder: root };
const named = process.argv.slice(2);
const solvers = named.length > 0 ? named : ['z3', 'cvc5', 'wasm'];

/** The questions that are left of each claim; nobody is asked. */
const questions = [];
let size = 0;
let steps = 0;
const nobody = {
  name: 'nobody',
  solve: async () => ({ kind: 'unknown', reason: 'incomplete', detail: '' }),
};
for (const program of readTogether(proofFiles(undefined, true, root)))
  for (const layer of program.layers) {
    const certificate = readLayerCertificate(certificateFile({}, layer, place), layer);
    size += Buffer.byteLength(certificateText(certificate));
    for (const entry of certificate.entries.values()) steps += entry.steps.length;
    const seen = new Set();
    const listen = (claim, facts) => {
      if (!seen.has(claim)) questions.push(facts);
      seen.add(claim);
    };
    const report = { event() {} };
    await recheckLayer({ program, layer, pool: nobody, report, certificate, listen });
  }
console.log(`load ${loadavg()[0].toFixed(1)}`);
console.log(`${questions.length} claims, ${steps} steps, ${size.toLocaleString('en')} bytes\n`);

/** The best of three, one question at a time. */
async function timesOf(solver) {
  const pool = await createPool({ solver, jobs: 1, cache: false, scoped: true });
  const best = questions.map(() => Number.POSITIVE_INFINITY);
  for (let round = 0; round < 3; round++)
    for (const [at, given] of questions.entries()) {
      const begun = performance.now();
      const { kind } = await pool.solve({ name: 'question', given });
      if (kind !== 'unsat') throw new Error(`${solver} says ${kind}`);
      best[at] = Math.min(best[at], performance.now() - begun);
    }
  await pool.close();
  return best.sort((a, b) => a - b);
}

const milliseconds = (time) => `${time < 10 ? time.toPrecision(2) : Math.round(time)} ms`;
console.log('| solver | median | 95 % | most | `recheck --all` | of processors |');
console.log('|---|---|---|---|---|---|');
for (const solver of solvers) {
  const times = await timesOf(solver);
  const at = (part) => milliseconds(times[Math.floor((times.length - 1) * part)]);
  const command = 'node dist/cli/main.js recheck --all --solver "$0" >&2; times';
  const begun = performance.now();
  const { stdout } = spawnSync('sh', ['-c', command, solver], { cwd: root, encoding: 'utf8' });
  const wall = (performance.now() - begun) / 1000;
  const computed = [...stdout.matchAll(/(\d+)m([\d.]+)s/g)]
    .map(([, minutes, seconds]) => 60 * minutes + +seconds)
    .reduce((sum, each) => sum + each, 0);
  const whole = `${wall.toFixed(1)} s | ${computed.toFixed(1)} s`;
  console.log(`| ${solver} | ${at(0.5)} | ${at(0.95)} | ${at(1)} | ${whole} |`);
}
