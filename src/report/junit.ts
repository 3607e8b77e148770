/**
 * JUnit's XML: a suite for each verdict, a case for the verdict itself and one for each obligation.
 * There is no one schema; this keeps to what both the strict one of Ant and that of Jenkins allow.
 */
import { explained } from './codes.ts';
import { attribute, markup } from './escape.ts';
import { placeText } from './frame.ts';
import { isWell, type Judged, linesOf, type Of, openOf, placeOf, type Run } from './run.ts';

export interface Surroundings {
  /** Paths are shown as seen from here. */
  readonly folder: string;
  readonly now: Date;
}

interface Case {
  readonly name: string;
  readonly milliseconds: number;
  readonly trouble?: Trouble;
}

interface Trouble {
  /** A failure is known to be wrong; an error is not known to be right. */
  readonly kind: 'failure' | 'error';
  readonly type: string;
  readonly message: string;
  readonly text: string;
}

export function junit({ judged, failures }: Run, where: Surroundings): string {
  const suites = [
    ...judged.map((one, id) => verdictSuite(one, id, where)),
    ...failures.map((one, i) => failureSuite(one, judged.length + i, where)),
  ];
  const lines = ['<?xml version="1.0" encoding="UTF-8"?>', '<testsuites>', ...suites];
  return `${lines.join('\n')}\n</testsuites>\n`;
}

function verdictSuite(one: Judged, id: number, where: Surroundings): string {
  const { verdict: event } = one;
  const { verdict, verb, layer } = event;
  const place = placeText(placeOf(event), where.folder);
  const own: Case = {
    name: `${verb} ${layer}`,
    milliseconds: event.milliseconds,
    ...(!isWell(event) && { trouble: verdictTrouble(one, place, where) }),
  };
  const cases = one.obligations.map((obligation) => obligationCase(obligation, event, where));
  const about = {
    verdict: verdict.kind,
    code: explained(verdict).code,
    place,
    ...(event.trusts.length > 0 && { trusts: event.trusts.join(' · ') }),
  };
  const output = [...linesOf(event), place, ...one.notes].join('\n');
  return suite(
    { name: `${verb} ${layer}`, layer, id, about, cases: [own, ...cases], output },
    where,
  );
}

function verdictTrouble(one: Judged, place: string, { folder }: Surroundings): Trouble {
  const { verdict } = one.verdict;
  const refused = one.refusals.map(
    ({ construct, why, instead, at }) =>
      `${placeText(at, folder)}: ${construct} is outside the subset: ${why}; instead: ${instead}`,
  );
  const open = openOf(one.obligations).map(
    ({ name, at }) => `not shown: ${name}, ${placeText(at, folder)}`,
  );
  const shown = verdict.kind === 'refuted' ? [verdict.shown] : linesOf(one.verdict);
  return {
    kind: verdict.kind === 'unknown' ? 'error' : 'failure',
    type: explained(verdict).code,
    message: `${verdict.kind}: ${'because' in verdict ? verdict.because : ''}`,
    text: [place, ...shown, ...refused, ...open].join('\n'),
  };
}

function obligationCase(
  { name, at, answer, reason, milliseconds }: Of<'obligation'>,
  { verdict }: Of<'verdict'>,
  { folder }: Surroundings,
): Case {
  if (answer === 'proved') return { name, milliseconds };
  const kind = verdict.kind === 'refuted' ? 'failure' : 'error';
  const message = reason === undefined ? answer : `${answer}: ${reason}`;
  const trouble = { kind, type: answer, message, text: placeText(at, folder) } as const;
  return { name, milliseconds, trouble };
}

function failureSuite(failure: Of<'failure'>, id: number, where: Surroundings): string {
  const { code, text, at } = failure;
  const place = at ? [placeText(at, where.folder)] : [];
  const trouble = {
    kind: 'error',
    type: code,
    message: text,
    text: [text, ...place].join('\n'),
  } as const;
  const cases = [{ name: 'the run ends', milliseconds: 0, trouble }];
  return suite({ name: 'run', layer: 'plimsoll', id, about: { code }, cases, output: text }, where);
}

interface Suite {
  readonly name: string;
  readonly layer: string;
  readonly id: number;
  readonly about: Readonly<Record<string, string>>;
  /** The first takes as long as all of them. */
  readonly cases: readonly Case[];
  readonly output: string;
}

function suite({ name, layer, id, about, cases, output }: Suite, { now }: Surroundings): string {
  const many = (kind: Trouble['kind']) =>
    cases.filter(({ trouble }) => trouble?.kind === kind).length;
  const attributes = [
    `name="${attribute(name)}"`,
    `package="${attribute(layer)}"`,
    `id="${id}"`,
    'hostname="localhost"',
    // The schema wants no fractions and no zone.
    `timestamp="${now.toISOString().slice(0, 19)}"`,
    `tests="${cases.length}"`,
    `failures="${many('failure')}"`,
    `errors="${many('error')}"`,
    `time="${seconds(cases[0]?.milliseconds ?? 0)}"`,
  ];
  const properties = Object.entries(about).map(
    ([key, value]) => `      <property name="${key}" value="${attribute(value)}"/>`,
  );
  return [
    `  <testsuite ${attributes.join(' ')}>`,
    '    <properties>',
    ...properties,
    '    </properties>',
    ...cases.map((one) => caseText(one, layer)),
    `    <system-out>${markup(output)}</system-out>`,
    '    <system-err></system-err>',
    '  </testsuite>',
  ].join('\n');
}

function caseText({ name, milliseconds, trouble }: Case, layer: string): string {
  const names = `name="${attribute(name)}" classname="${attribute(layer)}"`;
  const head = `    <testcase ${names} time="${seconds(milliseconds)}"`;
  if (!trouble) return `${head}/>`;
  const { kind, type, message, text } = trouble;
  const about = `message="${attribute(message)}" type="${attribute(type)}"`;
  return `${head}>\n      <${kind} ${about}>${markup(text)}</${kind}>\n    </testcase>`;
}

function seconds(milliseconds: number): string {
  return (milliseconds / 1000).toFixed(3);
}
