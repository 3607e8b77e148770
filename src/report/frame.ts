/** Source lines with a caret: where something is, in the user's own words. */
import { relative } from 'node:path';
import type { Place } from './event.ts';

/** A place, and if it is known where the construct that begins there ends. */
export interface Span extends Place {
  readonly endLine?: number;
  readonly endColumn?: number;
}

/** The text of a file; `undefined` if it cannot be read any more. */
export type ReadSource = (file: string) => string | undefined;

/** `src/log.ts:12:5`, seen from `folder`. */
export function placeText(place: Place, folder: string): string {
  return `${pathText(place.file, folder)}:${place.line}:${place.column}`;
}

/** A path as short as it can be said from `folder`. */
export function pathText(file: string, folder: string): string {
  const short = relative(folder, file);
  return short === '' || short.startsWith('..') ? file : short;
}

/** The line at `at`, one line of context above, and a caret under the columns. */
export function frame(source: string, at: Span, label = ''): string {
  const lines = source.split(/\r?\n/);
  const width = String(at.line).length;
  const show = (line: number) =>
    `  ${String(line).padStart(width)} | ${lines[line - 1] ?? ''}`.trimEnd();
  const above = at.line > 1 ? [show(at.line - 1)] : [];
  // A tab stays a tab, or the caret would not stand under its column.
  const indent = (lines[at.line - 1] ?? '').slice(0, at.column - 1).replaceAll(/[^\t]/g, ' ');
  const caret = `  ${' '.repeat(width)} | ${indent}${'^'.repeat(extent(lines, at))} ${label}`;
  return [...above, show(at.line), caret.trimEnd()].join('\n');
}

/** How many columns of its first line a span takes. */
function extent(lines: readonly string[], at: Span): number {
  const length = lines[at.line - 1]?.length ?? 0;
  const end = at.endLine === at.line ? (at.endColumn ?? 0) : at.endLine ? length + 1 : 0;
  return Math.max(1, end - at.column);
}
