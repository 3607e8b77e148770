/** The theorems with names: derived, replayed by another kernel, and saying what they announce. */
import { expect, test } from 'vitest';
import { print } from '../notation/print.ts';
import { Kernel, type Theorem } from './kernel.ts';
import { inclusions } from './laws.ts';
import { Library, type TheoremSource } from './library.ts';
import { proofLines, replay, steps } from './proof-object.ts';
import { theoremNamed, theoremNames } from './theorems.ts';

const all = theoremNames().map(theoremNamed);
const told = ({ hypotheses, left, right }: Theorem) =>
  [...hypotheses, { left, right }].map((one) => `${print(one.left)} <= ${print(one.right)}`);

test('the theorems, each direction, and how many steps of the kernel each takes', () => {
  const counted = all.map(
    ({ name, theorems, steps: count }) => `${name} ${theorems.length} ${count}`,
  );
  expect(counted).toMatchInlineSnapshot(`
    [
      "sim_star 1 77",
      "sim_star_r 1 70",
      "sliding 2 192",
      "denesting 2 254",
      "slides 2 563",
      "commuting_stars 1 204",
      "mid_invariant 1 118",
      "invariant_star 1 156",
      "trans_star 1 29",
      "rexec_to_recov 1 19",
      "ref_ret 1 3",
      "ref_seq 1 43",
      "ref_or 1 59",
      "ref_loop 1 100",
      "crash_ret 1 26",
      "crash_op 1 45",
      "crash_or 1 80",
      "crash_seq 1 125",
      "crash_loop 1 222",
      "trans_exec 1 43",
      "rexec_one_layer 1 642",
      "trace_inclusion 1 772",
      "composition 1 785",
      "initialisation 1 114",
      "crash_safe_initialisation 1 492",
      "idempotent_recovery 1 496",
      "horizontal_composition 1 1407",
    ]
  `);
});

/** Of Kleene algebra and of Argosy: 21, each direction counted, and the crash lemmas. */
const literature = [
  ...['sim_star', 'sim_star_r', 'sliding', 'denesting', 'slides', 'ref_ret', 'ref_seq', 'ref_or'],
  ...['ref_loop', 'crash_seq', 'crash_loop', 'trans_exec', 'composition', 'rexec_one_layer'],
  ...['initialisation', 'mid_invariant', 'trans_star', 'rexec_to_recov'],
];
const crashes = ['crash_ret', 'crash_op', 'crash_or'];
const five = [
  ...['trace_inclusion', 'idempotent_recovery', 'composition', 'crash_safe_initialisation'],
  'horizontal_composition',
];

test('nothing is missing', () => {
  const count = (names: readonly string[]) =>
    names.reduce((sum, name) => sum + theoremNamed(name).theorems.length, 0);
  expect(count(literature)).toBe(21);
  expect(count([...literature, ...crashes])).toBe(24);
  expect(count(five)).toBe(5);
});

test.for(all)('$name says what it announces, from all that it states', (theorem) => {
  const { kernel, theorems, equation, hypotheses } = theorem;
  expect(theorems.every((one) => kernel.proved(one))).toBe(true);
  expect(theorems.map(({ left, right }) => ({ left, right }))).toEqual(inclusions(equation));
  const stated = hypotheses
    .flatMap((one) => inclusions(one))
    .map(({ left, right }) => ({ left, right }));
  const needed = theorems[0]!.hypotheses.map(({ left, right }) => ({ left, right }));
  expect(new Set(needed.map((one) => print(one.left)))).toEqual(
    new Set(stated.map((one) => print(one.left))),
  );
  expect(needed).toHaveLength(stated.length);
});

test('another kernel replays all of them, in less than two seconds', () => {
  const proofs = all
    .flatMap(({ theorems }) => theorems)
    .map((theorem) => ({
      theorem,
      lines: proofLines(theorem),
    }));
  const started = process.cpuUsage();
  for (const { theorem, lines } of proofs) {
    const kernel = new Kernel();
    const again = replay(kernel, lines);
    expect(kernel.proved(again)).toBe(true);
    expect(told(again)).toEqual(told(theorem));
  }
  const { user, system } = process.cpuUsage(started);
  expect((user + system) / 1e6).toBeLessThan(2);
});

test('none rests on a certificate of a decision', () => {
  const rules = new Set(
    all.flatMap(({ theorems }) => theorems.flatMap(steps).map(({ step }) => step.rule)),
  );
  expect([...rules].sort()).toMatchInlineSnapshot(`
    [
      "associate left",
      "associate right",
      "assume",
      "choice both",
      "choice left",
      "choice right",
      "cut",
      "distribute left",
      "distribute right",
      "induction first",
      "induction last",
      "instantiate",
      "one after, added",
      "one after, dropped",
      "one before, added",
      "one before, dropped",
      "product",
      "reflexive",
      "star first",
      "star last",
      "star none",
      "test dropped",
      "test implies",
      "test parted",
      "transitive",
    ]
  `);
});

const source = (derivation: TheoremSource['derivation']): TheoremSource => ({
  ...{ name: 'tried', reads: '', says: 'p* q <= q', paper: '', derivation },
  given: [{ name: 'kept', says: 'p q <= q', reads: '' }],
});
test.for<[string, TheoremSource['derivation'], string]>([
  ['a line that does not follow', [['all', 'p* q \n <= q']], 'add a line between'],
  ['a law that does not give the line', [['all', 'p* q \n <= q { kept }']], 'kept does not give'],
  ['a law that there is not', [['all', 'p* q \n <= q { known }']], 'there is no law known'],
  ['a calculation of something else', [['all', 'p q \n <= q { kept }']], 'says something else'],
  [
    'an induction from what is not there',
    [['all', 'p* q \n <= q { induction first: base, step }']],
    'name two calculations',
  ],
  ['an equality that is none', [['all', 'p + q \n = p']], 'do not give'],
])('refused: %s', ([, derivation, message]) => {
  expect(() => new Library([source(derivation)]).theorem('tried')).toThrow(message);
});

test('the same, done well', () => {
  const derivation = [
    ['same', 'q'],
    ['step', 'p q \n <= q { kept }'],
    ['all', 'p* q \n <= q { induction first: same, step }'],
  ] as const;
  const theorem = new Library([source(derivation)]).theorem('tried');
  expect(theorem?.theorems.map(told)).toEqual([['p q <= q', 'p* q <= q']]);
});

test('a name that is none', () => {
  expect(() => theoremNamed('sim_stars')).toThrow('there is no theorem sim_stars; name one of');
});
