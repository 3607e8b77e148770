/** Files that are only remembered, as fast as memory: for as many power cuts as one likes. */
import { dirname } from 'node:path';
import type { Files, Handle } from '../files.ts';
import type { Tree } from '../survivors.ts';

interface Remembered {
  readonly identity: string;
  bytes: Uint8Array;
  links: number;
}

export class MemoryFiles implements Files {
  private readonly names = new Map<string, Remembered>();
  private readonly handles: (Remembered | undefined)[] = [];
  private made = 0;

  /** Holds exactly the files of `tree`, in a directory. */
  static of(tree: Tree, directory: string): MemoryFiles {
    const files = new MemoryFiles();
    for (const [name, bytes] of tree)
      files.names.set(`${directory}/${name}`, files.remembered(bytes));
    return files;
  }

  /** What a file holds. */
  content(path: string): Uint8Array {
    return this.at(path).bytes.slice();
  }

  open(path: string): Handle {
    return this.handles.push(this.at(path)) - 1;
  }

  create(path: string): Handle {
    if (this.names.has(path)) throw failure('EEXIST', path);
    this.names.set(path, this.remembered(new Uint8Array(0)));
    return this.open(path);
  }

  close(file: Handle): void {
    this.handles[file] = undefined;
  }

  status(file: Handle) {
    const { bytes, links, identity } = this.handles[file]!;
    return { size: bytes.length, links, regular: true, identity };
  }

  read(file: Handle, into: Uint8Array, at: number): number {
    const found = this.handles[file]!.bytes.subarray(at, at + into.length);
    into.set(found);
    return found.length;
  }

  write(file: Handle, bytes: Uint8Array, at: number): number {
    const found = this.handles[file]!;
    if (at + bytes.length > found.bytes.length) {
      const longer = new Uint8Array(at + bytes.length);
      longer.set(found.bytes);
      found.bytes = longer;
    }
    found.bytes.set(bytes, at);
    return bytes.length;
  }

  sync(): void {}

  syncDirectory(): void {}

  link(from: string, to: string): void {
    if (this.names.has(to)) throw failure('EEXIST', to);
    const found = this.at(from);
    found.links++;
    this.names.set(to, found);
  }

  unlink(path: string): void {
    this.at(path).links--;
    this.names.delete(path);
  }

  list(directory: string): string[] {
    const inside = [...this.names.keys()].filter((path) => dirname(path) === directory);
    return inside.map((path) => path.slice(directory.length + 1));
  }

  realPath(path: string): string {
    // Directories are there as soon as they are named.
    if (path.includes('.')) this.at(path);
    return path;
  }

  text(path: string): string {
    return Buffer.from(this.at(path).bytes).toString();
  }

  readLink(path: string): string {
    throw failure('EINVAL', path);
  }

  private at(path: string): Remembered {
    const found = this.names.get(path);
    if (!found) throw failure('ENOENT', path);
    return found;
  }

  private remembered(bytes: Uint8Array): Remembered {
    return { identity: `${this.made++}`, bytes, links: 1 };
  }
}

function failure(code: string, path: string): Error {
  return Object.assign(new Error(`${code}: ${path}`), { errno: -1, code });
}
