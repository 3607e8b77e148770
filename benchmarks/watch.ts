/**
 * How long one waits for a verdict after a change of one line: cold, as a command of its own, and
 * while `prove --watch` runs. The layer is the shipped mirror; no answer is in the cache before.
 *
 *     npm run -s build && npx rolldown benchmarks/watch.ts --platform node --dir build \
 *       && node build/watch.js [z3|wasm]
 */
import { spawn } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const [solver = 'z3'] = process.argv.slice(2);
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-watch-'));
const code = join(folder, 'mirror/code.ts');
const command = join(root, 'dist/cli/main.js');

mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/plimsoll'), 'dir');
writeFileSync(join(folder, 'package.json'), '{ "type": "module" }\n');
cpSync(join(root, 'src/stack/mirror'), join(folder, 'mirror'), { recursive: true });
for (const name of ['code', 'proof', 'spec']) {
  const file = join(folder, `mirror/${name}.ts`);
  const text = readFileSync(file, 'utf8').replaceAll(/'\.\.\/\.\.\/[a-z/-]+\.ts'/g, "'plimsoll'");
  writeFileSync(file, text);
}
const written = readFileSync(code, 'utf8');

/** The same layer with the result of a read in another order: a part of what is asked is new. */
const line = 'this.pair.read(0, address) ?? this.pair.read(1, address) ?? zeroBlock';
const changes: readonly (readonly [string, string])[] = [
  ['as it was', written],
  ['read asks the second disk first', written.replace(line, swapped(line))],
  ['a comment', `${written}// A remark.\n`],
  ['write ends early (refuted)', written.replace(/( +)\/\/ Power lost here.*\n.*\n/, '\n')],
];

function swapped(text: string): string {
  return text.replace('(0,', '(x,').replace('(1,', '(0,').replace('(x,', '(1,');
}

const verdict = /^(?:proved|refuted|unknown|vacuous)\b.*\n.*/m;

/** Starts the command, and calls back with each verdict. */
function start(words: readonly string[], onVerdict: (text: string) => void) {
  const given = [command, 'prove', 'mirror', '--solver', solver, ...words];
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
const clear = () => rmSync(join(folder, '.plimsoll'), { recursive: true, force: true });

function cold(text: string): Promise<string> {
  writeFileSync(code, text);
  const begun = performance.now();
  return new Promise((resolve) => {
    const child = start([], (found) => {
      const line = `${seconds(begun)}  ${found}`;
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
    const begun = performance.now();
    writeFileSync(code, content);
    const found = await answer;
    console.log(`  ${content === written ? 'back again' : name}: ${seconds(begun)}  ${found}`);
  }
child.kill('SIGINT');
child.on('close', () => rmSync(folder, { recursive: true }));
