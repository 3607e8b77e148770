/** What `run` can do with a store that is open. */
import { readFileSync } from 'node:fs';
import { type Block, blockOf, bytesOf } from '../../model/index.ts';
import { WrongUse } from '../command/exit.ts';
import type { Session } from '../command/session.ts';

/** A store that is open, as far as actions care. */
export interface Opened {
  readonly layer: object;
  /** Whether a disk is alive, where there are two. */
  readonly works?: (disk: 0 | 1) => boolean;
  readonly fresh: boolean;
  readonly session: Session;
}

/** Does what its words said; they have been read before the store is opened. */
export type Ready = (store: Opened) => Promise<void>;

export interface Action {
  readonly usage: string;
  readonly about: string;
  readonly words: number;
  readonly read: (given: readonly string[], blockSize: number) => Ready;
}

/** What every store can do. */
export const ofStores: Readonly<Record<string, Action>> = {
  status: { usage: '', about: 'print what is known of the store', words: 0, read: () => status },
  recover: { usage: '', about: 'recover once more', words: 0, read: () => recover },
};

/** What a store can do that is a disk. */
export const ofDisks: Readonly<Record<string, Action>> = {
  read: {
    usage: 'ADDRESS',
    about: 'print a block, as text or as hexadecimal',
    words: 1,
    read: ([address = '']) => readBlock(addressOf(address)),
  },
  write: {
    usage: 'ADDRESS TEXT|@FILE',
    about: 'replace a block',
    words: 2,
    read: ([address = '', content = ''], size) =>
      writeBlock(addressOf(address), contentOf(content, size)),
  },
  size: { usage: '', about: 'print how many blocks there are', words: 0, read: () => size },
  bench: {
    usage: 'WRITES',
    about: 'write blocks one after the other, and print how fast',
    words: 1,
    read: ([writes = '']) => bench(addressOf(writes)),
  },
};

/** An action with its words, ready to be done. */
export function act(name: string, action: Action, given: readonly string[], size: number): Ready {
  if (given.length !== action.words)
    throw new WrongUse(`write it as: ${name} ${action.usage}`.trimEnd(), 'action');
  return action.read(given, size);
}

function addressOf(text: string): number {
  const value = Number(text);
  if (!/^\d+$/.test(text) || !Number.isSafeInteger(value))
    throw new WrongUse(`${text} is no block number; give a whole number`, 'action');
  return value;
}

export function contentOf(text: string, blockSize: number): Block {
  const bytes = text.startsWith('@') ? fileBytes(text.slice(1)) : new TextEncoder().encode(text);
  if (bytes.length > blockSize)
    throw new WrongUse(
      `${bytes.length} bytes do not fit into a block; give at most ${blockSize}`,
      'action',
    );
  return blockOf(bytes);
}

function fileBytes(file: string): Uint8Array {
  try {
    return readFileSync(file);
  } catch (error) {
    throw new WrongUse(`${file} cannot be read: ${(error as Error).message}`, 'action');
  }
}

/** Calls an operation of the layer, sync or async. */
export async function call(
  store: Opened,
  operation: string,
  ...given: unknown[]
): Promise<unknown> {
  const method = (store.layer as Record<string, unknown>)[operation];
  if (typeof method !== 'function')
    throw new WrongUse(`this layer has no operation ${operation}; name one that it has`, 'action');
  return method.apply(store.layer, given);
}

export function result(store: Opened, operation: string, value: string): void {
  store.session.event({ event: 'result', operation, value });
}

function readBlock(address: number): Ready {
  return async (store) => {
    await refuseOutside(store, address);
    result(store, 'read', blockText((await call(store, 'read', address)) as Block));
  };
}

function writeBlock(address: number, block: Block): Ready {
  return async (store) => {
    await refuseOutside(store, address);
    await call(store, 'write', address, block);
    result(store, 'write', `written to block ${address}`);
  };
}

/** The promise leaves open what is there; a person who asks for it has made a mistake. */
async function refuseOutside(store: Opened, address: number): Promise<void> {
  const blocks = Number(await call(store, 'size'));
  if (address >= blocks)
    throw new WrongUse(
      `there is no block ${address}; the store has blocks 0 to ${blocks - 1}`,
      'action',
    );
}

const size: Ready = async (store) => {
  result(store, 'size', String(await call(store, 'size')));
};

const status: Ready = async (store) => {
  const begun = store.fresh ? 'initialised now' : 'recovered now';
  const { works } = store;
  const disks = works
    ? ([0, 1] as const).map((disk) => `disk ${disk} ${works(disk) ? 'works' : 'is dead'}`)
    : [];
  const sized = 'size' in store.layer ? [`${await call(store, 'size')} blocks`] : [];
  result(store, 'status', [...sized, ...disks, begun].join(', '));
};

const recover: Ready = async (store) => {
  await call(store, 'recover');
  result(store, 'recover', 'recovered');
};

function bench(writes: number): Ready {
  return async (store) => {
    const blocks = Number(await call(store, 'size'));
    if (blocks === 0) throw new WrongUse('the store has no blocks; create a larger one', 'action');
    const begun = performance.now();
    for (let i = 0; i < writes; i++)
      await call(store, 'write', i % blocks, blockOf(new TextEncoder().encode(`write ${i}`)));
    const seconds = (performance.now() - begun) / 1000;
    const rate = seconds > 0 ? Math.round(writes / seconds).toLocaleString('en') : 'any number of';
    result(store, 'bench', `${writes} writes in ${seconds.toFixed(2)} s: ${rate} a second`);
  };
}

/** The bytes as text if that is what they are, else as hexadecimal. */
export function blockText(block: Block): string {
  const bytes = bytesOf(block);
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (!/\p{Cc}/u.test(text.replaceAll(/[\n\t]/g, ''))) return text;
  } catch {
    // Not text.
  }
  return Buffer.from(bytes).toString('hex');
}
