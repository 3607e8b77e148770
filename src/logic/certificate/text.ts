/**
 * Certificates as text: a line for each thing, numbers and names only, and a digest of all of it,
 * so that a change is noticed. What is not written exactly like this is refused.
 */
import { createHash } from 'node:crypto';
import type { Entry } from './entry.ts';
import type { Step } from './ground.ts';

export interface Certificate {
  readonly layer: string;
  /** Which of several reasons to try first: where it does not hold, others are tried. */
  readonly restart?: string;
  /** By the digest of the claim that each is about. */
  readonly entries: ReadonlyMap<string, Entry>;
}

/** A certificate that cannot be relied on, or is none; the message says where and why. */
export class Damaged extends Error {
  override readonly name = 'Damaged';
}

const title = 'plimsoll certificate 1';

/** More than any proof needs; a hostile certificate cannot keep us busy for long. */
const most = { characters: 50_000_000, steps: 2_000, terms: 16 };

export function certificateText({ layer, restart, entries }: Certificate): string {
  const sorted = [...entries].sort(([a], [b]) => (a < b ? -1 : 1));
  const lines = sorted.flatMap(([claim, { needed, steps }]) => [
    `claim ${claim}`,
    ['formulas', ...needed].join(' '),
    ...steps.map(stepText),
  ]);
  const first = [title, `layer ${layer}`, ...(restart === undefined ? [] : [`restart ${restart}`])];
  const body = `${[...first, ...lines].join('\n')}\n`;
  return `${body}digest ${digest(body)}\n`;
}

function stepText(step: Step): string {
  if (step.kind === 'witness') return `witness ${step.quantifier}`;
  return ['instance', step.quantifier, ...step.terms].join(' ');
}

function digest(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}

export function readCertificate(text: string): Certificate {
  if (text.length > most.characters) throw new Damaged('it is too long to be one');
  if (!text.startsWith(`${title}\n`)) throw new Damaged(`its first line is not "${title}"`);
  const end = text.lastIndexOf('\ndigest ') + 1;
  const body = text.slice(0, end);
  if (end === 0 || text.slice(end) !== `digest ${digest(body)}\n`)
    throw new Damaged('it was changed or cut short: its digest is another');
  const [, second = '', ...lines] = body.slice(0, -1).split('\n');
  const layer = /^layer ([\p{L}\p{N}_$]{1,200})$/u.exec(second)?.[1];
  if (layer === undefined) throw new Damaged('line 2: it names no layer');
  const restart = /^restart ([a-z ]{1,60})$/.exec(lines[0] ?? '')?.[1];
  if (restart === undefined) return { layer, entries: entriesIn(lines, 0) };
  return { layer, restart, entries: entriesIn(lines, 1) };
}

function entriesIn(lines: readonly string[], begin: number): Map<string, Entry> {
  const entries = new Map<string, Entry>();
  let at = begin;
  const wrong = (what: string) => new Damaged(`line ${at + 3}: ${what}`);
  while (at < lines.length) {
    const claim = /^claim ([0-9a-f]{64})$/.exec(lines[at] ?? '')?.[1];
    if (claim === undefined) throw wrong('a claim is due');
    if (entries.has(claim)) throw wrong('this claim was there already');
    at++;
    const needed = numbers(lines[at], 'formulas');
    if (needed === undefined) throw wrong('the formulas of the claim are due');
    at++;
    const steps: Step[] = [];
    for (; at < lines.length && !lines[at]!.startsWith('claim '); at++) {
      const step = stepIn(lines[at]!);
      if (step === undefined) throw wrong('this is no step');
      if (steps.push(step) > most.steps) throw wrong('these are too many steps');
    }
    entries.set(claim, { needed, steps });
  }
  return entries;
}

function stepIn(line: string): Step | undefined {
  const [quantifier, ...none] = numbers(line, 'witness') ?? [];
  if (quantifier !== undefined)
    return none.length === 0 ? { kind: 'witness', quantifier } : undefined;
  const [instantiated, ...terms] = numbers(line, 'instance') ?? [];
  if (instantiated === undefined || terms.length === 0 || terms.length > most.terms)
    return undefined;
  return { kind: 'instance', quantifier: instantiated, terms };
}

/** The numbers after this word; undefined if the line is anything else. */
function numbers(line: string | undefined, word: string): number[] | undefined {
  const [first, ...rest] = line?.split(' ') ?? [];
  if (first !== word || !rest.every((each) => /^(?:0|[1-9]\d{0,8})$/.test(each))) return undefined;
  return rest.map(Number);
}
