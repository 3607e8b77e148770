/**
 * The subset, kind by kind: what becomes of every node TypeScript's parser can produce.
 *
 * This is a whitelist. A kind that is not in the table (from a newer compiler, say) is refused,
 * and a test compares the table with `ts.SyntaxKind`.
 */
import ts from '@typescript/typescript6';
import { ghostKinds, readKinds, tokenKinds, typeKinds } from './syntax-read.ts';
import { refusedKinds } from './syntax-refused.ts';

export type Treatment =
  /** Has a meaning of its own; the rules in this folder say where it may stand. */
  | { readonly treatment: 'read' }
  /** Only as the argument of a marker, or in the declaration of a layer. */
  | { readonly treatment: 'ghost' }
  /** Erased when the code runs. The type that the checker makes of it is looked at instead. */
  | { readonly treatment: 'type' }
  /** Never a node in a tree of statements, or part of one that decides. */
  | { readonly treatment: 'token' }
  | { readonly treatment: 'refused'; readonly why: string; readonly instead: string };

/** Every kind by its proper name, as in `IfStatement`. */
export const syntaxTable: ReadonlyMap<string, Treatment> = new Map<string, Treatment>([
  ...readKinds.map((kind) => [kind, { treatment: 'read' }] as const),
  ...ghostKinds.map((kind) => [kind, { treatment: 'ghost' }] as const),
  ...typeKinds.map((kind) => [kind, { treatment: 'type' }] as const),
  ...tokenKinds.map((kind) => [kind, { treatment: 'token' }] as const),
  ...refusedKinds.map(
    ({ kind, why, instead }) => [kind, { treatment: 'refused', why, instead }] as const,
  ),
]);

const alias = /^(First|Last)[A-Z]/;

/** The proper name of each kind: markers such as `FirstStatement` share its number. */
const names = new Map<number, string>();
for (const [name, kind] of Object.entries(ts.SyntaxKind)) {
  if (typeof kind !== 'number') continue;
  const known = names.get(kind);
  if (known === undefined || alias.test(known)) names.set(kind, name);
}

/** The kinds of this compiler, by their proper names. */
export const allKinds: readonly string[] = [...names.values()];

export function nameOfKind(kind: ts.SyntaxKind): string {
  return names.get(kind) ?? String(kind);
}

export function treatmentOf(kind: ts.SyntaxKind): Treatment {
  return (
    syntaxTable.get(nameOfKind(kind)) ?? {
      treatment: 'refused',
      why: 'it is not in the table of the subset',
      instead: 'something that is',
    }
  );
}
