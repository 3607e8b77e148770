/** What one proof of a layer leaves for the next: another solver is not asked what is false. */
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { createPool } from '../src/logic/index.ts';
import { proveLayer } from '../src/refine/prove.ts';
import type { RunEvent } from '../src/report/event.ts';
import { readProgram } from '../src/symbolic/reader/read.ts';

const proof = join(import.meta.dirname, '../examples/counter/proof.ts');

test('why init may begin again is found out once', async () => {
  const { program } = readProgram([proof]);
  const [layer] = program.layers;
  const pool = await createPool({ cache: false });
  const remembered = {};
  const answers = async () => {
    const heard: string[] = [];
    const event = (told: RunEvent) => {
      if (told.event === 'obligation') heard.push(told.answer);
    };
    const report = { event };
    const { verdict } = await proveLayer({ program, layer: layer!, pool, report, remembered });
    expect(verdict).toEqual({ kind: 'proved' });
    return heard;
  };
  try {
    const first = await answers();
    expect(first).toContain('failed');
    const second = await answers();
    expect(new Set(second)).toEqual(new Set(['proved']));
    expect(second.length).toBeLessThan(first.length);
  } finally {
    await pool.close();
  }
}, 60_000);

test('what is remembered wrongly costs time, and changes nothing', async () => {
  const { program } = readProgram([proof]);
  const pool = await createPool({ cache: false });
  const remembered = { restart: 'still initial' as const };
  try {
    const report = { event() {} };
    const { verdict } = await proveLayer({
      program,
      layer: program.layers[0]!,
      pool,
      report,
      remembered,
    });
    expect(verdict).toEqual({ kind: 'proved' });
    expect(remembered.restart).not.toBe('still initial');
  } finally {
    await pool.close();
  }
}, 60_000);
