/** Places in the user's source, from the stack of an error. */
import type { Place } from './instance.ts';

const frame = /\(?((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/;
const [explorer, model] = ['./', '../model/'].map((folder) =>
  pathOf(new URL(folder, import.meta.url).href),
) as [string, string];
const framesKept = 40;

function pathOf(name: string): string {
  return name.startsWith('file:') ? decodeURIComponent(new URL(name).pathname) : name;
}

/** Whether a file is part of the machinery, which is of no interest to anybody. */
function isOwn(file: string, machines: boolean): boolean {
  if (/\.test\.ts$|\/fixtures\//.test(file)) return false;
  if (file.startsWith(explorer)) return true;
  return file.startsWith(model) && (!machines || /\/(?:choice|ghost)\.[jt]s$/.test(file));
}

/** The innermost place outside this folder and, unless it is the machines that matter, model/. */
export function placeOf(error: unknown, machines = false): Place | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const text of stack.split('\n').slice(1)) {
    const [, name, line, column] = frame.exec(text.trim()) ?? [];
    if (!name) continue;
    const file = pathOf(name);
    if (isOwn(file, machines)) continue;
    return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

/** The place that called. */
export function callPlace(): Place | undefined {
  const limit = Error.stackTraceLimit;
  Error.stackTraceLimit = framesKept;
  try {
    return placeOf(new Error('here'));
  } finally {
    Error.stackTraceLimit = limit;
  }
}
