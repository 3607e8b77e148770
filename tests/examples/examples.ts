/** The examples, as they lie in the folder: whoever adds one has it tested. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../command.ts';
import { filesIn } from '../layers/hold.ts';

export const folder = join(root, 'examples');

export interface Example {
  readonly name: string;
  readonly folder: string;
  readonly proof: string;
  /** Versions that are wrong. */
  readonly broken: readonly string[];
  /** How its machine is kept on a disk, where it is not a disk itself. */
  readonly host?: string;
}

export const examples: readonly Example[] = readdirSync(folder, { withFileTypes: true })
  // Stacks are made of the others: tests/stacks.
  .filter((entry) => entry.isDirectory() && entry.name !== 'stacks')
  .map(({ name }) => {
    const own = join(folder, name);
    const host = join(own, 'host.ts');
    const broken = join(own, 'broken');
    return {
      name,
      folder: own,
      proof: join(own, 'proof.ts'),
      broken: existsSync(broken) ? filesIn(broken) : [],
      ...(existsSync(host) ? { host } : {}),
    };
  });
