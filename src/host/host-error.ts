/** What a host refuses, and why it stops. A refusal has neither lost nor overwritten anything. */
export type Fault =
  | 'missing'
  | 'not-an-image'
  | 'newer-version'
  | 'checksum'
  | 'cut-short'
  | 'sizes-differ'
  | 'other-store'
  | 'same-file'
  | 'swapped'
  | 'locked'
  | 'permission'
  | 'no-space'
  | 'exists'
  | 'split'
  | 'geometry'
  | 'block-too-long'
  | 'not-initialised'
  | 'no-repair'
  | 'outside'
  | 'full'
  | 'transaction'
  | 'damaged'
  | 'both-dead'
  | 'dead'
  | 'closed'
  | 'input-output';

/** One sentence for a person: where, what is wrong, what to do about it. */
export class HostError extends Error {
  override readonly name = 'HostError';
  readonly kind: Fault;
  readonly place: string;

  constructor(kind: Fault, place: string, fault: string, remedy: string) {
    super(`${place}: ${fault}\n  ${remedy}`);
    this.kind = kind;
    this.place = place;
  }
}

/** A disk that did not do what it was asked. It is dead from then on. */
export class DiskFailure extends Error {
  override readonly name = 'DiskFailure';
}

/** The code of an error of the operating system; undefined for any other error. */
export function systemCode(error: unknown): string | undefined {
  if (!(error instanceof Error) || !('errno' in error) || !('code' in error)) return undefined;
  return typeof error.code === 'string' ? error.code : undefined;
}

interface Explanation {
  readonly kind: Fault;
  readonly fault: string;
  readonly remedy: string;
}

const permission: Explanation = {
  kind: 'permission',
  fault: 'permission denied',
  remedy: 'let this user read and write the file and its directory',
};

const noSpace: Explanation = {
  kind: 'no-space',
  fault: 'no space left',
  remedy: 'make room, or create a smaller store; nothing was changed',
};

const explanations: Readonly<Record<string, Explanation>> = {
  ENOENT: {
    kind: 'missing',
    fault: 'there is no such file',
    remedy: 'check the path, or create the store first',
  },
  EACCES: permission,
  EPERM: permission,
  EROFS: permission,
  ENOSPC: noSpace,
  EDQUOT: noSpace,
  EFBIG: noSpace,
  EEXIST: {
    kind: 'exists',
    fault: 'there is a file already',
    remedy: 'choose another path',
  },
  EISDIR: {
    kind: 'not-an-image',
    fault: 'this is a directory, not a disk image',
    remedy: 'check the path',
  },
};

/** An error of the operating system as a refusal; any other error is thrown as it is. */
export function refusal(place: string, error: unknown): HostError {
  if (error instanceof HostError) return error;
  const code = systemCode(error);
  if (code === undefined) throw error;
  const known = explanations[code] ?? {
    kind: 'input-output',
    fault: `the system answers ${code}: ${(error as Error).message}`,
    remedy: 'check the disk and the file system that hold the file',
  };
  return new HostError(known.kind, place, known.fault, known.remedy);
}

/** Does `action`; an error of the operating system becomes a refusal that names `place`. */
export function refusing<T>(place: string, action: () => T): T {
  try {
    return action();
  } catch (error) {
    throw refusal(place, error);
  }
}
