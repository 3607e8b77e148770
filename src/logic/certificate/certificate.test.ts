/** From a claim to its certificate, its text, and back to an answer; and what is no certificate. */
import { createHash } from 'node:crypto';
import { afterAll, describe, expect, test } from 'vitest';
import {
  and,
  arrayOf,
  atMost,
  Bool,
  bitAdd,
  bitAnd,
  bits,
  bitVector,
  constant,
  equal,
  exists,
  forall,
  fresh,
  Int,
  iff,
  implies,
  integer,
  less,
  not,
  or,
  type Pool,
  poolOf,
  select,
  store,
  type Term,
} from '../index.ts';
import { nativeEngine } from '../native.ts';
import { wasmEngine } from '../wasm.ts';
import {
  type Certificate,
  type Claim,
  certificateText,
  certified,
  Damaged,
  digestOf,
  extract,
  readCertificate,
} from './index.ts';

const Numbers = arrayOf(Int, Int);
const [old, now] = [constant('old', Numbers), constant('now', Numbers)];
const [size, at] = [constant('size', Int), constant('at', Int)];
const [x, y] = [fresh('x', Int), fresh('y', Int)];
const within = (i: Term): Term => and(atMost(integer(0), i), less(i, size));
const same = forall([x], implies(within(x), equal(select(now, x), select(old, x))));
const wide = constant('wide', bitVector(8));

const claims: Record<string, Claim> = {
  'an instance at an index': {
    given: [same, within(at), equal(select(old, at), integer(7))],
    goal: equal(select(now, at), integer(7)),
  },
  'a goal for all': {
    given: [same],
    goal: forall([y], implies(within(y), atMost(select(old, y), select(now, y)))),
  },
  'a write in between': {
    given: [same, within(at)],
    goal: forall(
      [y],
      implies(
        within(y),
        equal(select(store(now, at, integer(1)), y), select(store(old, at, integer(1)), y)),
      ),
    ),
  },
  'a witness that depends on what was put in': {
    given: [
      forall([x], exists([y], and(less(x, y), equal(select(old, y), select(old, x))))),
      equal(select(old, at), integer(3)),
    ],
    goal: exists([y], and(less(at, y), equal(select(old, y), integer(3)))),
  },
  'a quantifier below an equivalence': {
    given: [iff(same, constant('kept', Bool)), constant('kept', Bool), within(at)],
    goal: equal(select(now, at), select(old, at)),
  },
  'the bound of a range': {
    given: [
      forall([x], implies(and(atMost(size, x), atMost(x, at)), less(integer(0), select(old, x)))),
      forall([x], implies(within(x), equal(select(old, x), integer(0)))),
      equal(select(old, at), integer(0)),
    ],
    goal: less(at, size),
  },
  'bit-vectors without quantifiers': {
    given: [equal(bitAnd(wide, bits(8, 1)), bits(8, 0))],
    goal: not(equal(bitAdd(wide, bits(8, 1)), bits(8, 0))),
  },
};

const engines = [
  ...['z3', 'cvc5'].map((name) => [name, nativeEngine(name as 'z3' | 'cvc5', 0)] as const),
  ['wasm', Promise.resolve(wasmEngine(0))] as const,
];
const pools = new Map<string, Pool>();
for (const [name, engine] of engines) {
  const found = await engine;
  if (found) pools.set(name, poolOf(found, { jobs: 1 }));
}
afterAll(() => Promise.all([...pools.values()].map((pool) => pool.close())));

const certificateOf = async (claim: Claim, pool: Pool): Promise<Certificate> => {
  const entry = await extract(claim, pool);
  return { layer: 'claims', entries: new Map(entry ? [[digestOf(claim), entry]] : []) };
};

describe.each([...pools])('instances found by %s', (_, pool) => {
  test.each(Object.entries(claims))('%s', async (_, claim) => {
    const certificate = await certificateOf(claim, pool);
    expect(certificate.entries.size).toBe(1);
    const read = readCertificate(certificateText(certificate));
    for (const other of pools.values()) {
      const answer = await certified(other, read).solve({ name: 'claim', ...claim });
      expect(answer.kind).toBe('unsat');
    }
  });

  test('what does not hold has no certificate, and borrowed ones do not show it', async () => {
    const { given } = claims['a goal for all']!;
    const wrong: Claim = { given, goal: forall([y], equal(select(old, y), select(now, y))) };
    expect(await extract(wrong, pool)).toBeUndefined();
    for (const claim of Object.values(claims)) {
      const { entries } = await certificateOf(claim, pool);
      const [entry] = entries.values();
      const borrowed = { layer: 'claims', entries: new Map([[digestOf(wrong), entry!]]) };
      const answer = await certified(pool, borrowed).solve({ name: 'claim', ...wrong });
      expect(answer.kind).toBe('unknown');
    }
  });
});

describe('answers', () => {
  const pool = pools.get('wasm')!;
  const claim = { name: 'claim', ...claims['an instance at an index']! };
  const why = async (certificate: Certificate, asked = claim): Promise<string> => {
    const answer = await certified(pool, certificate).solve(asked);
    expect(answer.kind).toBe('unknown');
    return 'detail' in answer ? answer.detail : '';
  };

  test('without instances there is no proof', async () => {
    const { entries } = await certificateOf(claim, pool);
    const bare = [...entries].map(([digest, entry]) => [digest, { ...entry, steps: [] }] as const);
    const empty = { layer: 'claims', entries: new Map(bare) };
    expect(await why(empty)).toBe('the instances in the certificate do not show this claim');
  });

  test('a certificate is of one claim only', async () => {
    const certificate = await certificateOf(claim, pool);
    // It holds as well, and the same instance would show it.
    const other = { ...claim, given: [...claim.given, less(at, integer(9))] };
    expect(await why(certificate, other)).toBe('the certificate says nothing of this claim');
  });

  test('what cannot be done with a claim is said', async () => {
    const [digest] = (await certificateOf(claim, pool)).entries.keys();
    const certificate = (needed: number[], term: number): Certificate => ({
      layer: 'claims',
      entries: new Map([
        [digest!, { needed, steps: [{ kind: 'instance', quantifier: 0, terms: [term] }] }],
      ]),
    });
    const unfit = 'the certificate does not fit this claim: there is no';
    expect(await why(certificate([0, 9], 0))).toBe(`${unfit} formula 9`);
    expect(await why(certificate([0], 4000))).toBe(`${unfit} term 4000`);
    expect(await why(certificate([1], 0))).toBe(`${unfit} quantifier 0`);
  });

  test('other names and another build give the same digest, other claims another', () => {
    const build = (i: Term): Claim => ({ given: [forall([i], or(less(i, at), within(at)))] });
    expect(digestOf(build(fresh('i', Int)))).toBe(digestOf(build(fresh('i', Int))));
    const digests = Object.values(claims).map(digestOf);
    expect(new Set(digests).size).toBe(digests.length);
  });
});

describe('text', () => {
  const whole: Certificate = {
    layer: 'layer',
    entries: new Map([
      ['0'.repeat(64), { needed: [], steps: [] }],
      [
        'a'.repeat(64),
        {
          needed: [0, 2],
          steps: [
            { kind: 'witness', quantifier: 0 },
            { kind: 'instance', quantifier: 1, terms: [12, 0] },
          ],
        },
      ],
    ]),
  };
  const text = certificateText(whole);
  const sealed = (body: string): string =>
    `${body}digest ${createHash('sha256').update(body).digest('hex')}\n`;
  const body = text.slice(0, text.lastIndexOf('digest '));

  test('is what it was', () => {
    expect(readCertificate(text)).toEqual(whole);
    expect(sealed(body)).toBe(text);
  });

  test('any change of a byte is noticed', () => {
    for (let place = 0; place < text.length; place++) {
      const changed = String.fromCharCode(text.charCodeAt(place) ^ 1);
      const damaged = text.slice(0, place) + changed + text.slice(place + 1);
      expect(() => readCertificate(damaged)).toThrow(Damaged);
      expect(() => readCertificate(text.slice(0, place))).toThrow(Damaged);
    }
  });

  test.each<[string, string]>([
    ['formulas 0 2', 'formulas 0 -2'],
    ['formulas 0 2', 'formulas  0 2'],
    ['formulas 0 2', 'formulas 0 2 '],
    ['formulas 0 2', 'formulas 0 02'],
    ['formulas 0 2', 'formulas 0 1e3'],
    ['formulas 0 2', 'formulas 0 99999999999999999999'],
    ['formulas 0 2\n', ''],
    ['witness 0', 'witness'],
    ['witness 0', 'witness 0 1'],
    ['witness 0', 'witness 0) (assert false'],
    ['witness 0', 'assert false'],
    ['witness 0', ''],
    ['instance 1 12 0', 'instance 1'],
    ['instance 1 12 0', `instance 1${' 0'.repeat(17)}`],
    ['instance 1 12 0', 'instance 1 (select a 0) 0'],
    ['instance 1 12 0', 'instance 1 12 0\u0000'],
    [`claim ${'a'.repeat(64)}`, `claim ${'0'.repeat(64)}`],
    [`claim ${'a'.repeat(64)}`, `claim ${'A'.repeat(64)}`],
    ['layer layer', 'layer ../../layer'],
    ['layer layer', 'layer'],
    ['plimsoll certificate 1', 'plimsoll certificate 2'],
    ['\n', '\r\n'],
  ])('%j may not become %j, also under a digest of its own', (was, becomes) => {
    expect(body).toContain(was);
    expect(() => readCertificate(sealed(body.replaceAll(was, becomes)))).toThrow(Damaged);
  });

  test('the message names the line', () => {
    const wrong = sealed(body.replace('witness 0', 'witness x'));
    expect(() => readCertificate(wrong)).toThrow('line 7: this is no step');
  });

  test('there is an end to the steps of one claim', () => {
    const many = sealed(body.replace('witness 0', 'witness 0\n'.repeat(2100).trim()));
    expect(() => readCertificate(many)).toThrow('these are too many steps');
  });
});
