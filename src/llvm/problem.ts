/** What is wrong with a module: text that is no IR, or IR whose meaning is not implemented. */

export interface Position {
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

export interface Problem {
  readonly at: Position;
  /** The word of the text that is at fault: an opcode, a flag, an attribute, a name. */
  readonly construct: string;
  readonly why: string;
  readonly instead: string;
}

/** Text that is not IR: cut short, misspelt, or inconsistent. */
export class BadModule extends Error {
  override readonly name = 'BadModule';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(describe(problem));
    this.problem = problem;
  }
}

/** IR that is correct, and outside what is implemented. */
export class RefusedModule extends Error {
  override readonly name = 'RefusedModule';
  readonly problem: Problem;

  constructor(problem: Problem) {
    super(describe(problem));
    this.problem = problem;
  }
}

export function describe({ at, construct, why, instead }: Problem): string {
  return `${at.file}:${at.line}:${at.column}: ${construct}: ${why}; ${instead}`;
}
