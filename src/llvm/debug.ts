/** Lines of the source, found through debug information. */
import type { Metadata, Module } from './module.ts';

export interface SourceLine {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly function: string;
}

/** Where the instruction with this !DILocation comes from. */
export function sourceLine(module: Module, key: string | undefined): SourceLine | undefined {
  const location = nodeAt(module, key);
  if (location?.name !== 'DILocation') return undefined;
  const scope = nodeAt(module, location.fields.get('scope')?.slice(1));
  const line = Number(location.fields.get('line') ?? 0);
  // Line 0: code that no line of the source asked for.
  if (scope === undefined || line === 0) return undefined;
  const column = Number(location.fields.get('column') ?? 0);
  return { file: fileOf(module, scope), line, column, function: functionOf(module, scope) };
}

function nodeAt({ metadata }: Module, key: string | undefined): Metadata | undefined {
  return key === undefined ? undefined : metadata.get(key);
}

function fileOf(module: Module, scope: Metadata): string {
  return nodeAt(module, scope.fields.get('file')?.slice(1))?.fields.get('filename') ?? '';
}

/** Scopes are nested; a damaged module may nest them in a ring. */
function functionOf(module: Module, scope: Metadata): string {
  let around: Metadata | undefined = scope;
  for (let i = 0; around !== undefined && i < 100; i++) {
    if (around.name === 'DISubprogram') return around.fields.get('name') ?? '';
    around = nodeAt(module, around.fields.get('scope')?.slice(1));
  }
  return '';
}
