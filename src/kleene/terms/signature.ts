/** From where to where each letter goes, and of which states each test speaks. */
import { NotationError } from '../notation/notation-error.ts';
import { type Sort, single } from './term.ts';

export interface Signature {
  /** Undefined if the letter is not declared. */
  letter(name: string): readonly [Sort, Sort] | undefined;
  test(name: string): Sort | undefined;
  /** The only sort, if there is just one. */
  readonly only: Sort | undefined;
}

/** Everything starts and ends in the same set of states. */
export const untyped: Signature = {
  letter: () => [single, single],
  test: () => single,
  only: single,
};

export function signature(
  letters: ReadonlyMap<string, readonly [Sort, Sort]>,
  tests: ReadonlyMap<string, Sort>,
): Signature {
  const sorts = new Set([...[...letters.values()].flat(), ...tests.values()]);
  const [only] = sorts;
  return {
    letter: (name) => letters.get(name),
    test: (name) => tests.get(name),
    only: sorts.size === 1 ? only : undefined,
  };
}

const name = "[A-Za-z_][A-Za-z0-9_']*";
const sort = `${name}(?:\\s*!\\s*${name})?`;
const letterLine = new RegExp(`^\\s*(${name})\\s*:\\s*(${sort})\\s*->\\s*(${sort})\\s*$`);
const testLine = new RegExp(`^\\s*\\[\\s*(${name})\\s*\\]\\s*:\\s*(${sort})\\s*$`);

/** From declarations: `read : S -> S!V` for a letter, `[full] : S` for a test. */
export function parseSignature(declarations: readonly string[]): Signature {
  if (declarations.length === 0) return untyped;
  const letters = new Map<string, readonly [Sort, Sort]>();
  const tests = new Map<string, Sort>();
  const tight = (text = '') => text.replaceAll(/\s/g, '');
  for (const line of declarations) {
    const letter = letterLine.exec(line);
    const test = testLine.exec(line);
    if (!letter && !test)
      throw new NotationError(
        ...([line, 0, line.length] as const),
        'this declares nothing; write "name : From -> To", ' +
          '"name : From -> To!Value" or "[name] : S"',
      );
    const declared = letter ? letters.has(letter[1] as string) : tests.has(test?.[1] as string);
    if (declared)
      throw new NotationError(line, 0, line.length, 'this is declared twice; keep one of the two');
    if (letter) letters.set(letter[1] as string, [tight(letter[2]), tight(letter[3])]);
    if (test) tests.set(test[1] as string, tight(test[2]));
  }
  return signature(letters, tests);
}
