/** The scripts for zsh and fish, as these shells run them. */
import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { execute, Project, plimsoll } from './command.ts';

const project = new Project({ 'register/proof.ts': '', 'a file.json': '{}' });
afterAll(() => project.remove());

const isThere = (shell: string) => spawnSync(shell, ['--version']).status === 0;

/** What a shell offers for a command line whose last word is being typed. */
type Offer = (...words: string[]) => Promise<string[]>;

async function scriptFor(shell: string, name: string): Promise<void> {
  const { out, exit } = await plimsoll(['completion', shell]);
  expect(exit).toBe(0);
  mkdirSync(join(project.folder, 'scripts'), { recursive: true });
  writeFileSync(join(project.folder, 'scripts', name), out);
}

const fish: Offer = async (...words) => {
  const line = JSON.stringify(`plimsoll ${words.join(' ')}`);
  const script = `source scripts/plimsoll.fish; complete -C ${line}`;
  const environment = { HOME: project.folder, XDG_CONFIG_HOME: project.folder };
  const given = ['--no-config', '-c', script];
  const { exit, out, error } = await execute('fish', given, {
    folder: project.folder,
    environment,
  });
  expect({ exit, error }).toEqual({ exit: 0, error: '' });
  // Behind a tabulator stands what is said of the word.
  return out.split('\n').flatMap((line) => (line === '' ? [] : [line.split('\t')[0]!]));
};

/** Of zsh's own functions only the ones that ours calls are replaced: they need a terminal. */
const zsh: Offer = async (...words) => {
  const script = `
    compdef() { whole="$1" }
    compadd() { while [[ $1 == -* && $1 != -- ]]; do shift; done; shift; print -rl -- "$@" }
    compset() { words[CURRENT]="\${words[CURRENT]#*=}" }
    _files() { print -rl -- "$words[CURRENT]"*(N) }
    source scripts/_plimsoll
    words=(plimsoll "$@"); CURRENT=$#words
    # Not in a pipe: what it says of the words is to be known here.
    $whole > offered
    while IFS= read -r word; do
      [[ $word == "$words[CURRENT]"* ]] && print -r -- $word
    done < offered
    true`;
  const { exit, out, error } = await execute('zsh', ['-fuc', script, 'zsh', ...words], {
    folder: project.folder,
  });
  expect({ exit, error }).toEqual({ exit: 0, error: '' });
  return out.split('\n').filter((line) => line !== '');
};

const shells = [
  { shell: 'zsh', name: '_plimsoll', offered: zsh, files: ['register'] },
  { shell: 'fish', name: 'plimsoll.fish', offered: fish, files: ['register/'] },
];

describe.each(shells)('$shell', ({ shell, name, offered, files }) => {
  const installed = isThere(shell);
  beforeAll(() => (installed ? scriptFor(shell, name) : undefined));
  const inShell = (what: string, body: () => Promise<void>) =>
    test(what, async (context) => {
      if (!installed) context.skip(`${shell} is not installed`);
      await body();
    });

  inShell('verbs, as far as they are typed', async () => {
    const { out } = await plimsoll(['--help']);
    const verbs = [...out.matchAll(/^ {2}([a-z]+) (?: |\[|<)/gm)].map(([, verb]) => verb!);
    expect(verbs).toContain('prove');
    expect([...(await offered(''))].sort()).toEqual([...verbs].sort());
    expect(await offered('e')).toEqual(['explore']);
  });

  inShell('options of the verb that was typed, and of no other', async () => {
    const { out } = await plimsoll(['prove', '--help']);
    const options = [...out.matchAll(/^ {2}(--[a-z-]+)/gm)].map(([, option]) => option!);
    expect(options).toContain('--no-cache');
    expect([...(await offered('prove', '--'))].sort()).toEqual([...options].sort());
    expect(await offered('prove', '--so')).toEqual(['--solver']);
    expect(await offered('doctor', '--so')).toEqual([]);
  });

  inShell('values of options, where they are known', async () => {
    const solvers = ['auto', 'cvc5', 'wasm', 'z3'];
    expect([...(await offered('prove', '--solver', ''))].sort()).toEqual(solvers);
    expect(await offered('prove', '--solver', 'c')).toEqual(['cvc5']);
    expect([...(await offered('completion', ''))].sort()).toEqual(['bash', 'fish', 'zsh']);
    expect(await offered('help', 'ru')).toEqual(['run']);
  });

  inShell('files everywhere else', async () => {
    expect(await offered('prove', 'reg')).toEqual(files);
    expect(await offered('prove', '--solver', 'z3', 'reg')).toEqual(files);
    expect(await offered('run', '--disk', 'reg')).toEqual(files);
    expect(await offered('doctor', 'reg')).toEqual([]);
  });
});

/**
 * Typed into a zsh that has a terminal: each line with the key that completes it, once the prompt
 * is there. Before it, the terminal would take the key for itself. npm names vi as the editor, and
 * zsh would take that as a wish for other keys.
 */
const typed = `
  zmodload zsh/zpty
  zpty z 'zsh -f -i'
  zpty -w z 'fpath=($PWD/scripts $fpath); autoload -Uz compinit; compinit -u -d dump'
  zpty -w z 'bindkey -e; PROMPT=ty""pe:'
  zpty -r z out '*type:*'
  for line in "$@"; do
    zpty -w -n z "plimsoll $line"$'\t\x01'"print -r -- 'GOT:"$'\x05'"'"$'\n'
    zpty -r z out $'*\nGOT:*type:*'
    print -r -- $out
  done
  zpty -d z`;

test('zsh with a terminal completes what is typed', async (context) => {
  if (!isThere('zsh')) context.skip('zsh is not installed');
  await scriptFor('zsh', '_plimsoll');
  const lines = ['exp', 'prove --so', 'prove --solver cv', 'prove --solver=cv', 'prove reg'];
  const { out } = await execute('zsh', ['-fc', typed, 'zsh', ...lines], { folder: project.folder });
  const got = [...out.matchAll(/^GOT:(.*?)\r?$/gm)].map(([, line]) => line!.trim());
  expect(got).toEqual([
    'plimsoll explore',
    'plimsoll prove --solver',
    'plimsoll prove --solver cvc5',
    'plimsoll prove --solver=cvc5',
    'plimsoll prove register',
  ]);
});
