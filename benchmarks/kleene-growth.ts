/**
 * How the time to decide grows with the depth of a stack of recoveries and the number of tests: a
 * table, and a figure in SVG. Each time is the least of several, of the processor.
 *
 *     npx rolldown benchmarks/kleene-growth.ts --platform node --dir build
 *     node build/kleene-growth.js FIGURE.svg
 */
import { writeFileSync } from 'node:fs';
import { decide } from '../src/kleene/decision/decide.ts';
import { type Equation, parseEquation } from '../src/kleene/notation/parse.ts';
import { type Term, Terms } from '../src/kleene/terms/term.ts';

interface Curve {
  readonly name: string;
  readonly along: 'depth' | 'tests';
  readonly sizes: readonly number[];
  readonly goal: (size: number) => Equation;
}

interface Point {
  readonly size: number;
  readonly milliseconds: number | undefined;
}

const limits = { milliseconds: 10_000, pairs: 2e7, nodes: 2e7 };
const upTo = (count: number) => Array.from({ length: count }, (_, i) => i);
const read = (text: string) => parseEquation(new Terms(), text);

/** A stack of recoveries, flat: power may fail in each, and then all begins again. */
function flat(terms: Terms, depth: number): Term {
  let failing = terms.letter(`c${depth}`);
  for (let i = depth - 1; i >= 1; i--) {
    const passed = terms.product(terms.letter(`r${i}`), failing);
    failing = terms.choice(terms.letter(`c${i}`), passed);
  }
  const done = upTo(depth).map((i) => terms.letter(`r${i + 1}`));
  return terms.product(terms.star(failing), terms.sequence(done));
}

/** The same, layer by layer: all that is below recovers whenever this layer fails. */
function nested(terms: Terms, depth: number): Term {
  const star = terms.star(terms.letter('c1'));
  let below = terms.product(star, terms.letter('r1'));
  for (let i = 2; i <= depth; i++) {
    const again = terms.star(terms.product(terms.letter(`c${i}`), below));
    below = terms.sequence([below, again, terms.letter(`r${i}`)]);
  }
  return below;
}

const any = (count: number) => upTo(count).map(() => '(a + b)');
const curves: readonly Curve[] = [
  {
    name: 'recoveries, flat = nested',
    along: 'depth',
    sizes: [2, 4, 8, 16, 32, 64, 128, 256],
    goal: (depth) => {
      const terms = new Terms();
      return { relation: '=', left: flat(terms, depth), right: nested(terms, depth) };
    },
  },
  {
    name: 'nth letter from the end',
    along: 'depth',
    sizes: [2, 4, 8, 16, 32, 64, 128, 256],
    goal: (n) => read(`(a+b)* a ${any(n).join(' ')} = (a* b*)* a ${any(n).join(' ')}`),
  },
  {
    name: 'nth letter from the end, either',
    along: 'depth',
    sizes: [2, 4, 8, 16, 32, 64, 128],
    goal: (n) => {
      const tail = any(n).join(' ');
      return read(`(a+b)* a ${tail} + (a+b)* b ${tail} = (a+b)* (a+b) ${tail}`);
    },
  },
  {
    name: 'guards of a loop, joined',
    along: 'tests',
    sizes: [2, 4, 8, 16, 32, 64, 128, 256],
    goal: (n) => {
      const names = upTo(n).map((i) => `t${i}`);
      const split = names.map((name) => `[${name}]`).join(' + ');
      return read(`((${split}) p)* = ([${names.join(' | ')}] p)*`);
    },
  },
  {
    name: 'guarded steps in a loop, each repeated',
    along: 'tests',
    sizes: [2, 4, 8, 12, 16, 20, 24, 28, 32],
    goal: (n) => {
      const steps = upTo(n).map((i) => `[t${i}] p${i % 3}`);
      const repeated = steps.map((step) => `${step} (${step})*`);
      return read(`(${steps.join(' + ')})* = (${repeated.join(' + ')})*`);
    },
  },
];

function spent(goal: Equation): number | undefined {
  const before = process.cpuUsage();
  const { kind } = decide(goal, limits);
  const { user, system } = process.cpuUsage(before);
  return kind === 'undecided' ? undefined : (user + system) / 1e3;
}

function measured({ sizes, goal }: Curve): Point[] {
  return sizes.map((size) => {
    const question = goal(size);
    const times = upTo(3).map(() => spent(question) ?? Infinity);
    const least = Math.min(...times);
    return { size, milliseconds: least === Infinity ? undefined : least };
  });
}

const [width, height, left, bottom] = [420, 300, 60, 44];
const colours = ['#1b6ca8', '#c0392b', '#2e7d32'];

/** One diagram: both axes go by factors. */
function panel(at: number, title: string, lines: readonly (readonly [string, Point[]])[]): string {
  const all = lines.flatMap(([, points]) => points);
  const largest = Math.max(...all.map(({ size }) => size));
  const decades = [0.01, 0.1, 1, 10, 100, 1_000, 10_000];
  const x = (size: number) => at + left + (Math.log(size / 2) / Math.log(largest / 2)) * 330;
  const y = (time: number) => 30 + (1 - (Math.log10(Math.max(time, 0.01)) + 2) / 6) * 220;
  const text = (px: number, py: number, what: string, more = '') =>
    `<text x="${px.toFixed(1)}" y="${py.toFixed(1)}" ${more}>${what}</text>`;
  const parts: string[] = [];
  for (const time of decades) {
    const py = y(time).toFixed(1);
    parts.push(`<path d="M${at + left} ${py}h330" stroke="#ddd"/>`);
    parts.push(text(at + left - 6, y(time) + 4, String(time), 'text-anchor="end"'));
  }
  for (let size = 2; size <= largest; size *= 2)
    parts.push(text(x(size), height - bottom + 10, String(size), 'text-anchor="middle"'));
  parts.push(text(at + left + 165, height - 10, title, 'text-anchor="middle"'));
  const middle = `transform="rotate(-90 ${at + 14} 140)" text-anchor="middle"`;
  parts.push(text(at + 14, 140, 'milliseconds of the processor', middle));
  for (const [index, [name, points]] of lines.entries()) {
    const colour = colours[index % colours.length];
    const known = points.flatMap(({ size, milliseconds }) =>
      milliseconds === undefined ? [] : [[x(size), y(milliseconds)] as const],
    );
    const path = known.map(([px, py]) => `${px.toFixed(1)},${py.toFixed(1)}`).join(' ');
    parts.push(`<polyline points="${path}" fill="none" stroke="${colour}" stroke-width="2"/>`);
    for (const [px, py] of known)
      parts.push(`<circle cx="${px.toFixed(1)}" cy="${py.toFixed(1)}" r="3" fill="${colour}"/>`);
    parts.push(text(at + left + 8, 44 + 15 * index, name, `fill="${colour}"`));
  }
  return parts.join('\n');
}

const found = curves.map((curve) => ({ ...curve, points: measured(curve) }));
for (const { name, along, points } of found) {
  console.log(`| ${name}: ${along} | ${points.map(({ size }) => size).join(' | ')} |`);
  const times = points.map(({ milliseconds }) => milliseconds?.toFixed(1) ?? 'undecided');
  console.log(`| ms | ${times.join(' | ')} |`);
}
const lines = (along: Curve['along']) =>
  found.filter((one) => one.along === along).map(({ name, points }) => [name, points] as const);
const figure = [
  `<svg xmlns="http://www.w3.org/2000/svg" width="${2 * width}" height="${height}"`,
  'font-family="sans-serif" font-size="12"><rect width="100%" height="100%" fill="white"/>',
  panel(0, 'depth', lines('depth')),
  panel(width, 'tests', lines('tests')),
  '</svg>',
];
const [path] = process.argv.slice(2);
if (path === undefined) throw new Error('name the file of the figure');
writeFileSync(path, `${figure.join('\n')}\n`);
