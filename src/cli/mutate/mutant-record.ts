/** What was found out about mutants, so that a run that was cut short is taken up again. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { version } from '../command/package.ts';
import { readRecord, writeRecord } from '../command/whole-file.ts';

/** What each verb said of a mutant. */
export interface Tried {
  readonly prove: string;
  readonly explore: string;
}

export class MutantRecord {
  private readonly file: string;
  private readonly known: Record<string, Tried>;
  private readonly warn: (text: string) => void;
  private warned = false;

  /** Without `resume` nothing that was found out before counts. */
  constructor(root: string, resume: boolean, warn: (text: string) => void) {
    this.file = join(root, '.plimsoll/mutants.json');
    this.known = resume ? readRecord<Tried>(this.file, 'mutants') : {};
    this.warn = warn;
  }

  /** A mutant by everything that its verdict depends on. */
  static keyOf(layer: string, sources: ReadonlyMap<string, string>, text: string): string {
    const parts = [version, layer, ...[...sources].flat(), text];
    return createHash('sha256').update(JSON.stringify(parts)).digest('hex');
  }

  find(key: string): Tried | undefined {
    return this.known[key];
  }

  /** What could not be decided is not kept. */
  keep(key: string, tried: Tried): void {
    this.known[key] = tried;
    try {
      writeRecord(this.file, 'mutants', this.known);
    } catch (error) {
      if (!this.warned) this.warn(`warning: not kept for a later run: ${(error as Error).message}`);
      this.warned = true;
    }
  }
}
