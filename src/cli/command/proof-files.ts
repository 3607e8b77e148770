/** Which proof files a command is about. */
import { existsSync, readdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { WrongUse } from './exit.ts';
import { packageRoot, projectRoot } from './package.ts';

/** Folders in which nobody keeps sources. */
const skipped = new Set(['node_modules', 'dist', 'coverage']);

/** The proofs that come with Plimsoll. */
export function shippedProofs(): string[] {
  return proofsUnder(join(packageRoot, 'src/stack'));
}

/** The proof of the smallest layer that ships, which stands for them where one is shown or run. */
export function mirrorProof(): string {
  return join(packageRoot, 'src/stack/mirror/proof.ts');
}

/** The examples; they are there only where Plimsoll itself is developed. */
function exampleProofs(): string[] {
  const folder = join(packageRoot, 'examples');
  return existsSync(folder) ? proofsUnder(folder) : [];
}

/** One file, or with `all` the shipped layers and those of the project around `folder`. */
export function proofFiles(file: string | undefined, all: boolean, folder: string): string[] {
  if (file !== undefined && all)
    throw new WrongUse(`${file} and --all were both given; leave one of them out`);
  if (file !== undefined) return [proofFile(resolve(folder, file), file)];
  if (!all) throw new WrongUse('no proof file was named; name one, or say --all');
  const own = projectRoot(folder) === packageRoot ? exampleProofs() : proofsUnder(folder);
  return [...shippedProofs(), ...own];
}

/** The files and folders that were named, each once. */
export function chosenProofs(given: readonly string[], all: boolean, folder: string): string[] {
  if (given.length === 0) return proofFiles(undefined, all, folder);
  return [...new Set(given.flatMap((file) => proofFiles(file, all, folder)))];
}

/** A folder stands for the proof.ts within it. */
function proofFile(path: string, given: string): string {
  const found = statSync(path, { throwIfNoEntry: false });
  if (!found)
    throw new WrongUse(
      `${given}: no such file; name a TypeScript file that declares a refinement`,
      'input',
    );
  if (found.isDirectory()) {
    const within = join(path, 'proof.ts');
    if (existsSync(within)) return within;
    throw new WrongUse(`${given} is a folder without a proof.ts; name the proof file`, 'input');
  }
  if (!path.endsWith('.ts'))
    throw new WrongUse(
      `${given} is not a TypeScript file; name one that declares a refinement`,
      'input',
    );
  return path;
}

function proofsUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true })
    .sort((a, b) => (a.name < b.name ? -1 : 1))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory())
        return skipped.has(entry.name) || entry.name.startsWith('.') ? [] : proofsUnder(path);
      return entry.name === 'proof.ts' ? [path] : [];
    });
}
