/** Places in the user's source, from the stack of an error. */
import { fileURLToPath } from 'node:url';
import type { Place } from './instance.ts';

const frame = /\(?((?:file:\/\/)?\/[^():]+):(\d+):(\d+)\)?$/;
const own = ['./', '../model/'].map((folder) => fileURLToPath(new URL(folder, import.meta.url)));
const framesKept = 40;

function isOwn(file: string): boolean {
  return own.some((folder) => file.startsWith(folder)) && !file.endsWith('.test.ts');
}

/** The innermost place outside this folder and, unless it is the machines that matter, model/. */
export function placeOf(error: unknown, machines = false): Place | undefined {
  const stack = error instanceof Error ? (error.stack ?? '') : '';
  for (const text of stack.split('\n').slice(1)) {
    const [, name, line, column] = frame.exec(text.trim()) ?? [];
    if (!name) continue;
    const file = name.startsWith('file:') ? fileURLToPath(name) : name;
    if (machines ? isChooser(file) || file.startsWith(own[0]!) : isOwn(file)) continue;
    return { file, line: Number(line), column: Number(column) };
  }
  return undefined;
}

function isChooser(file: string): boolean {
  return /\/model\/(?:choice|ghost)\.[jt]s$/.test(file);
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
