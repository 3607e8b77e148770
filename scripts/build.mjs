/** Builds dist/ anew, beside the old one: there is never half a build to be run. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join, sep } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
const fresh = `${dist}.new-${process.pid}`;
const stale = `${dist}.old-${process.pid}`;

const compiler = createRequire(import.meta.url).resolve('@typescript/typescript6/package.json');
const { status } = spawnSync(
  process.execPath,
  [join(dirname(compiler), 'bin/tsc6'), '-p', 'tsconfig.build.json', '--outDir', fresh],
  { cwd: root, stdio: 'inherit' },
);

// What is plain JavaScript already, the compiler leaves behind.
for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.mjs') && !file.includes('fixtures'))
    cpSync(join(root, 'src', file), join(fresh, file));

// Imported, the compiler's nine megabytes are read twice more for what they export: a quarter of a
// second of every command. Required, they are only run.
const compilerName = '@typescript/typescript6';
const required = `import { createRequire } from 'node:module';
export default createRequire(import.meta.url)('${compilerName}');
`;
writeFileSync(join(fresh, 'typescript.js'), required);
for (const file of readdirSync(fresh, { recursive: true, encoding: 'utf8' })) {
  if (!file.endsWith('.js')) continue;
  const path = join(fresh, file);
  const text = readFileSync(path, 'utf8');
  const up = '../'.repeat(file.split(sep).length - 1) || './';
  const put = text.replace(
    `import ts from '${compilerName}';`,
    `import ts from '${up}typescript.js';`,
  );
  if (put !== text) writeFileSync(path, put);
}

chmodSync(join(fresh, 'cli/main.js'), 0o755);
if (existsSync(dist)) renameSync(dist, stale);
renameSync(fresh, dist);
rmSync(stale, { recursive: true, force: true });
process.exitCode = status ?? 1;
