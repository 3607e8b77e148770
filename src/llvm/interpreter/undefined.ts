/** Undefined behaviour, in the words of a sanitizer, with the line of the source. */
import type { SourceLine } from '../debug.ts';
import type { Position } from '../problem.ts';

export class UndefinedBehaviour extends Error {
  override readonly name = 'UndefinedBehaviour';
  readonly what: string;
  readonly at: Position;
  readonly source: SourceLine | undefined;

  constructor(what: string, at: Position, source: SourceLine | undefined) {
    super(`${placeOf(at, source)}: ${what}`);
    this.what = what;
    this.at = at;
    this.source = source;
  }
}

/** A call of a function or of assembly that nobody has said the meaning of. */
export class Unmodelled extends Error {
  override readonly name = 'Unmodelled';

  constructor(what: string, at: Position, source: SourceLine | undefined) {
    super(`${placeOf(at, source)}: ${what}: it is defined nowhere; give it a named model`);
  }
}

/** More steps than were allowed. */
export class TooLong extends Error {
  override readonly name = 'TooLong';

  constructor(what: string, at: Position, source: SourceLine | undefined) {
    super(`${placeOf(at, source)}: ${what}; bound the loop, or allow more`);
  }
}

export function placeOf(at: Position, source: SourceLine | undefined): string {
  const { file, line, column } = source ?? at;
  return `${file}:${line}:${column}`;
}

/** What happened; the instruction in which it did adds the place. */
export class Fault extends Error {
  override readonly name = 'Fault';
}
