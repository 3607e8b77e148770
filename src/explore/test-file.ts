/** Writes a counterexample as a test that stays when the code has been mended. */
import type { Counterexample } from './counterexample.ts';

export interface TestFile {
  /** How the test imports the layer. */
  readonly layer: string;
  /** How it imports `replay` and `instanceOf`. */
  readonly explorer: string;
  /** What went wrong, for the title. */
  readonly because: string;
}

/** The source of a test file for vitest that replays the counterexample. */
export function toTestFile(run: Counterexample, { layer, explorer, because }: TestFile): string {
  const data = JSON.stringify(run, null, 2);
  const { name } = run.layer;
  return `import { expect, test } from 'vitest';
import { instanceOf, replay } from ${quote(explorer)};
import { ${name} } from ${quote(layer)};

const run = ${data} as const;

test(${quote(`${name} no longer: ${because}`)}, async () => {
  expect(await replay(instanceOf(${name}, run), run)).toMatchObject({ violated: false });
});
`;
}

function quote(text: string): string {
  return `'${text.replaceAll('\\', '\\\\').replaceAll("'", "\\'")}'`;
}
