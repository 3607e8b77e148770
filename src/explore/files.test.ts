/** What a loss of power leaves of files, against an enumeration that knows no machine. */
import { expect, test } from 'vitest';
import { type Block, blockOf, bytesOf, OrderedFiles, WeakFiles } from '../model/index.ts';
import { every } from './choices.ts';

const contents = [0, 1].map((byte) => blockOf(Uint8Array.of(byte)));
const sample = { blocks: contents, length: 2 };
const names = ['a', 'b'];

type Step =
  | { readonly do: 'create' | 'sync' | 'unlink'; readonly name: string }
  | { readonly do: 'write'; readonly name: string; readonly values: readonly number[] }
  | { readonly do: 'rename'; readonly name: string; readonly to: string }
  | { readonly do: 'syncDirectory' };

const steps: readonly Step[] = [
  ...names.map((name) => ({ do: 'create' as const, name })),
  ...names.map((name) => ({ do: 'sync' as const, name })),
  ...names.map((name) => ({ do: 'unlink' as const, name })),
  ...[[1], [1, 1]].map((values) => ({ do: 'write' as const, name: 'a', values })),
  { do: 'rename', name: 'a', to: 'b' },
  { do: 'rename', name: 'b', to: 'a' },
  { do: 'syncDirectory' },
];

/** One change of one location, or of two at once: it comes to the medium as a whole. */
type Change = readonly { readonly location: string; readonly value: number }[];

const none = -1;
const entry = (name: string) => `entry ${name}`;

/** The changes that a step makes; `view` is what reads see, a number for each location. */
function changes(step: Step, view: ReadonlyMap<string, number>, fresh: number): readonly Change[] {
  if (step.do === 'syncDirectory' || step.do === 'sync') return [];
  const file = view.get(entry(step.name)) ?? none;
  if (step.do === 'create')
    return file === none ? [[{ location: entry(step.name), value: fresh }]] : [];
  if (file === none) return [];
  if (step.do === 'unlink') return [[{ location: entry(step.name), value: none }]];
  if (step.do === 'rename')
    return [
      [
        { location: entry(step.to), value: file },
        { location: entry(step.name), value: none },
      ],
    ];
  if (step.do !== 'write') return [];
  const size = view.get(`size ${file}`) ?? 0;
  return step.values.flatMap((value, i) => [
    [{ location: `page ${file} ${i}`, value }],
    ...(i < size ? [] : [[{ location: `size ${file}`, value: i + 1 }]]),
  ]);
}

interface Waiting {
  readonly change: Change;
  readonly durable: boolean;
}

/**
 * Every image that may be left: any part of the changes that has, with a change, those that come
 * before it. If there is an order these are all of them, else those of the same location. A sync
 * makes some of them durable.
 */
function images(row: readonly Step[], ordered: boolean): readonly string[] {
  const view = new Map<string, number>();
  let all: Waiting[] = [];
  for (const [i, step] of row.entries()) {
    const covers = coverOf(step, view, ordered);
    all = all.map((one) => (covers(one.change) ? { ...one, durable: true } : one));
    for (const change of changes(step, view, i)) {
      for (const { location, value } of change) view.set(location, value);
      all.push({ change, durable: false });
    }
  }
  const left = new Set<string>();
  for (const subset of ideals(all, ordered)) {
    const image = new Map<string, number>();
    for (const change of subset)
      for (const { location, value } of change) image.set(location, value);
    left.add(shown(image));
  }
  return [...left].sort();
}

function coverOf(step: Step, view: ReadonlyMap<string, number>, ordered: boolean) {
  const nothing = () => false;
  if (step.do === 'syncDirectory')
    return (change: Change) => ordered || change.some((c) => c.location.startsWith('entry '));
  if (step.do !== 'sync') return nothing;
  const file = view.get(entry(step.name)) ?? none;
  if (file === none) return nothing;
  const own = [`size ${file}`, `page ${file} `];
  return (change: Change) =>
    ordered || change.some((c) => own.some((prefix) => c.location.startsWith(prefix)));
}

const sharesLocation = (a: Change, b: Change) =>
  a.some((one) => b.some((other) => one.location === other.location));

/** Every set of changes, in their order, that holds what is durable and all that comes before. */
function ideals(all: readonly Waiting[], ordered: boolean): readonly (readonly Change[])[] {
  let soFar: (readonly (Waiting & { readonly there: boolean })[])[] = [[]];
  for (const one of all)
    soFar = soFar.flatMap((row) => {
      const free = row.every((o) => o.there || !(ordered || sharesLocation(o.change, one.change)));
      const there = free ? [[...row, { ...one, there: true }]] : [];
      return one.durable ? there : [...there, [...row, { ...one, there: false }]];
    });
  return soFar.map((row) => row.filter((o) => o.there).map((o) => o.change));
}

/** The files by name, as a text. */
function shown(image: ReadonlyMap<string, number>): string {
  return names
    .map((name) => {
      const file = image.get(entry(name)) ?? none;
      if (file === none) return '-';
      const size = image.get(`size ${file}`) ?? 0;
      const pages = Array.from({ length: size }, (_, i) => image.get(`page ${file} ${i}`) ?? 0);
      return `[${pages.join('')}]`;
    })
    .join(' ');
}

/** The same of a machine, with every answer to its choices. */
function survivors(row: readonly Step[], made: () => WeakFiles | OrderedFiles): readonly string[] {
  const { ways } = every(sample, () => {
    const disk = made();
    for (const step of row)
      if (step.do === 'syncDirectory') disk.syncDirectory();
      else if (step.do === 'write') disk.write(step.name, step.values.map(blockAt));
      else if (step.do === 'rename') disk.rename(step.name, step.to);
      else disk[step.do](step.name);
    disk.crash();
    return names.map((name) => text(disk.read(name))).join(' ');
  });
  return [...new Set(ways.map((way) => way.value))].sort();
}

const blockAt = (value: number): Block => contents[value]!;
const text = (blocks: readonly Block[] | null) =>
  blocks === null ? '-' : `[${blocks.map((each) => bytesOf(each)[0] ?? 0).join('')}]`;

/** Every row of so many steps that begins with a new file. */
function* workloads(length: number): Generator<readonly Step[]> {
  const rows = (n: number): readonly (readonly Step[])[] =>
    n === 0 ? [[]] : rows(n - 1).flatMap((row) => steps.map((each) => [...row, each]));
  for (let n = 0; n <= length; n++)
    for (const row of rows(n)) yield [{ do: 'create', name: 'a' }, ...row];
}

// Of 1 + 11 + 121 + 1331 workloads: how many may leave so many different directories.
const weak = {
  ...{ 1: 182, 2: 426, 3: 211, 4: 313, 6: 6, 7: 65, 8: 182 },
  ...{ 10: 5, 14: 5, 15: 22, 16: 43, 22: 4 },
};
const ordered = { 1: 400, 2: 403, 3: 357, 4: 234, 5: 63, 6: 7 };

test.each([
  ['weak', () => new WeakFiles(), false, weak],
  ['ordered', () => new OrderedFiles(), true, ordered],
] as const)('%s files are left as the order of changes says', (_, made, inOrder, counts) => {
  const found: Record<number, number> = {};
  for (const row of workloads(3)) {
    const left = images(row, inOrder);
    expect(survivors(row, made), JSON.stringify(row)).toEqual(left);
    found[left.length] = (found[left.length] ?? 0) + 1;
  }
  expect(found).toEqual(counts);
});
