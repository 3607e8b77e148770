import ts from '@typescript/typescript6';
import { describe, expect, test } from 'vitest';
import { allKinds, nameOfKind, syntaxTable, treatmentOf } from './syntax.ts';
import { ghostKinds, readKinds, tokenKinds, typeKinds } from './syntax-read.ts';
import { refusedKinds } from './syntax-refused.ts';

describe('the table of syntax', () => {
  test('treats every kind of this compiler, and no other', () => {
    expect([...syntaxTable.keys()].sort()).toEqual([...allKinds].sort());
  });

  test('treats each kind once', () => {
    const listed = [
      ...readKinds,
      ...ghostKinds,
      ...typeKinds,
      ...tokenKinds,
      ...refusedKinds.map(({ kind }) => kind),
    ];
    expect(listed.filter((kind, i) => listed.indexOf(kind) !== i)).toEqual([]);
  });

  test('knows each kind by its proper name, not by a marker of a range', () => {
    expect(nameOfKind(ts.SyntaxKind.FirstStatement)).toBe('VariableStatement');
    expect(nameOfKind(ts.SyntaxKind.LastBinaryOperator)).toBe('CaretEqualsToken');
    expect(allKinds.filter((name) => /^(First|Last)[A-Z]/.test(name))).toEqual([]);
  });

  test('gives a reason and a remedy with every refusal', () => {
    for (const { why, instead } of refusedKinds) {
      expect(why).not.toBe('');
      expect(instead).not.toBe('');
    }
  });

  test('refuses a kind it has never heard of', () => {
    expect(treatmentOf(9999 as ts.SyntaxKind).treatment).toBe('refused');
  });
});
