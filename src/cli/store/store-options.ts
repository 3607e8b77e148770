/** What the actions on a store have in common: its images, and how they are opened. */
import { type Command, Option } from 'commander';
import type { openStore } from '../../store.ts';
import { WrongUse } from '../command/exit.ts';
import { type ReportOptions, whole } from '../command/options.ts';
import { Session } from '../command/session.ts';
import type { Finish } from '../command/verb.ts';
import { type Staged, settle } from './staged.ts';

export interface StoreOptions extends ReportOptions {
  readonly disk?: readonly string[];
  readonly without?: number;
}

export interface OpenStore extends Awaited<ReturnType<typeof openStore>> {
  readonly session: Session;
  /** The transaction that `begin` has begun, if it has not ended. */
  readonly staged: Staged | undefined;
  /** The file that keeps it. */
  readonly stagedFile: string;
  say(operation: string, value: string): void;
}

/** A command of its own below `store`, with the options that all of them have. */
export function storeCommand(parent: Command, name: string, about: string): Command {
  return parent
    .command(name)
    .description(about)
    .option('--disk <image>', 'a disk image; give it twice', collect)
    .option('--without <disk>', 'go on without disk 0 or 1, for good', whole(0, 1))
    .addOption(
      new Option('--format <format>', 'text for people, json for one event a line')
        .choices(['text', 'json'])
        .default('text'),
    );
}

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

export function imagesOf({ disk = [] }: StoreOptions): readonly [string, string] {
  const [first, second, third] = disk;
  if (first === undefined || second === undefined || third !== undefined)
    throw new WrongUse('a store is kept on two disks; give --disk twice', 'store');
  return [first, second];
}

type Opening = Pick<Parameters<typeof openStore>[0], 'create' | 'repair' | 'synced'>;

/** Opens the store, does `action`, and closes it. */
export async function withStore(
  options: StoreOptions,
  finish: Finish,
  action: (store: OpenStore) => void | Promise<void>,
  opening: Opening = {},
): Promise<void> {
  const session = new Session(options);
  const paths = imagesOf(options);
  const note = (text: string) => session.warn(text);
  const without = options.without as 0 | 1 | undefined;
  const { openStore } = await import('../../store.ts');
  const opened = await openStore({ paths, without, note, ...opening });
  try {
    const stagedFile = `${paths[0]}.transaction`;
    const staged = settle(stagedFile, opened, note);
    const say = (operation: string, value: string) =>
      session.event({ event: 'result', operation, value });
    await action({ ...opened, session, staged, stagedFile, say });
  } finally {
    opened.close();
  }
  finish(session.end());
}

export function addressOf(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new WrongUse(`${text} is no block number; give a whole number`, 'action');
  return value;
}
