/**
 * Mutants of a layer's code: the same source with one small mistake each, of the kinds that people
 * make. What the code says of itself, in ghost statements and in functions that only these call,
 * stays as it is.
 */
import ts from '@typescript/typescript6';
import { type Edit, editsOf } from './edits.ts';
import { type Explanation, explained, explanationsIn } from './explanations.ts';
import { someRunning } from './ghosts.ts';

/** One mistake, and the whole source with it. */
export interface Mutant {
  readonly file: string;
  /** Where it was made; lines and columns count from 1. */
  readonly line: number;
  readonly column: number;
  readonly kind: Edit['kind'];
  readonly was: string;
  readonly becomes: string;
  readonly text: string;
  /** Why it may go unnoticed, if a comment says so. */
  readonly explained?: string;
}

/** The mistakes that can be made in a source, and the comments that speak of some. */
export interface Mutants {
  readonly mutants: readonly Mutant[];
  /** Those of the whole file, or where it has other classes, of what is mutated. */
  readonly explanations: readonly Explanation[];
}

/** Every mutant of the named class, and of the functions beside it that it runs, in order. */
export function mutantsOf(file: string, text: string, code: string): Mutants {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const parts = partsOf(source, code);
  const alone = source.statements.filter(ts.isClassDeclaration).length === 1;
  const explanations = explanationsIn(text).filter(
    ({ about }) =>
      (alone && parts.length > 0) || parts.some((part) => isWithin(about, part, source)),
  );
  const seen = new Set<string>();
  const mutants = parts
    .flatMap((part) => editsOf(part, source))
    .sort((a, b) => a.from - b.from)
    .flatMap((edit) => {
      const mutated = text.slice(0, edit.from) + edit.becomes + text.slice(edit.to);
      if (mutated === text || seen.has(mutated)) return [];
      seen.add(mutated);
      return [mutantOf(edit, mutated, source, explanations)];
    });
  return { mutants, explanations };
}

function mutantOf(
  { kind, from, to, becomes: instead }: Edit,
  mutated: string,
  source: ts.SourceFile,
  explanations: readonly Explanation[],
): Mutant {
  const { line, character } = source.getLineAndCharacterOfPosition(from);
  const was = oneLine(source.text.slice(from, to));
  const mistake = { line: line + 1, kind, was, becomes: oneLine(instead) };
  const [why] = explanations.flatMap((one) => explained(one, mistake) ?? []);
  return {
    file: source.fileName,
    column: character + 1,
    ...mistake,
    text: mutated,
    ...(why !== undefined && { explained: why }),
  };
}

/** Whether a comment explains this mutant. */
export function isAbout(explanation: Explanation, mutant: Mutant): boolean {
  return explained(explanation, mutant) !== undefined;
}

/** The class itself, and the functions beside it that run when it does. */
function partsOf(source: ts.SourceFile, code: string): readonly ts.Node[] {
  const owner = source.statements.find(
    (each) => ts.isClassDeclaration(each) && each.name?.text === code,
  );
  if (!owner) return [];
  const parts: ts.Node[] = [owner];
  // What is found is looked through in its turn.
  for (const part of parts)
    for (const each of source.statements)
      if (ts.isFunctionDeclaration(each) && !parts.includes(each) && runs(part, each.name?.text))
        parts.push(each);
  return parts;
}

function runs(part: ts.Node, name: string | undefined): boolean {
  return someRunning(part, (node) => node !== part && ts.isIdentifier(node) && node.text === name);
}

function isWithin(line: number, part: ts.Node, source: ts.SourceFile): boolean {
  const first = source.getLineAndCharacterOfPosition(part.getStart(source)).line + 1;
  return first <= line && line <= source.getLineAndCharacterOfPosition(part.getEnd()).line + 1;
}

/** As it is shown: on one line, so without comments. */
function oneLine(text: string): string {
  return text
    .replace(/\/\/.*$/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
}
