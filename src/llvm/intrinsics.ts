/** The intrinsics that have a meaning here, by their name without the widths at its end. */

const known: ReadonlySet<string> = new Set([
  ...['memcpy', 'memcpy.inline', 'memmove', 'memset', 'memset.inline'],
  ...['lifetime.start', 'lifetime.end', 'assume', 'expect', 'donothing'],
  ...['umin', 'umax', 'smin', 'smax', 'abs', 'ucmp', 'scmp'],
  ...['ctpop', 'ctlz', 'cttz', 'bswap', 'bitreverse', 'fshl', 'fshr'],
  ...['sadd.with.overflow', 'uadd.with.overflow', 'ssub.with.overflow', 'usub.with.overflow'],
  ...['smul.with.overflow', 'umul.with.overflow', 'sadd.sat', 'uadd.sat', 'ssub.sat', 'usub.sat'],
  ...['trap', 'debugtrap', 'ubsantrap'],
]);

/** Calls of these say something to debuggers and nothing else. */
export function isDebugIntrinsic(name: string): boolean {
  return /^llvm\.dbg\.[a-z]+$/.test(name);
}

export function isIntrinsic(name: string): boolean {
  return name.startsWith('llvm.');
}

/** `umin` for `llvm.umin.i32`; absent if it has no meaning here. */
export function intrinsicOf(name: string): string | undefined {
  const parts = name.slice('llvm.'.length).split('.');
  while (parts.length > 1 && /^(?:i[0-9]+|p[0-9]+(?:i[0-9]+)?)$/.test(parts.at(-1)!)) parts.pop();
  const base = parts.join('.');
  return known.has(base) ? base : undefined;
}
