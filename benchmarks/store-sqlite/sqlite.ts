/** SQLite: one table of blocks, with a write-ahead log. */
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { blockSize, type Contestant, type Opened, type Place } from './contestant.ts';

/** Of better-sqlite3, what is used here. */
interface Statement {
  run(...given: readonly unknown[]): unknown;
  get(...given: readonly unknown[]): unknown;
}

interface Database {
  pragma(text: string): unknown;
  exec(text: string): void;
  prepare(text: string): Statement;
  transaction(body: (...given: never[]) => void): (...given: unknown[]) => void;
  close(): void;
}

const load = () =>
  createRequire(import.meta.url)('better-sqlite3') as new (
    file: string,
  ) => Database;

function open({ folder, sync }: Place): Database {
  const database = new (load())(join(folder, 'sqlite'));
  database.pragma('journal_mode = WAL');
  // FULL: the log is synced at every commit. NORMAL would lose the last transactions.
  database.pragma(`synchronous = ${sync ? 'FULL' : 'OFF'}`);
  return database;
}

function opened(database: Database): Opened {
  const replace = database.prepare('UPDATE blocks SET content = ? WHERE address = ?');
  const select = database.prepare('SELECT content FROM blocks WHERE address = ?');
  const write = database.transaction((addresses: readonly number[], content: Uint8Array) => {
    for (const address of addresses) replace.run(content, address);
  });
  return {
    write,
    read: (address) => (select.get(address) as { readonly content: Uint8Array }).content,
    close: () => database.close(),
  };
}

export const sqlite: Contestant = {
  name: 'SQLite',

  async create(place) {
    const database = open({ ...place, sync: false });
    database.exec('CREATE TABLE blocks (address INTEGER PRIMARY KEY, content BLOB)');
    const insert = database.prepare('INSERT INTO blocks VALUES (?, ?)');
    const fill = database.transaction(() => {
      for (let i = 0; i < place.blocks; i++) insert.run(i, new Uint8Array(blockSize));
    });
    fill();
    database.close();
    return opened(open(place));
  },

  async recover(place) {
    return opened(open(place));
  },

  files: (folder) => ['sqlite', 'sqlite-wal'].map((name) => join(folder, name)),
};
