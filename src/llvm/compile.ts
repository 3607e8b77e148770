/** C to LLVM IR and to WebAssembly: by the clang that npm installed, or by one on the machine. */
import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { commands, Exit, runLLVM } from '@yowasp/clang';

export interface Source {
  /** The file that is compiled; it may include the others. */
  readonly main: string;
  /** Texts by path. */
  readonly files: Readonly<Record<string, string>>;
  readonly flags?: readonly string[];
}

export interface CompilerOptions {
  /** A clang of version 15 or later; else the one of the package is used. */
  readonly native?: string;
  /** A folder for what was compiled before. */
  readonly cache?: string;
}

export type Level = 0 | 1 | 2;

export interface Complaint {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/** C that clang does not accept. */
export class NotCompiled extends Error {
  override readonly name = 'NotCompiled';
  readonly complaints: readonly Complaint[];

  constructor(output: string) {
    const complaints = complaintsIn(output);
    const lines = complaints.map((one) => {
      return `${one.file}:${one.line}:${one.column}: ${one.message}; correct the C`;
    });
    super(lines.length > 0 ? lines.join('\n') : `clang failed: ${errorsIn(output)}`);
    this.complaints = complaints;
  }
}

/** Part of the address of what is cached: another version may compile differently. */
const packageVersion = '22.0.0-git20542-10';
const oldest = 15;

/** What the executors rely on: no claims that they do not check, no vectors, no floats. */
const always = [
  ...['-target', 'x86_64-linux-gnu', '-S', '-emit-llvm', '-g', '-ffreestanding', '-fno-PIE'],
  ...['-fno-strict-aliasing', '-fno-vectorize', '-fno-slp-vectorize', '-mgeneral-regs-only'],
  '-mno-red-zone',
];

/** The text of the module, with debug information. */
export async function toIr(source: Source, level: Level, options?: CompilerOptions) {
  const args = [...always, `-O${level}`, ...(source.flags ?? [])];
  return (await compiled(source, args, options)).toString('utf8');
}

/** A WebAssembly module that exports everything; `.ll` files are accepted too. */
export async function toWasm(source: Source, level: Level, options?: CompilerOptions) {
  const link = ['-nostdlib', '-Wl,--no-entry', '-Wl,--export-all'];
  const language = source.main.endsWith('.ll') ? ['-Wno-override-module'] : ['-ffreestanding'];
  const args = ['-target', 'wasm32', `-O${level}`, ...language, ...link, ...(source.flags ?? [])];
  return compiled(source, args, options);
}

async function compiled(source: Source, args: readonly string[], options: CompilerOptions = {}) {
  const compiler = options.native === undefined ? packageVersion : await versionOf(options.native);
  const file = options.cache && join(options.cache, addressOf(source, args, compiler));
  if (file !== undefined) {
    const known = readIfThere(file);
    if (known !== undefined) return known;
  }
  const made = await run(source, args, options.native);
  if (file !== undefined) keep(file, made);
  return made;
}

function run(source: Source, args: readonly string[], native: string | undefined) {
  const all = [...args, '-o', 'out', source.main];
  return native === undefined ? inProcess(source, all) : onMachine(native, source, all);
}

/** The package unpacks 105 MB at its first use, and says so unless it is told not to. */
let unpacked: Promise<unknown> | undefined;

async function inProcess({ files }: Source, args: string[]): Promise<Buffer> {
  const said: Uint8Array[] = [];
  const hear = (bytes: Uint8Array | null) => {
    if (bytes !== null) said.push(bytes.slice());
  };
  try {
    unpacked ??= Promise.resolve(runLLVM(undefined, {}, { fetchProgress: () => {} }));
    await unpacked;
    const options = { stdout: hear, stderr: hear };
    const tree = await commands.clang(args, treeOf(files), options);
    const made = tree?.out;
    if (made instanceof Uint8Array || typeof made === 'string') return Buffer.from(made);
    throw new Error('clang wrote nothing');
  } catch (error) {
    if (error instanceof Exit) throw new NotCompiled(Buffer.concat(said).toString('utf8'));
    throw error;
  }
}

type Tree = { [name: string]: Tree | string };

/** `a/b.h` as a folder `a` with `b.h` in it. */
function treeOf(files: Readonly<Record<string, string>>): Tree {
  const root: Tree = {};
  for (const [path, text] of Object.entries(files)) {
    const folders = path.split('/');
    const name = folders.pop()!;
    let folder = root;
    for (const one of folders) {
      const known = folder[one];
      const next = typeof known === 'object' ? known : {};
      folder[one] = next;
      folder = next;
    }
    folder[name] = text;
  }
  return root;
}

async function onMachine(clang: string, { files }: Source, args: string[]): Promise<Buffer> {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-clang-'));
  try {
    for (const [path, text] of Object.entries(files)) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    await promisify(execFile)(clang, args, { cwd: folder, encoding: 'utf8' });
    return readFileSync(join(folder, 'out'));
  } catch (error) {
    if (isFailure(error)) throw new NotCompiled(error.stderr);
    throw error;
  } finally {
    rmSync(folder, { recursive: true });
  }
}

function isFailure(error: unknown): error is { readonly stderr: string } {
  return error instanceof Error && 'stderr' in error && typeof error.stderr === 'string';
}

async function versionOf(clang: string): Promise<string> {
  const { stdout } = await promisify(execFile)(clang, ['--version']).catch(() => {
    throw new Error(`${clang}: cannot be run; name a clang, or leave the option out`);
  });
  const major = Number(/version ([0-9]+)/.exec(stdout)?.[1]);
  if (major >= oldest) return stdout;
  throw new Error(`${clang}: version ${major || 'unknown'}; version ${oldest} or later is needed`);
}

function addressOf({ main, files }: Source, args: readonly string[], compiler: string): string {
  const sorted = Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1));
  const content = JSON.stringify([main, sorted, args, compiler]);
  return createHash('sha256').update(content).digest('hex');
}

function readIfThere(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}

/** Renamed when complete, so that a reader never meets half of it. */
function keep(file: string, made: Buffer): void {
  mkdirSync(dirname(file), { recursive: true });
  const half = `${file}.${process.pid}`;
  writeFileSync(half, made);
  renameSync(half, file);
}

/** Without warnings; all of it if nothing calls itself an error. */
function errorsIn(output: string): string {
  const lines = output.trim().split('\n');
  const errors = lines.filter((line) => line.includes('error:'));
  return (errors.length > 0 ? errors : lines).slice(0, 10).join('\n');
}

function complaintsIn(output: string): Complaint[] {
  return [...output.matchAll(/^(.+?):([0-9]+):([0-9]+): (?:fatal )?error: (.*)$/gm)].map(
    ([, file = '', line, column, message = '']) => {
      return { file, line: Number(line), column: Number(column), message };
    },
  );
}
