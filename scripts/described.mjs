/** What can be said of an example without proving it. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * Its promise, its lines of code, how many broken versions it has, the states of exploring it.
 *
 * @param {string} folder
 * @param {string} name
 */
export function described(folder, name) {
  /** @param {string} file */
  const text = (file) => readFileSync(join(folder, file), 'utf8');
  // The tests write it: see tests/examples.
  const explored = existsSync(join(folder, 'explored.txt')) ? text('explored.txt') : '';
  const [, states] = /(\d+) states/.exec(explored) ?? [];
  return {
    promise: `[${name}](${name}): ${promiseIn(text('spec.ts'))}`,
    lines: ['spec.ts', 'code.ts', 'proof.ts'].map((file) => countedLines(text(file))),
    broken: readdirSync(join(folder, 'broken')).length,
    states: states === undefined ? 'not explored' : Number(states).toLocaleString('en'),
  };
}

/**
 * The first sentence of the comment at the head of a specification.
 *
 * @param {string} spec
 */
function promiseIn(spec) {
  const [, comment = ''] = /\/\*\*([\s\S]*?)\*\//.exec(spec) ?? [];
  const plain = comment
    .replace(/^\s*\*/gm, '')
    .replace(/\s+/g, ' ')
    .trim();
  return plain.replace(/^The promise: /, '').replace(/\.(?: .*)?$/, '');
}

/**
 * Lines that are neither empty nor comment nor import.
 *
 * @param {string} text
 */
function countedLines(text) {
  const bare = text.replace(/\/\*[\s\S]*?\*\//g, '').replace(/^import\s[\s\S]*?;$/gm, '');
  return bare.split('\n').filter((line) => !/^\s*(?:\/\/.*)?$/.test(line)).length;
}
