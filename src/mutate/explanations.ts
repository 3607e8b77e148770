/**
 * Comments that say why a mistake goes unnoticed: `// mutant: flush removed: why`, on the line of
 * the mistake or above it. `// mutant: constant 1 -> 2: why` is about one of several.
 */
import type { MistakeKind } from './kinds.ts';

export interface Explanation {
  /** The line of the comment, from 1. */
  readonly line: number;
  /** The line that it is about. */
  readonly about: number;
  readonly text: string;
}

interface Mistake {
  readonly line: number;
  readonly kind: MistakeKind;
  readonly was: string;
  readonly becomes: string;
}

const comment = /^(.*?)\/\/ ?(.*)$/;
const begin = /^mutant: *(.*)$/;

/** A comment may go on in the comments below it; each `mutant:` begins another. */
export function explanationsIn(text: string): readonly Explanation[] {
  const lines = text.split('\n').map((line) => comment.exec(line));
  const found: Explanation[] = [];
  lines.forEach((line, i) => {
    const first = line && begin.exec(line[2]!)?.[1];
    if (first === undefined || first === null) return;
    if (line![1]!.trim() !== '') {
      found.push({ line: i + 1, about: i + 1, text: first });
      return;
    }
    let last = i;
    const isAlone = (at: number) => lines[at]?.[1]?.trim() === '';
    const parts = [first];
    while (isAlone(last + 1) && !begin.test(lines[last + 1]![2]!)) parts.push(lines[++last]![2]!);
    while (isAlone(last + 1)) last++;
    found.push({ line: i + 1, about: last + 2, text: parts.join(' ') });
  });
  return found;
}

/** What an explanation says of a mistake; undefined if it is about something else. */
export function explained({ about, text }: Explanation, mistake: Mistake): string | undefined {
  if (about !== mistake.line) return undefined;
  const { kind, was, becomes } = mistake;
  const head = [`${kind}: `, `${kind} ${was} -> ${becomes}: `].find((it) => text.startsWith(it));
  const why = head && text.slice(head.length).trim();
  return why === '' ? undefined : why;
}
