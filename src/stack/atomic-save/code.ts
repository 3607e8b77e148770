/** Saving by way of a temporary file, which takes the place of the other when it is complete. */
import type { Block, Operations, OrderedFiles, WeakFiles } from '../../model/index.ts';
import { type SavedFiles, temporary } from './spec.ts';

export class AtomicSave implements Operations<SavedFiles> {
  private readonly files: Operations<WeakFiles>;

  constructor(files: Operations<WeakFiles>) {
    this.files = files;
  }

  init(): boolean {
    return true;
  }

  load(name: string): readonly Block[] | null {
    return name === temporary ? null : this.files.read(name);
  }

  save(name: string, contents: readonly Block[]): boolean {
    if (name === temporary) return false;
    this.files.create(temporary);
    this.files.write(temporary, contents);
    this.files.sync(temporary); // or else the name may be there before what it stands for
    this.files.rename(temporary, name);
    this.files.syncDirectory(); // or else the file from before may be back
    return true;
  }

  remove(name: string): boolean {
    if (name === temporary || !this.files.unlink(name)) return false;
    this.files.syncDirectory();
    return true;
  }

  /** What was not complete when power went is not wanted any more. */
  recover(): void {
    this.files.unlink(temporary);
  }
}

/**
 * The same where changes reach the medium in their order: what is in the temporary file is there
 * before its new name is. On WeakFiles this is wrong.
 */
export class OrderedSave implements Operations<SavedFiles> {
  private readonly files: Operations<OrderedFiles>;

  constructor(files: Operations<OrderedFiles>) {
    this.files = files;
  }

  init(): boolean {
    return true;
  }

  load(name: string): readonly Block[] | null {
    return name === temporary ? null : this.files.read(name);
  }

  save(name: string, contents: readonly Block[]): boolean {
    if (name === temporary) return false;
    this.files.create(temporary);
    this.files.write(temporary, contents);
    this.files.rename(temporary, name);
    this.files.syncDirectory(); // or else the file from before may be back
    return true;
  }

  remove(name: string): boolean {
    if (name === temporary || !this.files.unlink(name)) return false;
    this.files.syncDirectory();
    return true;
  }

  /** What was not complete when power went is not wanted any more. */
  recover(): void {
    this.files.unlink(temporary);
  }
}
