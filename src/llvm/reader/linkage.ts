/** Words about how a name is linked. Only those that let another module replace it matter. */
import type { Cursor } from './cursor.ts';

const silent = new Set([
  ...['private', 'internal', 'external', 'common', 'linkonce_odr', 'weak_odr'],
  ...['dso_local', 'dso_preemptable', 'default', 'hidden', 'protected', 'unnamed_addr'],
  ...['local_unnamed_addr'],
]);

const refusals: Readonly<Record<string, string>> = {
  weak: 'give the definition that is linked',
  linkonce: 'give the definition that is linked',
  extern_weak: 'declare it without weak',
  available_externally: 'compile without -fgnu89-inline',
  appending: 'do without constructors',
  thread_local: 'use an ordinary global: one processor is assumed',
  externally_initialized: 'give it an initial value',
  dllimport: 'compile for Linux',
  dllexport: 'compile for Linux',
};

/** The words found. */
export function readLinkage(cursor: Cursor): ReadonlySet<string> {
  const found = new Set<string>();
  for (;;) {
    const { kind, text } = cursor.token;
    if (kind !== 'word') return found;
    if (Object.hasOwn(refusals, text))
      throw cursor.refused('a linkage that is not implemented', refusals[text]!);
    if (!silent.has(text)) return found;
    found.add(text);
    cursor.advance();
  }
}
