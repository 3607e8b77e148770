/** `plimsoll recheck` as a user calls it, and what it says of certificates that are of no use. */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { command, execute, Project, root } from '../command.ts';

const project = new Project();
project.copy(join(root, 'examples/ring'), 'ring');
const code = readFileSync(join(project.folder, 'ring/code.ts'), 'utf8');
const name = '.plimsoll/certificates/ring/proof/ring.certificate';
const file = join(project.folder, name);
let whole: string;

beforeAll(async () => {
  const { exit, out, error } = await project.run(['prove', 'ring', '--certify']);
  expect(error).toBe('');
  expect(out).toMatch(
    new RegExp(`^certificate: ${name} \\([\\d,]+ claims, [\\d,]+ bytes\\)$`, 'm'),
  );
  expect(exit).toBe(0);
  whole = readFileSync(file, 'utf8');
}, 60_000);
afterAll(() => project.remove());

const sealed = (text: string): string => {
  const body = text.slice(0, text.lastIndexOf('digest '));
  return `${body}digest ${createHash('sha256').update(body).digest('hex')}\n`;
};

/** What is said while this is the certificate; afterwards it is as it was. */
async function recheckedWith(text: string, options: readonly string[] = []) {
  project.write(name, text);
  const ended = await project.run(['recheck', 'ring', '--format', 'json', ...options]);
  project.write(name, whole);
  expect(ended.error).toBe('');
  const events = ended.out
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));
  const verdicts = events.filter(({ event }) => event === 'verdict');
  expect(verdicts).toHaveLength(1);
  return { exit: ended.exit, ...verdicts[0] };
}

const solvers = ['wasm', 'z3', 'cvc5'].filter(
  (solver) => solver === 'wasm' || spawnSync(solver, ['--version']).status === 0,
);

test.each(solvers)('a proof is decided again by %s', async (solver) => {
  const { exit, verb, verdict, trusts } = await recheckedWith(whole, ['--solver', solver]);
  expect({ exit, verb, verdict }).toEqual({
    exit: 0,
    verb: 'recheck',
    verdict: { kind: 'proved' },
  });
  expect(trusts.join()).toContain(solver === 'wasm' ? 'z3-solver' : solver);
});

test('for people, too', async () => {
  const { out, exit } = await project.run(['recheck', 'ring']);
  expect(out).toMatch(/^proved {4}ring {2}ring\/proof\.ts\n +\d+ obligations, /);
  expect(exit).toBe(0);
});

test('one instance changed is noticed, with and without a digest of its own', async () => {
  const changed = whole.replace(/^(instance \d+ )(\d+)$/m, (_, start, term) => start + (+term + 1));
  expect(changed).not.toBe(whole);
  const told = await recheckedWith(changed);
  expect(told).toMatchObject({ exit: 2, verdict: { kind: 'unknown', reason: 'certificate' } });
  expect(told.verdict.because).toBe(
    `the certificate ${name} is of no use: it was changed or cut short: its digest is another`,
  );
  const again = await recheckedWith(sealed(changed));
  expect(again).toMatchObject({ exit: 2, verdict: { kind: 'unknown', reason: 'certificate' } });
  expect(again.verdict.because).toMatch(
    /the (?:instances in the certificate do|certificate does) not/,
  );
  expect(again.verdict.at).toMatchObject({ file: expect.stringContaining('ring/') });
});

test.each(['restart from any state\n', 'restart no such reason\n', ''])(
  'why initialisation may begin again is a hint, and no more: %j',
  async (hint) => {
    const other = whole.replace(/^restart .*\n/m, hint);
    expect(other).not.toBe(whole);
    const { exit, verdict } = await recheckedWith(sealed(other));
    expect({ exit, verdict }).toEqual({ exit: 0, verdict: { kind: 'proved' } });
  },
);

test('a certificate of something else is of no use', async () => {
  const renamed = sealed(whole.replace('layer ring', 'layer other'));
  expect((await recheckedWith(renamed)).verdict.because).toContain('of no use: it is of other');
  // The code was changed: what it puts in is never seen.
  project.write('ring/code.ts', code.replace('writeTail(next)', 'writeTail(tail)'));
  const told = await recheckedWith(whole);
  project.write('ring/code.ts', code);
  expect(told).toMatchObject({ exit: 2, verdict: { kind: 'unknown', reason: 'certificate' } });
  expect(told.verdict.because).toContain('the certificate says nothing of this claim');
});

test.each([
  ['empty', '', 'its first line is not'],
  ['cut short', 'plimsoll certificate 1\nlayer ring\n', 'changed or cut short'],
  ['binary', '\u0000'.repeat(1000), 'its first line is not'],
  ['of another version', 'plimsoll certificate 99\n', 'its first line is not'],
])('a file that is %s', async (_, text, why) => {
  const { exit, verdict } = await recheckedWith(text);
  expect(verdict.because).toContain(why);
  expect(verdict.remedy).toContain('plimsoll prove --certify');
  expect(exit).toBe(2);
});

test('there is none, or something else is there', async () => {
  const none = await project.run(['recheck', 'ring', '--certificates', 'elsewhere']);
  expect(none.out).toContain('there is no certificate: elsewhere/ring/proof/ring.certificate');
  expect(none.out).toContain('PL-211');
  expect(none.exit).toBe(2);
  mkdirSync(join(project.folder, 'folders/ring/proof/ring.certificate'), {
    recursive: true,
  });
  const folder = await project.run(['recheck', 'ring', '--certificates', 'folders']);
  expect(folder.out).toContain('is of no use: it is no file');
  expect(folder.exit).toBe(2);
});

test('the questions can be taken to any solver', async () => {
  const { exit } = await project.run(['recheck', 'ring', '--queries', 'questions']);
  expect(exit).toBe(0);
  const folder = join(project.folder, 'questions/ring');
  const questions = readdirSync(folder);
  expect(questions).toHaveLength(whole.match(/^claim /gm)?.length ?? 0);
  for (const question of questions) {
    expect(readFileSync(join(folder, question), 'utf8')).not.toMatch(/\((?:forall|exists) /);
    if (!solvers.includes('z3')) continue;
    expect(execFileSync('z3', [join(folder, question)], { encoding: 'utf8' })).toBe('unsat\n');
  }
});

test('a certificate or a question that has no place to go is told', async () => {
  project.write('taken', 'a file');
  const proved = await project.run(['prove', 'ring', '--certify', '--certificates', 'taken']);
  expect(proved.error).toMatch(/^error: the certificate cannot be written: .*taken.*PL-307\]\n$/s);
  expect(proved.exit).toBe(3);
  const asked = await project.run(['recheck', 'ring', '--queries', 'taken']);
  expect(asked.error).toMatch(/^error: a question cannot be written: .*taken.*PL-307\]\n$/s);
  expect(asked.exit).toBe(3);
});

const allowed = spawnSync('unshare', ['-rm', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0;

test.skipIf(!allowed)(
  'a disk that fills up: the verdict is told, the certificate is not',
  async () => {
    const own = join(project.folder, 'small');
    mkdirSync(own, { recursive: true });
    const prove = `"${process.execPath}" "${command}" prove ring --certify --certificates small`;
    const mount = `mount -t tmpfs -o size=4k none small && ${prove}`;
    const after = 'status=$?; find small -type f; exit $status';
    const full = await execute('unshare', ['-rm', 'sh', '-c', `${mount}; ${after}`], {
      folder: project.folder,
    });
    expect(full.out).toMatch(/^proved/);
    expect(full.error).toMatch(/^error: the certificate cannot be written: ENOSPC/m);
    // Nothing half written is left.
    expect(full.out).not.toContain('ring.certificate');
    expect(full.exit).toBe(3);
  },
);

test('several layers are shared out among threads, and told of in their order', async () => {
  project.copy(join(root, 'examples/counter'), 'counter');
  expect((await project.run(['prove', 'counter', '--certify'])).exit).toBe(0);
  const layers = ['recheck', 'counter', 'ring', '--jobs', '2'];
  const both = await project.run(layers);
  expect(both.error).toBe('');
  expect(both.out.match(/^\w+ +\w+ +\w+\/proof.ts/gm)).toEqual([
    'proved    counter  counter/proof.ts',
    'proved    ring  ring/proof.ts',
  ]);
  expect(both.exit).toBe(0);

  // Whichever thread it is that meets what is amiss.
  const other = '.plimsoll/certificates/counter/proof/counter.certificate';
  for (const [damaged, text] of [
    [name, whole],
    [other, readFileSync(join(project.folder, other), 'utf8')],
  ] as const) {
    project.write(damaged, sealed(text.replace(/^claim .*?(?=^claim )/ms, '')));
    const { out, exit } = await project.run(layers);
    expect(out.match(/^(?:proved|unknown)/gm)?.sort()).toEqual(['proved', 'unknown']);
    expect(exit).toBe(2);
    project.write(damaged, text);
  }
  project.write('a-file', '');
  const asked = await project.run([...layers, '--queries', 'a-file']);
  expect(asked.error).toMatch(/^error: a question cannot be written: .*a-file.*PL-307\]\n$/s);
  expect(asked.exit).toBe(3);
}, 300_000);

test('what an earlier certificate says is used, and only that', async () => {
  const before = readFileSync(file, 'utf8');
  expect((await project.run(['prove', 'ring', '--certify'])).exit).toBe(0);
  expect(readFileSync(file, 'utf8')).toBe(before);
  rmSync(file);
  expect((await project.run(['prove', 'ring'])).exit).toBe(0);
  expect(existsSync(file)).toBe(false);
  project.write(name, whole);
});
