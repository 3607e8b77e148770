/**
 * Pages that are executed. A `ts` block that begins with `// name.ts` is written to that file of a
 * project, a `console` block is run there, and its output is put into the page.
 */
import { execute } from './command.ts';

/** A project, as far as a page needs one. */
export interface Place {
  readonly folder: string;
  write(name: string, text: string): unknown;
}

const block = /```(?<language>ts|console)\n(?<body>[\s\S]*?)```/g;

/** The page with the outputs that its commands have now. */
export async function executed(
  page: string,
  project: Place,
  shellOf: (line: string) => string = (line) => line,
): Promise<string> {
  const parts: string[] = [];
  let end = 0;
  for (const match of page.matchAll(block)) {
    const { language = '', body = '' } = match.groups ?? {};
    parts.push(page.slice(end, match.index));
    end = match.index + match[0].length;
    parts.push(
      language === 'ts'
        ? match[0]
        : `\`\`\`console\n${await session(project, body, shellOf)}\`\`\``,
    );
    const name = /^\/\/ (?<name>\S+\.ts)\n/.exec(body)?.groups?.name;
    if (language === 'ts' && name) project.write(name, body.slice(body.indexOf('\n') + 1));
  }
  return [...parts, page.slice(end)].join('');
}

/** Every line that begins with a dollar sign, with what the shell answers to it. */
async function session(project: Place, body: string, shellOf: (line: string) => string) {
  const answers: string[] = [];
  for (const line of body.split('\n').filter((text) => text.startsWith('$ '))) {
    const shell = shellOf(line.slice(2));
    const { out, error } = await execute('sh', ['-c', shell], { folder: project.folder });
    answers.push(`${line}\n${out}${error}`.replace(/\n+$/, '\n'));
  }
  return answers.join('');
}

/** The page without what differs from run to run. */
export function timeless(page: string): string {
  return page
    .replaceAll(/\b\d+(?:\.\d+)? (?:ms|s|min)\b/g, 'a while')
    .replaceAll(/\b[\d,]+ characters\b/g, 'some text')
    .replaceAll(/, [\d,]+ from the cache/g, '');
}
