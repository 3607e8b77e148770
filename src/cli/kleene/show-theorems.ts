/** What `plimsoll kleene theorems` prints, and the page that it draws. */
import { resolve } from 'node:path';
import {
  type Calculation,
  type Model,
  modelLines,
  modelWithout,
  type NamedTheorem,
  outline,
  outlines,
  theoremNamed,
  theoremNames,
} from '../../kleene/index.ts';
import { type ShownTheorem, theoremsPage } from '../../report/html/theorems.ts';
import { wrap } from '../../report/words.ts';
import { type Exit, WrongUse } from '../command/exit.ts';
import { version } from '../command/package.ts';
import { write } from '../command/terminal.ts';
import { replaceFile } from '../command/whole-file.ts';

export interface TheoremsOptions {
  readonly format: 'text' | 'json';
  readonly html?: string;
  readonly without?: string;
}

const columns = 100;

export function showTheorems(name: string | undefined, options: TheoremsOptions): Exit {
  const all = chosen(name);
  if (options.without !== undefined) return violated(all, options.without, options);
  if (options.format === 'json')
    for (const theorem of all) write(`${JSON.stringify(asEvent(theorem, name !== undefined))}\n`);
  else write(all.map(name === undefined ? stated : derived).join('\n'));
  if (options.html !== undefined) writePage(options.html, all);
  return 0;
}

function chosen(name: string | undefined): readonly NamedTheorem[] {
  const names = theoremNames();
  if (name === undefined) return names.map(theoremNamed);
  if (!names.includes(name))
    throw new WrongUse(`there is no theorem ${name}; name one of: ${names.join(', ')}`);
  return [theoremNamed(name)];
}

/** Machines for which all holds that is given, but for one hypothesis. */
function violated(
  [theorem, ...others]: readonly NamedTheorem[],
  without: string,
  { format, html }: TheoremsOptions,
): Exit {
  if (!theorem || others.length > 0 || html !== undefined)
    throw new WrongUse('--without is about one theorem, and draws nothing; name it');
  const { name, given } = theorem;
  const hypothesis = given.find((one) => one.name === without);
  if (!hypothesis) {
    const names = given.map((one) => one.name).join(', ') || 'it has none';
    throw new WrongUse(`${name} has no hypothesis ${without}; name one of: ${names}`);
  }
  const model = modelWithout(theorem, without);
  if (format === 'json') {
    const event = { event: 'theorem-without', name, without, ...(model && { model: data(model) }) };
    write(`${JSON.stringify(event)}\n`);
  } else write(`${violatedText(theorem, hypothesis.says, model)}\n`);
  return model ? 1 : 2;
}

function violatedText({ name, says }: NamedTheorem, without: string, model?: Model): string {
  const head = `${name}, without ${without}`;
  if (!model) return `${head}\n  no machine is found that violates it`;
  return [
    head,
    '  a machine for which the other hypotheses hold, and this does not:',
    `    ${says}`,
    ...modelLines(model).map((line) => `    ${line}`),
  ].join('\n');
}

const data = ({ states, letters, tests }: Model) => ({
  states,
  letters: Object.fromEntries([...letters].map(([name, steps]) => [name, [...steps]])),
  tests: Object.fromEntries([...tests].map(([name, holds]) => [name, [...holds]])),
});

const wrapped = (text: string, indent: string) => `${wrap(text.split(' '), columns, indent)}\n`;
const origin = ({ paper, steps }: NamedTheorem) => `${paper}; ${steps} steps of the kernel`;

function stated(theorem: NamedTheorem): string {
  const { name, reads, says, given } = theorem;
  const assumed = given.map((one) => `    given ${one.name}: ${one.says}\n`);
  return [
    `${name}\n`,
    wrapped(reads, '  '),
    `    ${says}\n`,
    ...assumed,
    wrapped(origin(theorem), '  '),
  ].join('');
}

function derived(theorem: NamedTheorem): string {
  const { name, reads, says, given, letters = {}, calculations } = theorem;
  const meanings = Object.entries(letters);
  const width = Math.max(0, ...meanings.map(([letter]) => letter.length));
  const text = [`${name}\n`, wrapped(reads, '  '), `\n    ${says}\n\n`];
  text.push(wrapped(origin(theorem), '  '));
  if (meanings.length > 0) text.push('\nwhere\n');
  for (const [letter, meaning] of meanings)
    text.push(hanging(`  ${letter.padEnd(width)}  `, meaning));
  if (given.length > 0) text.push('\ngiven\n');
  for (const one of given)
    text.push(`  ${one.name}\n      ${one.says}\n`, wrapped(one.reads, '    '));
  return [...text, ...calculations.map(calculationText)].join('');
}

function hanging(head: string, text: string): string {
  const body = wrapped(text, ' '.repeat(head.length));
  return head + body.slice(head.length);
}

/** The lines below each other, each with its law beside it. */
function calculationText({ name, lines }: Calculation): string {
  const shown = lines.map(({ relation = '', text }) => `  ${relation.padStart(2)} ${text}`);
  const width = Math.max(...shown.map((line) => line.length));
  const reasons = lines.map(({ by }) => (by ? `   ${by}` : ''));
  const all = shown.map((line, i) => `${line.padEnd(width)}${reasons[i]}`.trimEnd());
  return `\n${name}\n${all.join('\n')}\n`;
}

function asEvent(theorem: NamedTheorem, withLines: boolean): object {
  const { name, reads, says, types = [], given, letters = {}, paper, steps } = theorem;
  const calculations = theorem.calculations.map((one) => ({
    name: one.name,
    lines: one.lines.map(({ relation, text, by }) => ({
      ...(relation && { relation }),
      ...{ term: text, ...(relation && { by: by ?? 'semiring' }) },
    })),
  }));
  return {
    ...{ event: 'theorem', name, reads, says, types, given, letters, paper, steps },
    ...(withLines && { calculations }),
  };
}

function writePage(file: string, all: readonly NamedTheorem[]): void {
  try {
    replaceFile(resolve(file), theoremsPage(all.map(shown), version));
  } catch (error) {
    const why = (error as Error).message;
    throw new WrongUse(
      `the page ${file} cannot be written: ${why}; name a file in a folder of yours`,
      'output',
    );
  }
}

function shown(theorem: NamedTheorem): ShownTheorem {
  const { equation, says, letters = {}, calculations } = theorem;
  const { relation } = equation;
  const [left = '', right = ''] = says.split(relation).map((side) => side.trim());
  return {
    ...theorem,
    letters: Object.entries(letters),
    sides: [
      { text: left, drawn: outline(equation.left) },
      { relation, text: right, drawn: outline(equation.right) },
    ],
    calculations: calculations.map(({ name, lines }) => {
      const drawn = outlines(lines.map(({ term }) => term));
      return { name, lines: lines.map((line, i) => ({ ...line, drawn: drawn[i]! })) };
    }),
  };
}
