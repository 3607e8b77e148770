/** The page about mistakes in the published design: what finds them, and how it goes wrong. */
import { type EverywhereOutcome, render } from '../../../src/explore/index.ts';

/** A mistake: what refutes it, layer by layer and composed, with a log of one write, and of two. */
export interface Row {
  readonly name: string;
  readonly found: readonly string[];
  /** The first refutation, with the layer or stack that it is of. */
  readonly first: readonly [what: string, outcome: EverywhereOutcome] | undefined;
}

const introduction = `# Mistakes in the published design

The design that Argosy proves (Chajed, Tassarotti, Kaashoek, Zeldovich, PLDI 2019), a write-ahead
log on replication on two disks, is rebuilt in
[tests/argosy/published](../../tests/argosy/published), and explored from every state in which it
may be: two blocks of data, two values, a log of one write or of two, and one disk that may fail at
any moment. Nothing is wrong with it: 816 obligations of replication, 5,184 of the log, and 15,552
of both on two disks are kept. Then mistakes are made in it. This page is written by
[a test](../../tests/argosy/published.test.ts), which knows what has to be found.

What looks at one layer at a time finds more, and finds it sooner: on two disks the log repairs
what recovery of replication leaves out. One write in the log is atomic by itself, so that it takes
two to see most mistakes. In the wrong order recoveries do harm only if a disk may fail while a
program runs; composed by \`compose()\`, they are in the right order.
`;

export function mutantPage(rows: readonly Row[]): string {
  const cells = rows.map(({ name, found }) => {
    const [one, oneStack, two, twoStack] = found.map((by) => by || 'passes');
    return `| ${[name, one, oneStack, two, twoStack].join(' | ')} |`;
  });
  const table = [
    '| mistake | log of 1: layers | stack | log of 2: layers | stack |',
    '|---|---|---|---|---|',
    ...cells,
  ];
  const sections = rows.flatMap(({ name, first }) =>
    first
      ? [`## ${name}\n\nFound in ${first[0]}:\n\n\`\`\`text\n${linesOf(first[1])}\n\`\`\`\n`]
      : [],
  );
  return [`${introduction}\n${table.join('\n')}\n`, ...sections].join('\n');
}

/** How it goes wrong, without the places in the sources: they move. */
function linesOf(outcome: EverywhereOutcome): string {
  if (outcome.kind !== 'broken') throw new Error('there is nothing to be shown');
  return render(outcome.replayed, () => undefined)
    .split('\n')
    .filter((line) => !/power lost (?:before|after) this: /.test(line))
    .map((line) => line.replace(/\s+\S+\.ts:\d+:\d+$/, '').trimEnd())
    .join('\n');
}
