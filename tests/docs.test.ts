/** Pages are executed: see pages.ts. UPDATE=1 rewrites them. */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, Project, root } from './command.ts';
import { executed, timeless } from './pages.ts';

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

test.for(pages)('%s', async (page) => {
  const written = readFileSync(join(root, page), 'utf8');
  const project = projectFor();
  const fresh = await executed(written, project, (line) =>
    line.replaceAll('npx plimsoll', `node ${command}`),
  );
  project.remove();
  if (process.env.UPDATE && timeless(fresh) !== timeless(written))
    writeFileSync(join(root, page), fresh);
  else expect(timeless(fresh)).toBe(timeless(written));
});

test.for(pages)('the links of %s lead somewhere', (page) => {
  const text = readFileSync(join(root, page), 'utf8');
  const links = [...text.matchAll(/\]\((?!https?:)(?<to>[^)#]+)[^)]*\)/g)];
  for (const { groups } of links) {
    const target = join(root, page, '..', groups?.to ?? '');
    expect(() => readdirSync(join(target, '..')), `${page}: ${groups?.to}`).not.toThrow();
    expect(readdirSync(join(target, '..')), `${page}: ${groups?.to}`).toContain(
      target.replace(/\/$/, '').split('/').at(-1),
    );
  }
});

/** An empty project, but for `hasty/`: the shipped mirror, whose recovery does nothing. */
function projectFor(): Project {
  const project = new Project();
  const mirror = (file: string) =>
    readFileSync(join(root, 'src/stack/mirror', file), 'utf8').replaceAll(
      /'(?:\.\.\/\.\.\/[a-z/-]+|\.\/spec)\.ts'/g,
      "'plimsoll'",
    );
  const code = mirror('code.ts').replace(/(?<= recover\(\): void \{)[\s\S]*?\n {2}(?=\}\n)/, '');
  project.write('hasty/code.ts', code);
  project.write('hasty/proof.ts', mirror('proof.ts'));
  return project;
}
