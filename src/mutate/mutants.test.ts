import { expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';

const source = `
import { invariant } from 'plimsoll/model';

class Register {
  write(value: number): void {
    // mutant: statement removed: the second write says the same,
    // in more words
    this.first.write(value);
    this.second.write(value); // mutant: effects exchanged: both are durable
    this.disk.flush();
    if (value < 3) return;
    this.rest = this.one ?? this.other;
    while (this.rest > 0) { // mutant: constant 0 -> 1: never reached
      invariant(() => this.rest >= 0);
      this.rest -= 2;
    }
  }
}
`;

const { mutants } = mutantsOf('register.ts', source, 'Register');

const shown = mutants.map(
  ({ line, kind, was, becomes }) => `${line} ${kind}: ${was} -> ${becomes}`,
);

test('each statement, condition, operator and constant has its mistakes; ghosts have none', () => {
  expect(shown).toEqual([
    '8 effects exchanged: this.first.write(value); this.second.write(value); -> ' +
      'this.second.write(value); this.first.write(value);',
    '8 statement removed: this.first.write(value); -> {}',
    '9 effects exchanged: this.second.write(value); this.disk.flush(); -> ' +
      'this.disk.flush(); this.second.write(value);',
    '9 statement removed: this.second.write(value); -> {}',
    '10 flush removed: this.disk.flush(); -> {}',
    '11 statement removed: if (value < 3) return; -> {}',
    '11 condition negated: value < 3 -> !(value < 3)',
    '11 condition always true: value < 3 -> (value < 3) || true',
    '11 condition always false: value < 3 -> (value < 3) && false',
    '11 operator: < -> <=',
    '11 operator: < -> >=',
    '11 constant: 3 -> 4',
    '11 constant: 3 -> 2',
    '11 statement removed: return; -> {}',
    '12 statement removed: this.rest = this.one ?? this.other; -> {}',
    '12 operator: this.one ?? this.other -> this.other',
    '13 statement removed: while (this.rest > 0) { invariant(() => this.rest >= 0); ' +
      'this.rest -= 2; } -> {}',
    '13 condition negated: this.rest > 0 -> !(this.rest > 0)',
    '13 operator: > -> >=',
    '13 operator: > -> <=',
    '13 constant: 0 -> 1',
    '15 statement removed: this.rest -= 2; -> {}',
    '15 operator: -= -> +=',
    '15 constant: 2 -> 3',
    '15 constant: 2 -> 1',
  ]);
});

test('a mutant is the whole source with one mistake', () => {
  const [first] = mutants.filter(({ kind }) => kind === 'flush removed');
  expect(first?.text).toBe(source.replace('this.disk.flush();', '{}'));
});

test('a comment above or beside a line explains a mistake of its kind there', () => {
  const explained = mutants.filter((mutant) => mutant.explained);
  expect(explained.map(({ line, kind }) => `${line} ${kind}`)).toEqual([
    '8 statement removed',
    '9 effects exchanged',
    '13 constant',
  ]);
  expect(explained.map((mutant) => mutant.explained)).toEqual([
    'the second write says the same, in more words',
    'both are durable',
    'never reached',
  ]);
});

test('another class of the file is left alone', () => {
  expect(mutantsOf('register.ts', source, 'Other')).toEqual({ mutants: [], explanations: [] });
  const two = `${source}class Other { no(): number {\n// mutant: constant: why\nreturn 0; } }`;
  const { explanations } = mutantsOf('register.ts', two, 'Register');
  expect(explanations.map(({ about }) => about)).toEqual([8, 9, 13]);
});

const shownOf = (body: string, beside = '') =>
  mutantsOf('code.ts', `class Code { run() { ${body} } }\n${beside}`, 'Code').mutants.map(
    ({ kind, was, becomes }) => `${kind}: ${was} -> ${becomes}`,
  );

const exchanged = (body: string) =>
  shownOf(body).flatMap((line) => /^effects exchanged: .* -> (.*)$/.exec(line)?.[1] ?? []);

test('an effect moves behind the next one, which need not stand beside it', () => {
  expect(
    exchanged('for (const a of b) this.disk.write(a); const n = f(1); this.disk.mark(n);'),
  ).toEqual(['const n = f(1); this.disk.mark(n); for (const a of b) this.disk.write(a);']);
  expect(exchanged('const a = await this.disk.read(0); await this.disk.flush();')).toEqual([
    'await this.disk.flush(); const a = await this.disk.read(0);',
  ]);
});

test('not past what needs its value, and not where nothing runs', () => {
  expect(exchanged('const { a } = this.disk.read(0); this.disk.write(a);')).toEqual([]);
  expect(exchanged('this.disk.flush(); return this.disk.read(0);')).toEqual([]);
  expect(exchanged('this.count = 1; this.other = 2; helper(3);')).toEqual([]);
  expect(exchanged('assert(this.disk.size() > 0); this.disk.flush();')).toEqual([]);
});

test('functions beside the class have mistakes if they run, not if they only speak', () => {
  const beside = `
    function used(n: number) { return further(n); }
    function further(n: number) { return n * 2; }
    function spoken(n: number) { return n > 7; }`;
  const shown = shownOf('invariant(() => spoken(1)); return used(this.n);', beside);
  expect(shown).toContain('operator: * -> +');
  expect(shown.join()).not.toContain('7');
});

test('signs, counting and the smaller of two have their opposites', () => {
  expect(shownOf('if (!this.on) this.n++; return Math.min(--this.n, a % b);')).toEqual(
    expect.arrayContaining([
      'condition negated: !this.on -> this.on',
      'operator: this.n++ -> this.n--',
      'operator: --this.n -> ++this.n',
      'operator: Math.min -> Math.max',
      'operator: % -> +',
    ]),
  );
});
