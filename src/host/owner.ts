/**
 * Who holds a lock, and whether they still live.
 *
 * A process number alone is used again. Together with the boot and the moment the process began
 * it names one process for ever, on one kernel and within one namespace of process numbers.
 */
import { randomBytes } from 'node:crypto';
import { hostname } from 'node:os';
import { type Files, nodeFiles } from './files.ts';
import { systemCode } from './host-error.ts';

export interface Owner {
  readonly machine: string;
  readonly boot: string;
  readonly namespace: string;
  readonly process: number;
  /** In clock ticks since the boot. */
  readonly started: string;
}

/** What a host finds around it; tests put another one in its place. */
export interface Surroundings {
  readonly files: Files;
  readonly self: Owner;
  isAlive(owner: Owner): boolean;
  /** A new identity for a store, as hex. */
  newIdentity(): string;
}

/** This process on this machine, with real files unless given others. */
export function realSurroundings(files: Files = nodeFiles): Surroundings {
  const self = {
    machine: hostname(),
    boot: read(() => nodeFiles.text('/proc/sys/kernel/random/boot_id').trim()),
    namespace: read(() => nodeFiles.readLink('/proc/self/ns/pid').replace(/\D/g, '')),
    process: process.pid,
    started: began(process.pid),
  };
  return {
    files,
    self,
    isAlive: (owner) => isAlive(owner, self),
    newIdentity: () => randomBytes(16).toString('hex'),
  };
}

/** In doubt the owner lives: a lock too many is a message, a lock too few is lost data. */
function isAlive(owner: Owner, self: Owner): boolean {
  if (owner.machine !== self.machine) return true;
  if (owner.boot !== self.boot) return false;
  if (owner.namespace !== self.namespace) return true;
  try {
    process.kill(owner.process, 0);
  } catch (error) {
    // Any other error says that the process is there, and not ours.
    if (systemCode(error) === 'ESRCH') return false;
  }
  const started = began(owner.process);
  // Where /proc does not tell, a process with that number is taken for the owner.
  return started === '' || owner.started === '' || started === owner.started;
}

/** When a process began; empty when the system does not say. */
function began(pid: number): string {
  const line = read(() => nodeFiles.text(`/proc/${pid}/stat`));
  // The second field is a name in parentheses and may itself hold spaces and parentheses.
  return line.slice(line.lastIndexOf(')') + 2).split(' ')[19] ?? '';
}

function read(text: () => string): string {
  try {
    return text();
  } catch (error) {
    if (systemCode(error) === undefined) throw error;
    return '';
  }
}

/** An owner as part of a file name, without `/` and dots. */
export function nameOf(owner: Owner): string {
  const parts = [owner.machine, owner.boot, owner.namespace, `${owner.process}`, owner.started];
  return parts.map((part) => encodeURIComponent(part).replaceAll('.', '%2E')).join(',');
}

/** The owner that `nameOf` wrote; undefined for any other text. */
export function ownerOf(name: string): Owner | undefined {
  const parts = name.split(',');
  const [machine, boot, namespace, pid, started] = parts.map(decode);
  if (parts.length !== 5 || !pid || !/^\d+$/.test(pid)) return undefined;
  if (machine === undefined || boot === undefined) return undefined;
  if (namespace === undefined || started === undefined) return undefined;
  return { machine, boot, namespace, process: Number(pid), started };
}

function decode(part: string): string | undefined {
  try {
    return decodeURIComponent(part);
  } catch {
    return undefined;
  }
}
