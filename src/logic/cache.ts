/**
 * Answers on disk. An entry holds everything that the answer depends on, and counts only when all
 * of it is the same. What is wrong with the disk or with an entry never changes a verdict.
 */
import { createHash } from 'node:crypto';
import { mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Reply } from './solver.ts';

/** What an answer depends on. */
export interface Question {
  readonly solver: string;
  readonly options: string;
  readonly text: string;
}

type Decided = Extract<Reply, { kind: 'unsat' | 'sat' }>;

interface Entry extends Question {
  readonly format: 1;
  readonly reply: Decided;
  /** Over all of the above. */
  readonly checksum: string;
}

export class Cache {
  private readonly directory: string;
  private readonly warn: (text: string) => void;
  private writable = true;
  private serial = 0;

  constructor(directory: string, warn: (text: string) => void) {
    this.directory = directory;
    this.warn = warn;
  }

  async read(question: Question): Promise<Decided | undefined> {
    const file = this.fileOf(question);
    let text: string;
    try {
      text = await readFile(file, 'utf8');
    } catch (error) {
      const missing = ['ENOENT', 'ENOTDIR'].includes(codeOf(error));
      if (!missing) this.warn(`cache: cannot read ${file} (${codeOf(error)})`);
      return undefined;
    }
    const entry = entryIn(text);
    if (entry === undefined) {
      this.warn(`cache: ${file} is damaged and was ignored`);
      return undefined;
    }
    const same =
      entry.text === question.text &&
      entry.solver === question.solver &&
      entry.options === question.options;
    return same ? entry.reply : undefined;
  }

  /** Written aside and renamed, so that no reader ever meets half an entry. */
  async write(question: Question, reply: Reply): Promise<void> {
    if (!this.writable || (reply.kind !== 'unsat' && reply.kind !== 'sat')) return;
    const file = this.fileOf(question);
    const aside = `${file}.${process.pid}.${this.serial++}`;
    try {
      await mkdir(dirname(file), { recursive: true });
      await writeFile(aside, JSON.stringify(sealed(question, reply)));
      await rename(aside, file);
    } catch (error) {
      if (this.writable) this.warn(`cache: cannot write ${this.directory} (${codeOf(error)})`);
      this.writable = false;
      await rm(aside, { force: true }).catch(() => {});
    }
  }

  private fileOf({ solver, options, text }: Question): string {
    const name = digest([solver, options, text]);
    return join(this.directory, name.slice(0, 2), `${name.slice(2)}.json`);
  }
}

function sealed(question: Question, reply: Decided): Entry {
  const { solver, options, text } = question;
  const checksum = digest([1, solver, options, text, reply]);
  return { format: 1, solver, options, text, reply, checksum };
}

/** The entry in this text, if it is one and whole. */
function entryIn(text: string): Entry | undefined {
  try {
    const entry = JSON.parse(text) as Entry;
    const { solver, options, text: query, reply, checksum } = entry;
    const whole = entry.format === 1 && checksum === digest([1, solver, options, query, reply]);
    return whole && (reply.kind === 'unsat' || reply.kind === 'sat') ? entry : undefined;
  } catch {
    return undefined;
  }
}

function digest(content: readonly unknown[]): string {
  return createHash('sha256').update(JSON.stringify(content)).digest('hex');
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}
