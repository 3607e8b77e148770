/** Builds dist/ anew: what is gone from src/ must not be shipped. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, readdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const root = join(import.meta.dirname, '..');
const dist = join(root, 'dist');
rmSync(dist, { recursive: true, force: true });

const compiler = createRequire(import.meta.url).resolve('@typescript/typescript6/package.json');
const { status } = spawnSync(
  process.execPath,
  [join(dirname(compiler), 'bin/tsc6'), '-p', 'tsconfig.build.json'],
  { cwd: root, stdio: 'inherit' },
);

// What is plain JavaScript already, the compiler leaves behind.
for (const file of readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }))
  if (file.endsWith('.mjs')) cpSync(join(root, 'src', file), join(dist, file));

chmodSync(join(dist, 'cli/main.js'), 0o755);
process.exitCode = status ?? 1;
