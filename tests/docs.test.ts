/**
 * Pages are executed. A `ts` block that begins with `// name.ts` is written to that file of an
 * empty project, a `console` block is run there and its output compared; times may differ.
 * UPDATE=1 rewrites the pages.
 */
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { command, execute, Project, root } from './command.ts';

const pages = [
  'README.md',
  'ARCHITECTURE.md',
  ...readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.md'))
    .map((file) => join('docs', file)),
];

const block = /```(?<language>ts|console)\n(?<body>[\s\S]*?)```/g;

test.for(pages)('%s', async (page) => {
  const written = readFileSync(join(root, page), 'utf8');
  const fresh = await executed(written);
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

/** The page with the outputs that its commands have now. */
async function executed(page: string): Promise<string> {
  const project = projectFor();
  const parts: string[] = [];
  let end = 0;
  for (const match of page.matchAll(block)) {
    const { language = '', body = '' } = match.groups ?? {};
    parts.push(page.slice(end, match.index));
    end = match.index + match[0].length;
    parts.push(
      language === 'ts' ? match[0] : `\`\`\`console\n${await session(project, body)}\`\`\``,
    );
    const name = /^\/\/ (?<name>\S+\.ts)\n/.exec(body)?.groups?.name;
    if (language === 'ts' && name) project.write(name, body.slice(body.indexOf('\n') + 1));
  }
  project.remove();
  return [...parts, page.slice(end)].join('');
}

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

/** Every line that begins with a dollar sign, with what the shell answers to it. */
async function session(project: Project, body: string): Promise<string> {
  const answers: string[] = [];
  for (const line of body.split('\n').filter((text) => text.startsWith('$ '))) {
    const shell = line.slice(2).replaceAll('npx plimsoll', `node ${command}`);
    const { out, error } = await execute('sh', ['-c', shell], { folder: project.folder });
    answers.push(`${line}\n${out}${error}`.replace(/\n+$/, '\n'));
  }
  return answers.join('');
}

function timeless(page: string): string {
  return page
    .replaceAll(/\b\d+(?:\.\d+)? (?:ms|s|min)\b/g, 'a while')
    .replaceAll(/\b[\d,]+ characters\b/g, 'some text')
    .replaceAll(/, [\d,]+ from the cache/g, '');
}
