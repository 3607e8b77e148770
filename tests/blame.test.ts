/** A bad verdict says what may be to blame: who it cannot be is not named. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plimsoll, root } from './command.ts';

const said = async (verb: string, file: string): Promise<Record<string, unknown>> => {
  const { out } = await plimsoll([verb, join(root, file), '--format', 'json']);
  const events = out.trim().split('\n');
  return events.map((line) => JSON.parse(line)).find(({ event }) => event === 'verdict').verdict;
};

test.each([
  ['a-lower-chooses-among-nothing', 'machine'],
  ['a-promise-chooses-among-nothing', 'promise'],
  ['a-promise-stuck-in-one-state', 'promise'],
  ['b-crash-without-step', 'machine'],
  ['b-promise-crash-without-step', 'promise'],
  ['c-init-never-true', 'code'],
  ['d-abstraction-false', 'annotation'],
  ['e-fault-condition-never-holds', 'machine'],
])('what says nothing: %s', async (name, blame) => {
  const verdict = await said('prove', `tests/layers/fixtures/sanity/${name}.ts`);
  expect(verdict).toMatchObject({ kind: 'vacuous', blame });
});

test.each(['prove', 'explore'])('what is refuted, by %s: code and promise', async (verb) => {
  const verdict = await said(verb, 'examples/counter/broken/newer-overwritten.ts');
  expect(verdict).toMatchObject({
    kind: 'refuted',
    accused: {
      code: { file: join(root, 'examples/counter/broken/newer-overwritten.ts'), line: 23 },
      promise: { file: join(root, 'examples/counter/spec.ts'), line: 15 },
    },
  });
});
