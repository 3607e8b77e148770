/**
 * The same where changes reach the medium in their order: what is in the temporary file is there
 * before its new name is. On WeakFiles this is wrong.
 */
import type { Block, Operations, OrderedFiles } from '../../model/index.ts';
import { type SavedFiles, temporary } from './spec.ts';

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
