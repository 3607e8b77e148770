/** Reports as a user asks for them: what is written where, and the exits stay what they are. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { type Ended, Project, root } from '../command.ts';
import { browser, see } from './browser.ts';
import { junitFaults, sarifFaults } from './schemas.ts';
import { parseXml } from './xml.ts';

const project = new Project();
afterAll(() => project.remove());
project.copy(join(root, 'tests/fixtures/relay/proof.ts'), 'relay/proof.ts');
project.write('refused/proof.ts', 'export const now = Date.now();\n');
project.write('broken/proof.ts', "export const a: number = 'one';\n");

// The shipped mirror, whose recovery does nothing.
for (const name of ['code.ts', 'proof.ts']) {
  const text = readFileSync(join(root, 'src/stack/mirror', name), 'utf8')
    .replaceAll(/'(?:\.\.\/\.\.\/[a-z/-]+|\.\/spec)\.ts'/g, "'plimsoll'")
    .replace(/(?<= recover\(\): void \{)[\s\S]*?\n {2}(?=\}\n)/, '');
  project.write(`hasty/${name}`, text);
}

const run = (...given: string[]): Promise<Ended> => project.run(given);
const read = (file: string) => readFileSync(join(project.folder, file), 'utf8');

/** Whether a report in each format names a code. */
const says: Readonly<Record<string, (out: string, code: string) => boolean>> = {
  sarif: (out, code) => {
    const [{ results, invocations }] = JSON.parse(out).runs;
    return JSON.stringify([results, invocations]).includes(`"${code}"`);
  },
  junit: (out, code) => JSON.stringify(parseXml(out)).includes(code),
  github: (out, code) => out.includes(`title=${code}`),
  json: (out, code) => {
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line));
    return events.at(-1).event === 'end' && events.some((event) => event.code === code);
  },
};

test.for<[string, string, number, string]>([
  ['relay', 'sarif', 0, 'PL-002'],
  ['relay', 'github', 0, 'PL-002'],
  ['hasty', 'sarif', 1, 'PL-101'],
  ['hasty', 'junit', 1, 'PL-101'],
  ['refused', 'junit', 2, 'PL-205'],
  ['refused', 'github', 2, 'PL-210'],
  ['broken', 'sarif', 3, 'PL-304'],
  ['broken', 'json', 3, 'PL-304'],
])('%s as %s ends with %i and says %s', async ([layer, format, exit, code]) => {
  const ended = await run('explore', layer, '--format', format);
  expect(ended.exit).toBe(exit);
  expect(says[format]?.(ended.out, code)).toBe(true);
  if (format === 'sarif') expect(sarifFaults(JSON.parse(ended.out))).toEqual([]);
  if (format === 'junit') expect(await junitFaults(ended.out)).toEqual([]);
});

test('the page is written beside the text, which says the code as well', async () => {
  const { out, exit } = await run('explore', 'hasty', '--html', 'made/report.html');
  expect(exit).toBe(1);
  expect(out).toMatch(/^refuted {3}mirror {2}hasty\/proof.ts {2}PL-101\n/);
  expect(read('made/report.html')).toContain('power is lost before write(1, 0, #01)');
  expect(readdirSync(join(project.folder, 'made'))).toEqual(['report.html']);
});

const shown = browser ? test : test.skip;
const needs = browser ? '' : ' (skipped: there is no chromium)';

shown(`a browser shows the line of the real code at which power went${needs}`, async () => {
  await run('explore', 'hasty', '--html', 'seen.html');
  const { texts } = await see(read('seen.html'), 1000);
  const cut = texts.findIndex(({ kind }) => kind === 'note cut bad');
  expect(texts[cut]?.text).toBe('⚡ power is lost before write(1, 0, #01)');
  expect(texts[cut + 1]?.text).toBe('    this.pair.write(1, address, block);');
  expect(texts[cut + 2]?.text).toBe('✗ not done: write(1, 0, #01)');
  const line =
    read('hasty/code.ts')
      .split('\n')
      .indexOf(texts[cut + 1]?.text ?? '') + 1;
  const lost = texts.find(({ kind, text }) => kind === 'li' && text.includes('never done'));
  expect(lost?.text).toMatch(
    new RegExp(`^write\\(1, 0, #01\\): never done hasty/code.ts:${line}:`),
  );
});

test('a page that has no place to go is told before any work begins', async () => {
  project.write('file', '');
  mkdirSync(join(project.folder, 'folder'), { recursive: true });
  for (const path of ['file/report.html', 'folder', '/proc/nowhere/report.html']) {
    const { out, error, exit } = await run('explore', 'hasty', '--html', path);
    expect({ out, exit }).toEqual({ out: '', exit: 3 });
    expect(error).toContain(`error: the page ${path} cannot be written: `);
    expect(error).toMatch(/name a file in a folder of yours \[PL-307\]\n$/);
    expect(error.trim().split('\n')).toHaveLength(1);
  }
});

test('a page that can no longer be written in the end costs nothing that was printed', async () => {
  // The folder of the page becomes a file when the verdict is printed.
  const target = join(project.folder, 'vanishing');
  const code = `import { rmSync, writeFileSync } from 'node:fs';
rmSync(${JSON.stringify(target)}, { recursive: true, force: true });
writeFileSync(${JSON.stringify(target)}, '');
`;
  const preload = join(project.folder, 'preload.mjs');
  writeFileSync(preload, late(code));
  const { out, error, exit } = await project.run(
    ['explore', 'hasty', '--html', 'vanishing/report.html'],
    { environment: { NODE_OPTIONS: `--import ${preload}` } },
  );
  expect(out).toContain('refuted   mirror');
  expect(out).toContain('replay: npx plimsoll replay');
  expect(error).toContain('error: the page vanishing/report.html cannot be written: ');
  expect(exit).toBe(3);
  expect(existsSync(join(target, 'report.html'))).toBe(false);
});

/** Does it as soon as the first text is printed. */
function late(code: string): string {
  const [imports = '', ...rest] = code.split('\n');
  return `${imports}
const write = process.stdout.write.bind(process.stdout);
process.stdout.write = (...given) => {
${rest.join('\n')}
process.stdout.write = write;
return write(...given);
};
`;
}

test('a run that fails still leaves its page', async () => {
  const { exit, error } = await run('prove', 'nothing.ts', '--html', 'failed.html');
  expect(exit).toBe(3);
  expect(error).toContain('nothing.ts: no such file');
  expect(read('failed.html')).toContain('PL-302');
});

test('whoever watches gets no report of a whole run', async () => {
  const { exit, error } = await run('prove', 'relay', '--watch', '--html', 'watched.html');
  expect({ exit, error }).toEqual({
    exit: 3,
    error: 'error: --html is of a whole run; leave out --html or --watch [PL-301]\n',
  });
});
