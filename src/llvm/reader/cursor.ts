/** A place in the tokens of a module, and the errors that are told from there. */
import { BadModule, type Position, type Problem, RefusedModule } from '../problem.ts';
import { type Kind, type Token, tokensOf } from './lexer.ts';

/** Deeper nesting than any compiler writes; deeper text would exhaust the stack. */
const deepest = 200;

export class Cursor {
  readonly file: string;
  readonly #tokens: readonly Token[];
  readonly #lines: readonly number[];
  #next = 0;
  #depth = 0;

  constructor(file: string, text: string) {
    this.file = file;
    this.#tokens = tokensOf(file, text);
    this.#lines = lineStarts(text);
  }

  get token(): Token {
    return this.#tokens[this.#next]!;
  }

  after(count: number): Token {
    return this.#tokens[Math.min(this.#next + count, this.#tokens.length - 1)]!;
  }

  get at(): Position {
    return this.positionOf(this.token);
  }

  positionOf({ offset }: Token): Position {
    let [low, high] = [0, this.#lines.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (this.#lines[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { file: this.file, line: low + 1, column: offset - this.#lines[low]! + 1 };
  }

  is(text: string, kind: Kind = /^[a-z_]/i.test(text) ? 'word' : 'mark'): boolean {
    return this.token.kind === kind && this.token.text === text;
  }

  advance(): Token {
    const { token } = this;
    if (token.kind !== 'end') this.#next++;
    return token;
  }

  /** Steps over `text` if it comes next. */
  skip(text: string): boolean {
    if (!this.is(text)) return false;
    this.#next++;
    return true;
  }

  expect(text: string): void {
    if (!this.skip(text)) throw this.unexpected(`\`${text}\``);
  }

  take(kind: Kind): string {
    if (this.token.kind !== kind)
      throw this.unexpected(`${/^[aeiou]/.test(kind) ? 'an' : 'a'} ${kind}`);
    return this.advance().text;
  }

  /** Reads what is between commas, up to `end`, which is stepped over. */
  list<T>(end: string, read: () => T): T[] {
    const items: T[] = [];
    if (this.skip(end)) return items;
    do items.push(read());
    while (this.skip(','));
    this.expect(end);
    return items;
  }

  get #shown(): string {
    const { kind, text } = this.token;
    return kind === 'string' || text === '' ? `"${text}"` : text;
  }

  /** Guards a reader that calls itself. */
  nested<T>(read: () => T): T {
    if (this.#depth >= deepest) throw this.bad('nested too deeply', `at most ${deepest} deep`);
    this.#depth++;
    try {
      return read();
    } finally {
      this.#depth--;
    }
  }

  natural(what: string, most = Number.MAX_SAFE_INTEGER): number {
    const { at } = this;
    const value = Number(this.take('integer'));
    if (!Number.isSafeInteger(value) || value < 0 || value > most)
      throw this.bad(`no ${what} from 0 to ${most}`, 'write one that is', String(value), at);
    return value;
  }

  unexpected(wanted: string): BadModule {
    const cut = this.token.kind === 'end';
    const why = cut
      ? `the text is cut short where ${wanted} is needed`
      : `${wanted} is needed here`;
    return this.bad(why, cut ? 'give the whole module' : 'is this the text that clang wrote?');
  }

  bad(why: string, instead: string, construct = this.#shown, at = this.at): BadModule {
    return new BadModule({ at, construct, why, instead });
  }

  refused(why: string, instead: string, construct = this.#shown, at = this.at): RefusedModule {
    const problem: Problem = { at, construct, why, instead };
    return new RefusedModule(problem);
  }
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let i = text.indexOf('\n'); i !== -1; i = text.indexOf('\n', i + 1)) starts.push(i + 1);
  return starts;
}
