/**
 * How long it takes to prove a stack, as layers are added: each is another copy of the same cache,
 * proved for itself, and the stack follows from them. The cache of answers is not used.
 *
 *     npm run build && npx rolldown benchmarks/stack-growth.ts --platform node --dir build \
 *       && node build/stack-growth.js
 */
import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { availableParallelism, loadavg, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = process.cwd();
const folder = mkdtempSync(join(tmpdir(), 'plimsoll-growth-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

function stackOf(layers: number): string {
  const names = Array.from({ length: layers }, (_, i) => `cache${i}`);
  const imports = names.map((name) => `import { readCache as ${name} } from './${name}/proof.ts';`);
  const [first = '', ...others] = names;
  const stack = others.reduce((below, above) => `compose(${below}, ${above})`, first);
  const lines = [
    "import { compose } from 'plimsoll';",
    ...imports,
    `export const stack = ${stack};`,
  ];
  return `${lines.join('\n')}\n`;
}

mkdirSync(join(folder, 'node_modules'));
symlinkSync(root, join(folder, 'node_modules/plimsoll'), 'dir');
writeFileSync(join(folder, 'package.json'), '{ "type": "module", "private": true }\n');
for (const layers of [2, 4, 8]) {
  for (let i = 0; i < layers; i++)
    cpSync(join(root, 'examples/read-cache'), join(folder, `cache${i}`), { recursive: true });
  const file = join(folder, 'proof.ts');
  writeFileSync(file, stackOf(layers));
  const command = [process.execPath, join(root, 'dist/cli/main.js'), 'prove', '--no-cache', file];
  const quoted = command.map((part) => `'${part}'`).join(' ');
  const script = `TIMEFORMAT='%R %U %S'; time ${quoted}`;
  const { status, stdout, stderr } = spawnSync('bash', ['-c', script], { cwd: folder });
  if (status !== 0) throw new Error(`${stdout}${stderr}`);
  const [seconds = 0, user = 0, system = 0] = String(stderr)
    .trim()
    .split('\n')
    .at(-1)!
    .split(' ')
    .map(Number);
  const cpu = user + system;
  console.log(
    `${layers} layers: ${cpu.toFixed(2)} s CPU, ${(cpu / layers).toFixed(2)} s for each, ` +
      `${seconds.toFixed(2)} s by the clock`,
  );
}
console.log(
  `Node ${process.version}, ${availableParallelism()} cores, load ${loadavg()[0]!.toFixed(1)}`,
);
