/** Builds dist/ anew, beside the old one: there is never half a build to be run. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, existsSync, readdirSync, renameSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

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

chmodSync(join(fresh, 'cli/main.js'), 0o755);
if (existsSync(dist)) renameSync(dist, stale);
renameSync(fresh, dist);
rmSync(stale, { recursive: true, force: true });
process.exitCode = status ?? 1;
