/**
 * Measures the examples and writes the table of examples/README.md:
 *
 *     npm run build && node scripts/examples-table.mjs
 */
import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { described } from './described.mjs';

const root = join(import.meta.dirname, '..');
const folder = join(root, 'examples');
const readme = join(folder, 'README.md');
const command = join(root, 'dist/cli/main.js');
const marks = ['<!-- measured -->\n', '<!-- end -->'];

const names = readdirSync(folder, { withFileTypes: true })
  // Stacks are made of the others, and proved with them.
  .filter((entry) => entry.isDirectory() && entry.name !== 'stacks')
  .map(({ name }) => name)
  .sort();

function row(name) {
  const own = join(folder, name);
  const native = proved(own, 'z3');
  const wasm = proved(own, 'wasm');
  const times = [wasm, native].map(({ seconds }) => `${seconds.toFixed(1)} s`);
  const { promise, lines, broken, states } = described(own, name);
  return [promise, ...lines, broken, native.many, ...times, states];
}

/** How many obligations were proved, and how long that took with nothing known before. */
function proved(own, solver) {
  const given = ['prove', own, '--no-cache', '--solver', solver, '--format', 'json'];
  const { status, stdout, stderr } = spawnSync(process.execPath, [command, ...given], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 1 << 28,
  });
  if (status !== 0) throw new Error(`${own} is not proved with ${solver}: ${stdout}${stderr}`);
  const events = stdout
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const verdict = events.find(({ event }) => event === 'verdict');
  const many = events.filter(({ event }) => event === 'obligation').length;
  return { many, seconds: verdict.milliseconds / 1000 };
}

const head = 'promise|spec|code|proof|broken|obligations|WASM|native|states'.split('|');
const line = (cells) => `| ${cells.join(' | ')} |`;
const rule = head.map((_, i) => (i === 0 ? '---' : '--:'));
const table = [head, rule, ...names.map(row)].map(line).join('\n');
const note = `Measured on ${cpus().length} cores, ${cpus()[0]?.model ?? 'unknown'}.`;

const text = readFileSync(readme, 'utf8');
const [from, to] = [text.indexOf(marks[0]) + marks[0].length, text.indexOf(marks[1])];
writeFileSync(readme, `${text.slice(0, from)}\n${table}\n\n${note}\n\n${text.slice(to)}`);
