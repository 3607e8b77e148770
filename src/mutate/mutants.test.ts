import { expect, test } from 'vitest';
import { mutantsOf } from './mutants.ts';

const source = `
import { invariant } from 'plimsoll/model';

class Register {
  write(value: number): void {
    // mutant: the second write says the same
    this.first.write(value);
    this.second.write(value);
    this.disk.flush();
    if (value < 3) return;
    this.rest = this.one ?? this.other;
    while (this.rest > 0) {
      invariant(() => this.rest >= 0);
      this.rest -= 2;
    }
  }
}
`;

const shown = mutantsOf('register.ts', source, 'Register').map(
  ({ line, kind, was, becomes }) => `${line} ${kind}: ${was} -> ${becomes}`,
);

test('each statement, condition, operator and constant has its mistakes; ghosts have none', () => {
  expect(shown).toEqual([
    '7 effects exchanged: this.first.write(value); this.second.write(value); -> ' +
      'this.second.write(value); this.first.write(value);',
    '7 statement removed: this.first.write(value); -> {}',
    '8 effects exchanged: this.second.write(value); this.disk.flush(); -> ' +
      'this.disk.flush(); this.second.write(value);',
    '8 statement removed: this.second.write(value); -> {}',
    '9 flush removed: this.disk.flush(); -> {}',
    '10 statement removed: if (value < 3) return; -> {}',
    '10 condition negated: value < 3 -> !(value < 3)',
    '10 condition always true: value < 3 -> (value < 3) || true',
    '10 condition always false: value < 3 -> (value < 3) && false',
    '10 operator: < -> <=',
    '10 operator: < -> >=',
    '10 constant: 3 -> 4',
    '10 constant: 3 -> 2',
    '10 statement removed: return; -> {}',
    '11 statement removed: this.rest = this.one ?? this.other; -> {}',
    '11 operator: this.one ?? this.other -> this.other',
    '12 statement removed: while (this.rest > 0) { invariant(() => this.rest >= 0); ' +
      'this.rest -= 2; } -> {}',
    '12 condition negated: this.rest > 0 -> !(this.rest > 0)',
    '12 operator: > -> >=',
    '12 operator: > -> <=',
    '12 constant: 0 -> 1',
    '14 statement removed: this.rest -= 2; -> {}',
    '14 operator: -= -> +=',
    '14 constant: 2 -> 3',
    '14 constant: 2 -> 1',
  ]);
});

test('a mutant is the whole source with one mistake', () => {
  const [first] = mutantsOf('register.ts', source, 'Register').filter(
    ({ kind }) => kind === 'flush removed',
  );
  expect(first?.text).toBe(source.replace('this.disk.flush();', '{}'));
});

test('a comment above or beside a line explains what goes unnoticed there', () => {
  const explained = mutantsOf('register.ts', source, 'Register').filter((m) => m.explained);
  expect(explained.map(({ line }) => line)).toEqual([7, 7]);
  expect(explained[0]?.explained).toBe('the second write says the same');
});

test('another class of the file is left alone', () => {
  expect(mutantsOf('register.ts', source, 'Other')).toEqual([]);
});
