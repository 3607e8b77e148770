/** Runs the built command as a user does. `npm test` builds it first. */
import { spawn } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';

export const root = join(import.meta.dirname, '..');
export const command = join(root, 'dist/cli/main.js');

export interface Ended {
  readonly exit: number | null;
  readonly out: string;
  readonly error: string;
}

export interface Surroundings {
  readonly folder?: string;
  readonly environment?: Readonly<Record<string, string>>;
  /** A signal to send as soon as this is printed. */
  readonly interruptAt?: string;
  /** Which; that of Ctrl-C if absent. */
  readonly signal?: NodeJS.Signals;
}

/** The command with these arguments, to its end. */
export function plimsoll(given: readonly string[], where: Surroundings = {}): Promise<Ended> {
  return execute(process.execPath, [command, ...given], where);
}

export function execute(
  program: string,
  given: readonly string[],
  { folder = root, environment = {}, interruptAt, signal = 'SIGINT' }: Surroundings = {},
): Promise<Ended> {
  const child = spawn(program, given, {
    cwd: folder,
    env: { ...process.env, NO_COLOR: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let out = '';
  let error = '';
  child.stdout.setEncoding('utf8').on('data', (text: string) => {
    out += text;
    if (interruptAt && out.includes(interruptAt)) child.kill(signal);
  });
  child.stderr.setEncoding('utf8').on('data', (text: string) => {
    error += text;
  });
  return new Promise((resolve, reject) => {
    child.on('error', reject);
    child.on('close', (exit) => resolve({ exit, out, error }));
  });
}

/** A user's project with Plimsoll in its node_modules; removed by `remove`. */
export class Project {
  readonly folder = mkdtempSync(join(tmpdir(), 'plimsoll-project-'));

  constructor(files: Readonly<Record<string, string>> = {}) {
    this.write('package.json', '{ "type": "module", "private": true }\n');
    mkdirSync(join(this.folder, 'node_modules'));
    symlinkSync(root, join(this.folder, 'node_modules/plimsoll'), 'dir');
    for (const [name, text] of Object.entries(files)) this.write(name, text);
  }

  write(name: string, text: string): string {
    const file = join(this.folder, name);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
    return file;
  }

  copy(from: string, name: string): void {
    cpSync(from, join(this.folder, name), { recursive: true });
  }

  run(given: readonly string[], where: Surroundings = {}): Promise<Ended> {
    return plimsoll(given, { folder: this.folder, ...where });
  }

  remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }
}
