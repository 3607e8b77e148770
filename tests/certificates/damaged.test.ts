/**
 * A thousand damaged certificates: each is rejected, or what it shows is so. Most of them carry a
 * digest of their own, as someone would write them who wants to be believed.
 */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Certificate,
  certificateText,
  certified,
  Damaged,
  digestOf,
  type Entry,
  readCertificate,
} from '../../src/logic/certificate/index.ts';
import { createPool, type Pool } from '../../src/logic/index.ts';
import { certify } from '../../src/refine/certificates/certify.ts';
import { recheckLayer } from '../../src/refine/certificates/recheck.ts';
import type { Settled } from '../../src/refine/discharge/discharge.ts';
import { proveLayer } from '../../src/refine/prove.ts';
import { readProgram } from '../../src/symbolic/reader/read.ts';
import { root } from '../command.ts';

const report = { event() {} };
const seed = Number(process.env.PLIMSOLL_SEED ?? Date.now() % 1_000_000);

const layerOf = (file: string) => {
  const { program } = readProgram([join(root, 'examples/ring', file)]);
  return { program, layer: program.layers[0]! };
};
const right = layerOf('proof.ts');
const wrong = layerOf('broken/tail-first.ts');

let pool: Pool;
let claims: ReadonlyMap<string, Settled['claim']>;
/** Claims that fail in some state. */
let refutable: readonly Settled['claim'][];
let whole: Certificate;

beforeAll(async () => {
  pool = await createPool({ limits: { milliseconds: 20_000, resources: 300_000 } });
  const proof = await proveLayer({ ...right, pool, report });
  expect(proof.verdict.kind).toBe('proved');
  claims = new Map(proof.settled.map(({ claim }) => [digestOf(claim), claim]));
  whole = (await certify({ ...right, pool, report }, proof, new Map())).certificate;
  const failed = await proveLayer({ ...wrong, pool, report, hasty: true });
  refutable = failed.settled.filter((s) => s.answer.kind === 'sat').map((s) => s.claim);
  expect(refutable.length).toBeGreaterThan(0);
}, 120_000);
afterAll(() => pool.close());

let state = seed;
function below(limit: number): number {
  state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
  return Math.floor((state / 2 ** 32) * limit);
}
const pick = <T>(from: readonly T[]): T => from[below(from.length)]!;

const sealed = (text: string): string => {
  const body = text.slice(0, text.lastIndexOf('digest '));
  return `${body}digest ${createHash('sha256').update(body).digest('hex')}\n`;
};

type Damage = (text: string) => string;
const lines = (change: (lines: string[], at: number) => void): Damage => {
  return (text) => {
    const all = text.split('\n');
    change(all, below(all.length - 2));
    return all.join('\n');
  };
};
const number = (line: string): string =>
  line.replace(/\d+$/, () => pick(['0', '1', '-1', '7', '99999', '1e9', String(below(60))]));

const damages: Readonly<Record<string, Damage>> = {
  flipped: (text) => {
    const at = below(text.length);
    return text.slice(0, at) + String.fromCharCode(below(128)) + text.slice(at + 1);
  },
  truncated: (text) => text.slice(0, below(text.length)),
  huge: (text) => text.replace('\n', `\n${'claim '.repeat(100_000)}\n`),
  'another number': lines((all, at) => all.splice(at, 1, number(all[at]!))),
  'line gone': lines((all, at) => all.splice(at, 1)),
  'line twice': lines((all, at) => all.splice(at, 0, all[at]!)),
  'line elsewhere': lines((all, at) => all.splice(below(all.length - 2), 0, ...all.splice(at, 1))),
  'swapped claims': lines((all, at) => {
    const others = all.flatMap((line, place) => (line.startsWith('claim ') ? [place] : []));
    const [a, b] = [others.find((place) => place >= at) ?? others[0]!, pick(others)];
    [all[a], all[b]] = [all[b]!, all[a]!];
  }),
  smuggled: lines((all, at) => {
    const text = ['(assert false)', 'instance 0 0) (assert false', 'witness |0|', '\u0000', '0'];
    all.splice(at, 0, pick(text));
  }),
  'many steps': lines((all, at) =>
    all.splice(at, 0, ...Array(500).fill(`instance 0 ${below(40)}`)),
  ),
};

function read(text: string): Certificate | undefined {
  try {
    return readCertificate(text);
  } catch (error) {
    expect(error).toBeInstanceOf(Damaged);
    return undefined;
  }
}

/** Another entry for this claim, as if it had been written for it. */
const given = (claim: Settled['claim'], entry: Entry): Certificate => ({
  layer: whole.layer,
  entries: new Map([[digestOf(claim), entry]]),
});

const ask = (certificate: Certificate, claim: Settled['claim']) =>
  certified(pool, certificate).solve({ name: 'claim', ...claim });

test('a thousand damaged certificates', async () => {
  const text = certificateText(whole);
  let rejected = 0;
  let taken = 0;
  for (let at = 0; at < 1000; ) {
    const kind = pick(Object.keys(damages));
    const damaged = damages[kind]!(text);
    if (damaged === text) continue;
    const told = `seed ${seed}, ${at++}: ${kind}`;
    expect(read(damaged), told).toBeUndefined();
    const certificate = at % 4 > 0 ? read(sealed(damaged)) : undefined;
    if (certificate === undefined) {
      rejected++;
      continue;
    }
    taken++;
    const changed = [...certificate.entries].filter(
      ([claim, entry]) => JSON.stringify(entry) !== JSON.stringify(whole.entries.get(claim)),
    );
    // What holds may be shown in another way, too; nothing worse may come of it.
    for (const [digest] of changed.slice(0, 2)) {
      const claim = claims.get(digest);
      if (claim) expect(['unsat', 'unknown'], told).toContain((await ask(certificate, claim)).kind);
    }
    const [, entry] = changed[0] ?? pick([...certificate.entries]);
    const claim = pick(refutable);
    const needed = [...new Set([...entry.needed, claim.given.length])];
    for (const tried of [entry, { ...entry, needed }])
      expect((await ask(given(claim, tried), claim)).kind, told).toBe('unknown');
  }
  // Both ways are gone, often.
  expect(rejected).toBeGreaterThan(400);
  expect(taken).toBeGreaterThan(80);
}, 300_000);

test('the certificate of a layer is nothing to a wrong version of it', async () => {
  const { verdict, settled } = await recheckLayer({ ...wrong, pool, report, certificate: whole });
  expect(verdict).toMatchObject({ kind: 'unknown', reason: 'certificate' });
  const unchanged = settled.filter((s) => s.answer.kind === 'unsat');
  const known = new Set(claims.keys());
  for (const { claim } of unchanged) expect(known).toContain(digestOf(claim));
  const same = await recheckLayer({ ...right, pool, report, certificate: whole });
  expect(same.verdict).toEqual({ kind: 'proved' });
}, 120_000);
