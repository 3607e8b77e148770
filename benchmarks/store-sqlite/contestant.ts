/** What is asked of each store that takes part. */
export const blockSize = 4096;

export interface Place {
  readonly folder: string;
  /** How many blocks a new store has. */
  readonly blocks: number;
  /** Whether what is acknowledged is durable: synced for real. */
  readonly sync: boolean;
}

export interface Opened {
  /** Writes these blocks, all or none; answers when they are durable. */
  write(addresses: readonly number[], content: Uint8Array): Promise<void> | void;
  read(address: number): Uint8Array;
  close(): void;
}

export interface Contestant {
  readonly name: string;
  /** A new store, every block of which has been written. */
  create(place: Place): Promise<Opened>;
  /** A store as a power cut has left it: recovers. */
  recover(place: Place): Promise<Opened>;
  /** The files of a store, which are what a power cut leaves. */
  files(folder: string): readonly string[];
}
