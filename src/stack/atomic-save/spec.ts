/** The promise: files that are replaced as a whole, and that no loss of power takes back. */
import type { Block } from '../../model/index.ts';

/** A name that is not for files of one's own. */
export const temporary = '.saving';

export class SavedFiles {
  files = new Map<string, readonly Block[]>();

  static initial(): SavedFiles {
    return new SavedFiles();
  }

  /** What was saved under a name; null if there is nothing. */
  load(name: string): readonly Block[] | null {
    return this.files.get(name) ?? null;
  }

  /** Replaces what is saved under a name; false, and nothing, for the one name that is taken. */
  save(name: string, contents: readonly Block[]): boolean {
    if (name === temporary) return false;
    this.files.set(name, [...contents]);
    return true;
  }

  /** Whether there was something to be removed. */
  remove(name: string): boolean {
    return this.files.delete(name);
  }

  crash(): void {}
}
