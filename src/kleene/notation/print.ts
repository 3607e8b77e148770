/** The notation of a term: `parse` reads back exactly the term that was printed. */
import type { Formula, Term } from '../terms/term.ts';

/** How tightly a text holds together: what binds less needs brackets where more is asked for. */
type Piece = string | { readonly term: Term; readonly need: number };
type FormulaPiece = string | { readonly formula: Formula; readonly need: number };

/** A term may be larger than any screen, and larger still when what it shares is repeated. */
const longest = 2_000_000;

export function print(root: Term): string {
  return unrolled<Piece>({ term: root, need: 0 }, ({ term, need }) => pieces(term, need));
}

export function printFormula(root: Formula): string {
  return unrolled<FormulaPiece>({ formula: root, need: 0 }, ({ formula, need }) =>
    formulaPieces(formula, need),
  );
}

function unrolled<P>(root: P, open: (piece: Exclude<P, string>) => readonly P[]): string {
  const text: string[] = [];
  let length = 0;
  const stack = [root];
  for (let piece = stack.pop(); piece !== undefined; piece = stack.pop()) {
    if (typeof piece === 'string') {
      length += piece.length;
      if (length > longest) return [...text, ' …'].join('');
      text.push(piece);
    } else stack.push(...[...open(piece as Exclude<P, string>)].reverse());
  }
  return text.join('');
}

const bracketed = <P>(inner: readonly (P | string)[], needed: boolean): (P | string)[] =>
  needed ? ['(', ...inner, ')'] : [...inner];

function pieces(term: Term, need: number): Piece[] {
  switch (term.kind) {
    case 'zero':
      return ['0'];
    case 'one':
      return ['1'];
    case 'drop':
      return bracketed<Piece>(['1;1'], need > 1);
    case 'letter':
      return [term.name];
    case 'test':
      return ['[', printFormula(term.formula), ']'];
    case 'star':
      return [{ term: term.body, need: 2 }, '*'];
    case 'choice':
      return bracketed<Piece>(
        [{ term: term.left, need: 0 }, ' + ', { term: term.right, need: 1 }],
        need > 0,
      );
    case 'product':
      return bracketed<Piece>(productPieces(term.left, term.right), need > 1);
    default:
      return term satisfies never;
  }
}

/** `r; s` drops the value of r; a one beside the sign would be read as part of it. */
function productPieces(left: Term, right: Term): Piece[] {
  if (right.kind === 'drop' && left.kind !== 'one') return [{ term: left, need: 1 }, ';1'];
  if (right.kind !== 'one' && left.kind === 'drop') return ['1; ', { term: right, need: 2 }];
  if (right.kind !== 'one' && left.kind === 'product' && left.right.kind === 'drop')
    if (left.left.kind !== 'one')
      return [{ term: left.left, need: 1 }, '; ', { term: right, need: 2 }];
  return [{ term: left, need: 1 }, ' ', { term: right, need: 2 }];
}

const tightness = { or: 0, and: 1, not: 2 } as const;

function formulaPieces(formula: Formula, need: number): FormulaPiece[] {
  switch (formula.kind) {
    case 'true':
      return ['1'];
    case 'false':
      return ['0'];
    case 'name':
      return [formula.name];
    case 'not':
      return ['!', { formula: formula.body, need: 2 }];
    case 'and':
    case 'or': {
      const own = tightness[formula.kind];
      const sign = formula.kind === 'and' ? ' & ' : ' | ';
      const parts = [
        { formula: formula.left, need: own },
        sign,
        { formula: formula.right, need: own + 1 },
      ];
      return bracketed<FormulaPiece>(parts, need > own);
    }
    default:
      return formula satisfies never;
  }
}
