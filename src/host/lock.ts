/**
 * One process at a time, without native code.
 *
 * Node has neither flock nor fcntl locks, so a lock is a file beside the image whose *name* says
 * who holds it: `disk.img.lock.<owner>`. Whoever wants the image first makes such a file, then
 * looks for those of others, and withdraws when one of them lives. Of two processes, the one that
 * makes its file last sees the other's: never do both go on. (Both may withdraw; that is safe.)
 *
 * Stale locks make the usual lock file unsound: between "its owner is dead" and "remove it"
 * another process may have taken it. Here the name of a lock is the name of its owner, and a dead
 * owner never comes back (owner.ts): what was seen to be stale may be removed at any later time.
 *
 * The lock binds programs that ask for it, through the same name; a hard link is another name.
 */
import { basename, dirname, join } from 'node:path';
import { HostError, refusal, refusing, systemCode } from './host-error.ts';
import { nameOf, ownerOf, type Surroundings } from './owner.ts';

/** Takes the lock of the image at `path`, and returns what gives it back. */
export function lock(path: string, around: Surroundings): () => void {
  const { files, self } = around;
  const mine = `${path}.lock.${nameOf(self)}`;
  try {
    files.close(files.create(mine));
  } catch (error) {
    if (systemCode(error) === 'EEXIST') throw held(path, 'this process');
    throw refusal(path, error);
  }
  const release = () => remove(mine, around);
  try {
    refusing(path, () => refuseIfHeld(path, mine, around));
  } catch (error) {
    release();
    throw error;
  }
  return release;
}

function refuseIfHeld(path: string, mine: string, around: Surroundings): void {
  const prefix = `${basename(path)}.lock.`;
  for (const name of around.files.list(dirname(path))) {
    const file = join(dirname(path), name);
    if (!name.startsWith(prefix) || file === mine) continue;
    const owner = ownerOf(name.slice(prefix.length));
    // A name that we did not make is none of our locks.
    if (!owner) continue;
    if (!around.isAlive(owner)) remove(file, around);
    else if (owner.machine === around.self.machine)
      throw held(path, `process ${owner.process}`, file);
    else throw held(path, `process ${owner.process} on ${owner.machine}`, file);
  }
}

function held(path: string, holder: string, file?: string): HostError {
  const byHand = file ? `; if that process is gone for sure, remove ${file}` : '';
  const remedy = `close it there first${byHand}`;
  return new HostError('locked', path, `the image is in use by ${holder}`, remedy);
}

function remove(file: string, { files }: Surroundings): void {
  try {
    files.unlink(file);
  } catch (error) {
    // Somebody else cleared it away, or the disk is past caring: it is stale when we are gone.
    if (systemCode(error) === undefined) throw error;
  }
}
