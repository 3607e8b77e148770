/**
 * Mutants of a layer's code: the same source with one small mistake each, of the kinds that people
 * make. What the code says of itself in ghost statements stays as it is.
 */
import ts from '@typescript/typescript6';
import { type Edit, editsOf } from './edits.ts';

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

/** Every mutant of the named class, and of the functions beside it, in the source's order. */
export function mutantsOf(file: string, text: string, code: string): readonly Mutant[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.ES2022, true);
  const lines = text.split('\n');
  const seen = new Set<string>();
  return partsOf(source, code)
    .flatMap((part) => editsOf(part, source))
    .sort((a, b) => a.from - b.from)
    .flatMap((edit) => {
      const mutated = text.slice(0, edit.from) + edit.becomes + text.slice(edit.to);
      if (mutated === text || seen.has(mutated)) return [];
      seen.add(mutated);
      const { line, character } = source.getLineAndCharacterOfPosition(edit.from);
      const explained = explanation(lines, line);
      return [
        {
          file,
          line: line + 1,
          column: character + 1,
          kind: edit.kind,
          was: oneLine(text.slice(edit.from, edit.to)),
          becomes: oneLine(edit.becomes),
          text: mutated,
          ...(explained !== undefined && { explained }),
        },
      ];
    });
}

/** The class itself, and helper functions beside it. */
function partsOf(source: ts.SourceFile, code: string): readonly ts.Node[] {
  const owner = source.statements.find(
    (each) => ts.isClassDeclaration(each) && each.name?.text === code,
  );
  if (!owner) return [];
  const alone = source.statements.filter(ts.isClassDeclaration).length === 1;
  return alone ? [owner, ...source.statements.filter(ts.isFunctionDeclaration)] : [owner];
}

/** `// mutant: why` on the line itself, or alone on the line above it. */
function explanation(lines: readonly string[], line: number): string | undefined {
  const here = /\/\/ mutant: (.+)$/.exec(lines[line] ?? '');
  const above = /^\s*\/\/ mutant: (.+)$/.exec(lines[line - 1] ?? '');
  return (here ?? above)?.[1];
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}
