/**
 * The layer that `init` writes: one block of a disk as a register. It is small enough to be read
 * whole, and complete: it is proved, explored and run as it stands.
 */

/** Whoever runs or checks the sources has to know what they are written in. */
export const compilerOptions = `{
  "compilerOptions": {
    "module": "nodenext",
    "target": "es2023",
    "strict": true,
    "noUncheckedIndexedAccess": true,
    "allowImportingTsExtensions": true,
    "skipLibCheck": true,
    "noEmit": true
  }
}
`;

const spec = `import { type Block, zeroBlock } from 'plimsoll';

/** What is promised: one value, replaced as a whole, that survives every loss of power. */
export class Register {
  value: Block = zeroBlock;

  static initial(): Register {
    return new Register();
  }

  get(): Block {
    return this.value;
  }

  set(value: Block): void {
    this.value = value;
  }

  /** Nothing is lost. */
  crash(): void {}
}
`;

const code = `import { type Block, type Disk, type Operations, zeroBlock } from 'plimsoll';
import type { Register } from './spec.ts';

/** The register, kept in the first block of a disk. */
export class OnDisk implements Operations<Register> {
  private readonly disk: Operations<Disk>;

  constructor(disk: Operations<Disk>) {
    this.disk = disk;
  }

  /** Prepares a new store; a disk without blocks is refused. */
  init(): boolean {
    if (this.disk.size() < 1) return false;
    this.disk.write(0, zeroBlock);
    return true;
  }

  get(): Block {
    return this.disk.read(0);
  }

  set(value: Block): void {
    this.disk.write(0, value);
  }

  /** Runs after every start: one write is never half done, so there is nothing to mend. */
  recover(): void {}
}
`;

const proof = `import { Disk, refinement, sameBlock } from 'plimsoll';
import { OnDisk } from './code.ts';
import { Register } from './spec.ts';

export const register = refinement({
  promise: Register,
  code: OnDisk,
  on: Disk,
  // Which disks stand for which registers.
  abstraction: (register, disk) =>
    disk.blocks.length >= 1 && sameBlock(register.value, disk.blocks[0]!),
  // What is promised of a store that is new.
  initially: () => new Register(),
});
`;

/** The files of the layer, and what each is for. */
export const firstLayer = [
  { name: 'register/spec.ts', about: 'what is promised', text: spec },
  { name: 'register/code.ts', about: 'the code that keeps the promise', text: code },
  { name: 'register/proof.ts', about: 'why it does', text: proof },
] as const;
