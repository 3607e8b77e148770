import { writeFileSync } from 'node:fs';
import { test } from 'vitest';
import { generate } from './generate.ts';

test('dump', () => {
  const strict = process.env.LOOSE === undefined;
  const g = generate(
    Number(process.env.SEED ?? 1),
    Number(process.env.FILE ?? 0),
    { classes: Number(process.env.CLASSES ?? 25), entries: 20, strict },
    { model: 'm', layer: 'l', store: 's' },
  );
  writeFileSync('/tmp/d/dump.ts', g.text);
});
