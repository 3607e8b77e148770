import { test } from 'vitest';
import { makeBatch } from './batch.ts';
import {
  acrossCrash,
  againstExecutor,
  againstInterpreter,
  isOutside,
  makeCase,
} from './compare.ts';
import { constructs } from './constructs.ts';

const cpu = () => {
  const u = process.cpuUsage();
  return (u.user + u.system) / 1000;
};
const env = (n: string, d: number) => Number(process.env[n] ?? d);
test('scratch', { timeout: 600000 }, async () => {
  const seed = env('SEED', 1),
    files = env('FILES', 1);
  let s = cpu();
  const batch = makeBatch(
    seed,
    Array.from({ length: files }, (_, i) => i),
    { classes: env('CLASSES', 5), entries: 25, strict: process.env.LOOSE === undefined },
  );
  console.log(
    'batch',
    cpu() - s,
    batch.programs.length,
    batch.refused.length,
    batch.refused.slice(0, 10).join('\n'),
  );
  const bad = new Map<string, number>(),
    kinds = new Map<string, number>();
  const t = { js: 0, interp: 0, exec: 0, crash: 0 };
  const note = (what: string, name: string, k: number, d: string | undefined) => {
    if (!d) return;
    const key = what + ' ' + d.replace(/\d+/g, '#').slice(0, 50);
    bad.set(key, (bad.get(key) ?? 0) + 1);
    if (bad.get(key)! < 3 && bad.size < 20) console.log(what, name, k, d.slice(0, 400));
  };
  for (const p of batch.programs)
    for (let k = 0; k < 3; k++) {
      s = cpu();
      const { made, differs } = await makeCase(p, [seed, k]);
      t.js += cpu() - s;
      note('js', p.name, k, differs);
      const kind = made.right.outcome.replace(/^(returned|threw).*/, '$1');
      kinds.set(kind, (kinds.get(kind) ?? 0) + 1);
      s = cpu();
      note('interp', p.name, k, againstInterpreter(made));
      t.interp += cpu() - s;
      s = cpu();
      note('crash', p.name, k, await acrossCrash(made));
      t.crash += cpu() - s;
      if (k === 0 && !process.env.NOEXEC) {
        s = cpu();
        try {
          note('exec', p.name, k, againstExecutor(made));
        } catch (e: any) {
          note('exec', p.name, k, 'error ' + e.message + String(e.stack).split('\n')[1]);
        }
        t.exec += cpu() - s;
      }
    }
  console.log(t, bad, kinds);
  console.log(
    constructs
      .map((c) => [c, batch.counts.get(c) ?? 0] as const)
      .filter(([, n]) => n < batch.programs.length * 0.06)
      .map((x) => x.join(' '))
      .join(', '),
  );
});
