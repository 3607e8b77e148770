import { type Block, everyKey, OrderedFiles, sameBlocks, WeakFiles } from '../../model/index.ts';
import { refinement } from '../../refine/layer.ts';
import { AtomicSave, OrderedSave } from './code.ts';
import { SavedFiles, temporary } from './spec.ts';

export const atomicSave = refinement({
  promise: SavedFiles,
  code: AtomicSave,
  on: WeakFiles,
  abstraction: (saved, disk) =>
    holds(saved, disk.entries, disk.files) &&
    holds(saved, disk.entries, disk.keptFiles) &&
    holds(saved, disk.keptEntries, disk.keptFiles) &&
    !disk.entries.has(temporary),
  crash: (before, after, disk) =>
    holds(before, disk.keptEntries, disk.keptFiles) ||
    holds(after, disk.keptEntries, disk.keptFiles),
  initially: () => new SavedFiles(),
  bounds: { length: 1, operations: 3 },
});

export const orderedSave = refinement({
  promise: SavedFiles,
  code: OrderedSave,
  on: OrderedFiles,
  abstraction: (saved, disk) =>
    holds(saved, disk.entries, disk.files) &&
    holds(saved, disk.entries, disk.keptFiles) &&
    holds(saved, disk.keptEntries, disk.keptFiles) &&
    !disk.entries.has(temporary),
  crash: (before, after, disk) =>
    holds(before, disk.keptEntries, disk.keptFiles) ||
    holds(after, disk.keptEntries, disk.keptFiles),
  initially: () => new SavedFiles(),
  bounds: { length: 1, operations: 3 },
});

/** Whether there are these files and no others, but for the temporary one. */
function holds(
  saved: SavedFiles,
  entries: ReadonlyMap<string, number>,
  files: ReadonlyMap<number, readonly Block[]>,
): boolean {
  return (
    !saved.files.has(temporary) &&
    everyKey(entries, (name) => name === temporary || saved.files.has(name)) &&
    everyKey(
      saved.files,
      (name) =>
        entries.has(name) &&
        files.has(entries.get(name)!) &&
        sameBlocks(files.get(entries.get(name)!)!, saved.files.get(name)!),
    )
  );
}
