/** Completion as a shell does it: the function is called with the words that were typed. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { execute, Project, plimsoll } from './command.ts';

const project = new Project({ 'register/proof.ts': '', 'a file.json': '{}' });
const bash = join(project.folder, 'plimsoll.bash');
afterAll(() => project.remove());

beforeAll(async () => {
  const { out, exit } = await plimsoll(['completion', 'bash']);
  expect(exit).toBe(0);
  writeFileSync(bash, out);
});

/** What bash offers for a command line whose last word is being typed. */
async function offered(...words: string[]): Promise<string[]> {
  const shell = `
    source "$1"; shift
    [[ $(complete -p plimsoll) =~ -F\\ ([^ ]+) ]] || exit 9
    COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); COMP_LINE="$*"; COMP_POINT=\${#COMP_LINE}
    "\${BASH_REMATCH[1]}" plimsoll "\${COMP_WORDS[COMP_CWORD]}" "\${COMP_WORDS[COMP_CWORD-1]}"
    printf '%s\\n' "\${COMPREPLY[@]}"`;
  const given = ['--norc', '-uc', shell, 'bash', bash, 'plimsoll', ...words];
  const { exit, out, error } = await execute('bash', given, { folder: project.folder });
  expect({ exit, error }).toEqual({ exit: 0, error: '' });
  return out.split('\n').filter((line) => line !== '');
}

test('verbs, as far as they are typed', async () => {
  const { out } = await plimsoll(['--help']);
  const verbs = [...out.matchAll(/^ {2}([a-z]+) (?: |\[|<)/gm)].map(([, verb]) => verb);
  expect(verbs).toContain('prove');
  expect(await offered('')).toEqual(verbs);
  expect(await offered('e')).toEqual(['explore']);
  expect(await offered('--v')).toEqual(['--version']);
});

test('options of the verb that was typed, and of no other', async () => {
  const { out } = await plimsoll(['prove', '--help']);
  const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option);
  expect(options).toContain('--no-cache');
  expect(await offered('prove', '--')).toEqual(options);
  expect(await offered('prove', '--so')).toEqual(['--solver']);
  expect(await offered('doctor', '--so')).toEqual([]);
});

test('values of options, where they are known', async () => {
  expect(await offered('prove', '--solver', '')).toEqual(['auto', 'wasm', 'z3', 'cvc5']);
  expect(await offered('prove', '--solver', 'c')).toEqual(['cvc5']);
  expect(await offered('prove', '--solver', '=')).toEqual(['auto', 'wasm', 'z3', 'cvc5']);
  expect(await offered('prove', '--solver', '=', 'z')).toEqual(['z3']);
  expect(await offered('completion', '')).toEqual(['bash', 'zsh', 'fish']);
  expect(await offered('help', 'ru')).toEqual(['run']);
});

test('files everywhere else, also with spaces in their names', async () => {
  expect(await offered('prove', 'reg')).toEqual(['register']);
  expect(await offered('prove', '--solver', 'z3', 'register/')).toEqual(['register/proof.ts']);
  expect(await offered('replay', 'a')).toEqual(['a file.json']);
  expect(await offered('run', '--disk', 'a')).toEqual(['a file.json']);
  expect(await offered('doctor', 'reg')).toEqual([]);
});

test.for(['bash', 'zsh', 'fish'])('what %s is told names every verb', async (shell) => {
  const { out } = await plimsoll(['completion', shell]);
  for (const verb of await offered('')) expect(out).toMatch(new RegExp(`\\b${verb}\\b`));
  expect(out).not.toContain('demo');
});

test('another shell is wrong use', async () => {
  const { exit, error, out } = await plimsoll(['completion', 'tcsh']);
  expect(error).toMatch(/Allowed choices are bash, zsh, fish/);
  expect({ exit, out }).toEqual({ exit: 3, out: '' });
});
