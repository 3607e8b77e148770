import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Program } from '../../symbolic/ir.ts';
import { readProgram } from '../../symbolic/reader/read.ts';
import { Model } from '../obligations/model.ts';
import type { Obligation } from '../obligations/obligation.ts';
import { obligationsOf } from '../obligations/obligations.ts';
import { conjunctOf } from './conjunct.ts';
import { split } from './goal.ts';

const layers = join(import.meta.dirname, '../../../tests/layers/fixtures');
const readSource = (file: string) => readFileSync(file, 'utf8');

/** What is said of each claim of the obligations that are asked for. */
function told(program: Program, which: (o: Obligation) => boolean): (string | undefined)[] {
  const [layer] = program.layers;
  const { obligations } = obligationsOf(new Model(program, layer!));
  return obligations.filter(which).flatMap((obligation) =>
    split(obligation.given, obligation.goal).map((claim) => {
      const part = conjunctOf({ program, layer: layer!, readSource }, { obligation, claim });
      return part && `${part.role}: ${part.text}`;
    }),
  );
}

describe('each claim is traced to the part of the source that it is of', () => {
  let program: Program;
  beforeAll(() => {
    ({ program } = readProgram([join(layers, 'mirror-wrong/crash-forbids-difference.ts')]));
  });

  test('the crash invariant, through the function it calls', () => {
    const parts = told(program, ({ about, text }) => about === 'write' && /returned/.test(text));
    expect(parts).toEqual([
      'crash invariant: pair.firstWorks || pair.secondWorks',
      // The length, and then the blocks.
      'crash invariant: sameBlocks(pair.first, blocks)',
      'crash invariant: sameBlocks(pair.first, blocks)',
      'crash invariant: sameBlocks(pair.second, blocks)',
      'crash invariant: sameBlocks(pair.second, blocks)',
      // Either of two steps of the promise: all of it.
      'crash invariant: holds(pair, before.blocks)',
    ]);
  });

  test('the same function, where it is the abstraction', () => {
    const parts = told(program, ({ about, kind }) => about === 'write' && kind === 'outcome');
    expect(parts[0]).toBe('abstraction: pair.firstWorks || pair.secondWorks');
    expect(parts.at(-1)).toBe('abstraction: holds(pair, disk.blocks)');
  });

  test('a loop invariant through a function, and none that the user did not write', () => {
    const parts = told(program, ({ about, kind }) => about === 'recover' && kind === 'invariant');
    const blocks = 'forall(start, end, (i) => sameBlock(pair.first[i]!, pair.second[i]!))';
    expect(new Set(parts)).toEqual(
      new Set([
        undefined,
        'loop invariant: pair.firstWorks || pair.secondWorks',
        'loop invariant: pair.first.length === size',
        'loop invariant: pair.second.length === size',
        // A disjunction is one part.
        `loop invariant: !pair.firstWorks || !pair.secondWorks || ${blocks}`,
      ]),
    );
  });

  test('what is no part of an annotation has no part named', () => {
    const rules = told(program, ({ kind }) => kind === 'bounds' || kind === 'range');
    expect(rules.length).toBeGreaterThan(0);
    expect(new Set(rules)).toEqual(new Set([undefined]));
  });
});

test('a part of what a lemma ensures', () => {
  const { program } = readProgram([join(layers, 'lemmas/ensures-false.ts')]);
  expect(told(program, ({ kind }) => kind === 'ensures')).toContainEqual(
    expect.stringMatching(/^postcondition: \S/),
  );
});
