import { expect, test } from 'vitest';
import { disagreement, type Tally } from './agreement.ts';
import { compile } from './engines.ts';
import { generate } from './generate.ts';

const seed = Number(process.env.SEED ?? 1);
const programs = Number(process.env.C_PROGRAMS ?? 12);
const perBatch = Math.min(programs, 50);

test(`interpreter and WebAssembly agree on ${programs} programs from seed ${seed}`, async () => {
  const tally: Tally = { runs: 0, undefined: 0 };
  for (let done = 0; done < programs; done += perBatch) {
    const batch = generate(seed + done, perBatch);
    const found = disagreement(await compile(batch), seed + done, 4, tally);
    expect(found, `SEED=${seed + done} C_PROGRAMS=${perBatch}\n${batch.text}`).toBeUndefined();
  }
  console.log(`${programs} programs, ${tally.runs} runs, ${tally.undefined} of them undefined`);
  // Both kinds are there in number: neither side of the comparison is idle.
  if (programs >= 24) expect(tally.undefined).toBeGreaterThan(tally.runs / 100);
  expect(tally.undefined).toBeLessThan(tally.runs / 2);
}, 3_600_000);
