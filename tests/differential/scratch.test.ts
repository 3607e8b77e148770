import { writeFileSync } from 'node:fs';
import ts from '@typescript/typescript6';
import { expect, test } from 'vitest';
import { compile } from '../../src/symbolic/reader/compiler.ts';
import { constructs } from './constructs.ts';
import { generate } from './generate.ts';

test('scratch', { timeout: 600000 }, () => {
  const root = '/work/main';
  const paths = {
    model: `${root}/src/model/index.ts`,
    layer: `${root}/src/refine/layer.ts`,
    store: `${root}/tests/differential/store.ts`,
  };
  const t0 = performance.now();
  const g = generate(Number(process.env.SEED ?? 1), 0, { classes: 20, entries: 25 }, paths);
  console.log('generate', performance.now() - t0, g.text.length, g.text.split('\n').length);
  writeFileSync('/tmp/d/gen.ts', g.text);
  const file = `${root}/tests/differential/generated-0.ts`;
  const t1 = performance.now();
  try {
    compile([file], new Map([[file, g.text]]));
  } catch (e: any) {
    console.log(
      (e.problems ?? []).length,
      (e.problems ?? [e])
        .slice(0, 25)
        .map(
          (p: any) =>
            `${p.at?.line}: ${p.message?.slice(0, 200)}\n   ${g.text.split('\n')[p.at?.line - 1]}`,
        )
        .join('\n'),
    );
  }
  console.log('compile', performance.now() - t1);
  console.log(
    constructs.filter((c) => (g.counts.get(c) ?? 0) < 10).map((c) => [c, g.counts.get(c)]),
  );
});
