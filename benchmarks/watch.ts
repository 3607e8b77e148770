/**
 * How long one waits for a verdict after a change of one line: cold, as a command of its own, and
 * while `prove --watch` runs; with the processor time that Node and its solvers took, which other
 * work on the machine changes less. No answer is in the cache before.
 *
 *     npm run -s build && npx rolldown benchmarks/watch.ts --platform node --dir build \
 *       && node build/watch.js [z3|wasm] [register|mirror|remap]
 *
 * `register` is the layer of `plimsoll init`, `remap` the one with the most obligations.
 */
import { spawn, spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const [solver = 'z3', layer = 'mirror'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-watch-'));
const code = join(folder, layer, 'code.ts');
const command = join(root, 'dist/cli/main.js');

mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/plimsoll'), 'dir');
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
cpSync(join(root, 'tsconfig.json'), join(folder, 'tsconfig.json'));

/** The same layer, changed in one line. */
type Change = readonly [name: string, was: string | RegExp, becomes: string];

const reads = 'this.pair.read(0, address) ?? this.pair.read(1, address) ?? zeroBlock';
const layers: Readonly<Record<string, { from: string; changes: readonly Change[] }>> = {
  register: {
    from: '',
    changes: [
      ['writes twice', 'this.disk.write(0, value);', '$& this.disk.write(0, value);'],
      [
        'clears it first (refuted)',
        'this.disk.write(0, value);',
        'this.disk.write(0, zeroBlock); $&',
      ],
    ],
  },
  mirror: {
    from: 'src/stack/mirror',
    changes: [
      ['read asks the second disk first', reads, swapped(reads)],
      ['write ends early (refuted)', /( +)\/\/ Power lost here.*\n.*\n/, '\n'],
    ],
  },
  remap: {
    from: 'examples/remap',
    changes: [
      ['one place more is taken', 'this.unused = place + 1;', '$& this.unused = place + 1;'],
      ['a taken place is spare (not proved)', 'this.unused = size;', 'this.unused = 0;'],
    ],
  },
};
const chosen = layers[layer]!;
if (chosen.from === '') spawnSync(process.execPath, [command, 'init'], { cwd: folder });
else cpSync(join(root, chosen.from), join(folder, layer), { recursive: true });
for (const name of readdirSync(join(folder, layer)).filter((name) => name.endsWith('.ts'))) {
  const file = join(folder, layer, name);
  const text = readFileSync(file, 'utf8').replaceAll(/'\.\.\/\.\.\/[a-z/-]+\.ts'/g, "'plimsoll'");
  writeFileSync(file, text);
}
const written = readFileSync(code, 'utf8');
const changes: readonly (readonly [string, string])[] = [
  ['as it was', written],
  ['a comment', `${written}// A remark.\n`],
  ...chosen.changes.map(([name, was, to]) => [name, written.replace(was, to)] as const),
];

function swapped(text: string): string {
  return text.replace('(0,', '(x,').replace('(1,', '(0,').replace('(x,', '(1,');
}

/** Of a process that has just ended nothing: its parent has been given its time. */
function about(process: number, what: string): string {
  try {
    return readFileSync(`/proc/${process}/${what}`, 'utf8');
  } catch {
    return '';
  }
}

/** Seconds that a process and its children have computed, as Linux counts them. */
function computed(process: number): number {
  const stat = about(process, 'stat');
  const ticks = stat.slice(stat.lastIndexOf(')')).split(' ').slice(12, 16).map(Number);
  const children = about(process, `task/${process}/children`);
  const own = ticks.reduce((sum, each) => sum + each, 0) / 100;
  return children
    .split(' ')
    .filter(Boolean)
    .reduce((sum, id) => sum + computed(Number(id)), own);
}

const verdict = /^(?:proved|refuted|unknown|vacuous)\b.*\n.*/m;

/** Starts the command, and calls back with each verdict. */
function start(words: readonly string[], onVerdict: (text: string) => void) {
  const given = [command, 'prove', layer, '--solver', solver, ...words];
  const child = spawn(process.execPath, given, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'] });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    const [found] = verdict.exec(out) ?? [];
    if (!found) return;
    out = '';
    onVerdict(found.replaceAll(/\s+/g, ' '));
  });
  return child;
}

const seconds = (begun: number) => `${((performance.now() - begun) / 1000).toFixed(2)} s`;
const busy = (process: number, before: number) =>
  `${(computed(process) - before).toFixed(2)} s computed`;
const clear = () => rmSync(join(folder, '.plimsoll'), { recursive: true, force: true });

function cold(text: string): Promise<string> {
  writeFileSync(code, text);
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = start([], (found) => {
      const line = `${seconds(begun)}, ${busy(child.pid!, 0)}  ${found}`;
      child.on('close', () => resolve(line));
    });
  });
}

const [load = 0] = loadavg();
console.log(`solver ${solver}, ${availableParallelism()} cores, load ${load.toFixed(1)}\ncold:`);
for (const [name, text] of changes) {
  clear();
  await cold(written);
  // What has not changed is in the cache of the disk, as it is for a user.
  console.log(`  ${name}: ${await cold(text)}`);
}

console.log('--watch:');
clear();
let told = (_: string) => {};
const next = () =>
  new Promise<string>((resolve) => {
    told = resolve;
  });
writeFileSync(code, written);
const first = next();
const child = start(['--watch'], (found) => told(found));
await first;
for (const [name, text] of changes.slice(1))
  for (const content of [text, written]) {
    await new Promise((resolve) => setTimeout(resolve, 1500));
    const answer = next();
    const before = computed(child.pid!);
    const begun = performance.now();
    writeFileSync(code, content);
    const found = await answer;
    const took = `${seconds(begun)}, ${busy(child.pid!, before)}`;
    console.log(`  ${content === written ? 'back again' : name}: ${took}  ${found}`);
  }
child.kill('SIGINT');
child.on('close', () => rmSync(folder, { recursive: true }));
