/** What `plimsoll kleene laws` prints: of each law of relations, whether and how it is known. */
import {
  falseLaws,
  type Law,
  proveLaw,
  refutation,
  relationLaws,
  testedLaws,
  triedOn,
} from '../../kleene/index.ts';
import type { Exit } from '../command/exit.ts';
import { write } from '../command/terminal.ts';

interface Known {
  readonly status: 'theorem' | 'refuted' | 'tested' | 'open';
  readonly names: readonly string[];
  readonly says: string;
  readonly given: readonly string[];
  readonly note?: string;
}

const columns = 100;
const relations = 500;

export function showLaws(format: 'text' | 'json'): Exit {
  const all = [
    ...relationLaws.map((law) => known(law, attempt(() => proveLaw(law)) ? 'theorem' : 'open')),
    ...falseLaws.map((law) => known(law, refutation(law) ? 'refuted' : 'open')),
    ...testedLaws.map(({ name, says, why, holds }): Known => {
      const status = triedOn({ holds }, relations) === relations ? 'tested' : 'open';
      return { status, names: [name], says, given: [], note: why };
    }),
  ];
  if (format === 'json')
    for (const one of all) write(`${JSON.stringify({ event: 'law', ...one })}\n`);
  else write(`${all.map(text).join('\n')}\n\n${summary(all)}\n`);
  return all.some(({ status }) => status === 'open') ? 1 : 0;
}

function known({ name, also = [], says, given = [], note }: Law, status: Known['status']): Known {
  return { status, names: [name, ...also], says, given, ...(note && { note }) };
}

function attempt<T>(work: () => T): T | undefined {
  try {
    return work();
  } catch {
    return undefined;
  }
}

function text({ status, names, says, given, note }: Known): string {
  const head = `${status.padEnd(8)} ${names.join(', ')}`;
  const assumed = given.length > 0 ? `   given ${given.join(', ')}` : '';
  const law = `${says}${assumed}`;
  const lines = law.length + 11 <= columns ? [law] : [says, assumed.trimStart()];
  if (note) lines.push(`(${note})`);
  const [first = '', ...others] = lines;
  const begun = `${head.padEnd(44)} ${first}`;
  const fits = head.length < 44 && begun.length <= columns;
  return [...(fits ? [begun] : [head, indented(first)]), ...others.map(indented)].join('\n');
}

const indented = (line: string) => `           ${line}`;

function summary(all: readonly Known[]): string {
  const many = (status: Known['status']) =>
    all.filter((one) => one.status === status).flatMap(({ names }) => names).length;
  return [
    `theorem  ${many('theorem')} names of laws, each proved in the kernel just now`,
    `refuted  ${many('refuted')} that look like laws, by relations in which what is given holds`,
    `tested   ${many('tested')} that the algebra cannot say, on ${relations} finite relations each`,
  ].join('\n');
}
