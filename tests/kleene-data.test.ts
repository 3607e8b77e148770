/**
 * Benchmark files with known answers, where they are: PLIMSOLL_KLEENE_DATA names their folder. An
 * instance has `lhs`, `rhs`, `rel`, `expect`, and perhaps `sig` and `hyps`, or `cexLen`.
 */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import {
  type Equation,
  entails,
  parseEquation,
  proofFault,
  signature,
  Terms,
  untyped,
} from '../src/kleene/index.ts';

type Side = 'eq' | 'leq';
interface Instance {
  readonly id: string;
  readonly rel: Side;
  readonly lhs: string;
  readonly rhs: string;
  readonly expect: boolean | null;
  readonly cexLen?: number;
  readonly hyps?: readonly (readonly [Side, string, string])[];
  readonly sig?: {
    readonly letters: Record<string, [string, string]>;
    readonly tests: Record<string, string>;
  };
}

const folder = process.env.PLIMSOLL_KLEENE_DATA ?? '';
const there = folder !== '' && existsSync(folder);
const files = there ? readdirSync(folder).filter((file) => file.endsWith('.json')) : [];

test.skipIf(there)('PLIMSOLL_KLEENE_DATA names no folder: nothing is compared', ({ skip }) =>
  skip(),
);

test.for(files)('%s', (file) => {
  const { instances } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as {
    instances: Instance[];
  };
  const wrong: string[] = [];
  for (const instance of instances) {
    const { goal, given } = questionOf(instance);
    const now = () => process.cpuUsage().user / 1000;
    const answer = entails(goal, given, { milliseconds: 3_000, pairs: 1e6, nodes: 4e6, now });
    if (answer.kind === 'undecided' || instance.expect === null) continue;
    if ((answer.kind === 'holds') !== instance.expect) wrong.push(`${instance.id}: ${answer.kind}`);
    if (answer.kind === 'holds' && file !== 'rand-ka.json' && file !== 'rand-kat.json')
      expect(proofFault(goal, given, answer.proof), instance.id).toBeUndefined();
    const length = answer.kind === 'fails' ? answer.word?.steps.length : undefined;
    if (length !== undefined && instance.cexLen !== undefined && length !== instance.cexLen)
      wrong.push(`${instance.id}: a word of ${length} letters, not ${instance.cexLen}`);
  }
  expect(wrong).toEqual([]);
});

function questionOf({ lhs, rhs, rel, hyps = [], sig }: Instance) {
  const terms = new Terms();
  const sorts = sig
    ? signature(new Map(Object.entries(sig.letters)), new Map(Object.entries(sig.tests)))
    : untyped;
  const read = (relation: Side, left: string, right: string): Equation =>
    parseEquation(terms, `${left} ${relation === 'eq' ? '=' : '<='} ${right}`, sorts);
  return { goal: read(rel, lhs, rhs), given: hyps.map((one) => read(...one)) };
}
