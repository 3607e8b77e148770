/**
 * An executable reading of the theorems: random small machines, code and recoveries for which the
 * hypotheses hold satisfy them, and without any one hypothesis some machine violates them.
 *
 *   PLIMSOLL_MODELS=70000 npx vitest run src/kleene/theorems/needed.test.ts
 */
import { expect, test } from 'vitest';
import { evaluate, holdsIn } from '../models/model.ts';
import { modelLines } from '../notation/show.ts';
import { modelOfAll, modelWithout } from './needed.ts';
import { theoremNamed, theoremNames } from './theorems.ts';

const seed = Number(process.env.PLIMSOLL_SEED ?? 2026);
const models = Number(process.env.PLIMSOLL_MODELS ?? 3000);
const usual = seed === 2026 && models === 3000;
const five = [
  ...['trace_inclusion', 'idempotent_recovery', 'composition', 'crash_safe_initialisation'],
  'horizontal_composition',
];
/** How many random beginnings it took: some lead to no model of all hypotheses. */
const beginnings = new Map<string, number>();

test.for(five)('%s holds of random machines', { timeout: 3_600_000 }, (name) => {
  const theorem = theoremNamed(name);
  let at = seed;
  for (let found = 0; found < models / five.length; at++) {
    const model = modelOfAll(theorem, at);
    if (!model) continue;
    found++;
    const lines = () => `seed ${at}\n${modelLines(model).join('\n')}`;
    if (!holdsIn(theorem.equation, model)) expect.fail(lines());
    if ([...evaluate(theorem.equation.left, model)].length === 0) expect.fail(lines());
  }
  beginnings.set(name, at - seed);
  console.info(`${name}: ${models / five.length} models, seeds ${seed} to ${at - 1}`);
});

test.skipIf(!usual)('the counts are these', () => {
  expect(Object.fromEntries(beginnings)).toMatchInlineSnapshot(`
    {
      "composition": 697,
      "crash_safe_initialisation": 604,
      "horizontal_composition": 2757,
      "idempotent_recovery": 634,
      "trace_inclusion": 649,
    }
  `);
});

const needs = theoremNames()
  .map(theoremNamed)
  .flatMap((theorem) => theorem.given.map((one) => ({ theorem, without: one.name })));

test('there are as many hypotheses as are stated', () => {
  expect(needs).toHaveLength(66);
});

test.for(needs)('$theorem.name needs $without', ({ theorem, without }) => {
  const model = modelWithout(theorem, without, seed);
  if (!model) return expect.fail(`no machine is found from seed ${seed}`);
  const { given, hypotheses, equation } = theorem;
  for (const [at, one] of hypotheses.entries())
    expect(holdsIn(one, model)).toBe(given[at]?.name !== without);
  expect(holdsIn(equation, model)).toBe(false);
});

/** One of each, as it is printed. */
test('the machine that is printed', () => {
  const lines = (name: string, without: string) =>
    modelLines(modelWithout(theoremNamed(name), without)!).join('\n');
  expect(lines('composition', 'crash in recovery')).toMatchInlineSnapshot(`
    "states  0:T 1:M 2:C 3:C 4:C
    r       2->4 3->3
    x       2->3
    R1      1->2 1->3
    x'      1->1
    z       4->2
    R2      0->1
    y       3->2"
  `);
  expect(lines('horizontal_composition', 'not begun')).toMatchInlineSnapshot(`
    "states  0:CA 1:CC 2:CC 3:AA
    x'      0->0
    p'      0->0
    R1      3->0
    f       1->1
    q       1->1
    R2      0->1
    t'      0->0
    e       2->1
    x       1->1
    p       1->1
    t       3->3
    d       1->2"
  `);
});

test('a hypothesis that there is not', () => {
  expect(() => modelWithout(theoremNamed('sim_star'), 'two steps')).toThrow(
    'sim_star has no hypothesis two steps; name one of: one step',
  );
  expect(() => modelWithout(theoremNamed('sliding'), 'x')).toThrow('name one of: none');
});
