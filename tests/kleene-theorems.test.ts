/** `plimsoll kleene theorems` as it is used: what it prints, and the page that it writes. */
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { plimsoll } from './command.ts';
import { browser, see } from './reports/browser.ts';

const theorems = (...given: string[]) => plimsoll(['kleene', 'theorems', ...given]);

test('all of them: what each says and needs, its steps, and where it is from', async () => {
  const { exit, out } = await theorems();
  expect(out).toContain(`
sliding
  a loop may begin in its middle
    (u v)* u = u (v u)*
  Kozen 1994`);
  expect(out).toMatch(/composition\n[\s\S]*given R2 x' y'\* z' <= s R2\n .*Argosy[\s\S]*785 steps/);
  expect(out.match(/steps\s+of\s+the\s+kernel/g)).toHaveLength(27);
  expect(exit).toBe(0);
});

test('one of them: its derivation, and the law of each line', async () => {
  const { exit, out } = await theorems('slides');
  expect(out).toContain(`
conclusion
     (c + r d)* (r z)
   = (c* ((r d) c*)*) (r z)   denesting: p := c, q := r d
   = (c* (r (d c*))*) (r z)
   = c* ((r (d c*))* r) z
   = c* (r ((d c*) r)*) z     sliding: u := r, v := d c*
   = c* r (d c* r)* z
`);
  expect(exit).toBe(0);
});

test('json: one event a theorem, with its lines if one is asked for', async () => {
  const all = (await theorems('--format', 'json')).out.trim().split('\n');
  const events = all.map((line) => JSON.parse(line));
  expect(events).toHaveLength(27);
  expect(events.every(({ event, calculations }) => event === 'theorem' && !calculations)).toBe(
    true,
  );
  const one = JSON.parse((await theorems('composition', '--format', 'json')).out);
  expect(one).toMatchObject({
    name: 'composition',
    given: [{ name: 'crash', says: "R1 x (c* r) <= x' R1" }, {}, {}, { name: 'upper' }],
    calculations: [
      { name: 'retries' },
      { lines: expect.arrayContaining([{ relation: '<=', term: '(s R2) R1', by: 'upper' }]) },
    ],
  });
});

test('a page, beside what is printed', { timeout: 60_000 }, async () => {
  const folder = mkdtempSync(join(tmpdir(), 'plimsoll-theorems-'));
  try {
    const file = join(folder, 'deep/down/all.html');
    expect(await theorems('--html', file)).toMatchObject({ exit: 0, error: '' });
    const page = readFileSync(file, 'utf8');
    expect(page.match(/<section class="layer"/g)).toHaveLength(27);
    expect(page).not.toContain('class="mark next" x="NaN"');
    if (!browser) return;
    const seen = await see(page, 800);
    expect(seen).toMatchObject({ title: '27 theorems · Plimsoll', cut: [] });
    expect(seen.width).toBeLessThanOrEqual(800);
    const wrong = await theorems('slides', '--html', folder);
    expect(wrong.exit).toBe(3);
    expect(wrong.error).toContain('cannot be written');
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
});

test.for([
  [['slide'], 'there is no theorem slide; name one of: sim_star'],
  [['slides', 'again'], 'too many arguments'],
  [['--given', 'p = q'], '--given is for equations; leave it out'],
  [['--format', 'xml'], 'Allowed choices are text, json'],
])('%s is wrong use', async ([given, message]) => {
  const { exit, out, error } = await theorems(...(given as string[]));
  expect(error).toContain(message);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});

test('an equation may still begin as it likes', async () => {
  expect(await plimsoll(['kleene', 'theorems = theorems'])).toMatchObject({ exit: 0, error: '' });
});
