/** Damages the text of a module, in ways that a disk, an editor or a wrong tool would. */
import { Random } from './random.ts';

export function fuzzed(sources: readonly string[], seed: number): string {
  const random = new Random(seed);
  let text = shortened(random.pick(sources), random);
  for (let i = random.below(4); i >= 0; i--) text = random.pick(changes)(text, random);
  return text;
}

/** Some of the functions only: damage is nearer to what matters, and reading is quick. */
function shortened(text: string, random: Random): string {
  const own = random.chance(10) ? text : withoutDebug(text);
  const parts = own.split(/^(?=define |attributes #0)/m);
  return parts
    .filter((part, i) => i === 0 || part.startsWith('attributes') || random.chance(20))
    .join('');
}

/** Most of the text is debug information, of which little is looked at. */
function withoutDebug(text: string): string {
  return text
    .replaceAll(/,? !(?:dbg|srcloc|llvm\.loop) !\d+/g, '')
    .replaceAll(/^(?: +#dbg_.*|!(?!\d+ = !\{i(?:8|64) ).*)\n/gm, '');
}

type Change = (text: string, random: Random) => string;

const words = [
  ...['add', 'nuw', 'i1', 'i64', 'ptr', '%0', '@procs', 'poison', 'undef', '-1', '0', '!0'],
  ...['{', '}', '(', ')', '[', ']', ',', '=', '"', '%', '!', '#0', 'label', 'phi', 'switch'],
  ...['99999999999999999999', 'constructor', '__proto__', 'zeroinitializer', 'metadata', '*'],
  ...['i99999', '<', 'x', 'range(i8 0, 1)', 'call', 'ret', 'type', 'entry:', '\\', '\u0000'],
];

const changes: readonly Change[] = [
  (text, random) => text.slice(0, random.below(text.length)),
  (text, random) => {
    const from = random.below(text.length);
    return text.slice(0, from) + text.slice(from + 1 + random.below(20));
  },
  (text, random) => {
    const from = random.below(text.length);
    return `${text.slice(0, from)}${random.pick(words)}${text.slice(from)}`;
  },
  (text, random) => changeLine(text, random, (line) => `${line}\n${line}`),
  (text, random) => changeLine(text, random, () => ''),
  (text, random) =>
    changeLine(text, random, (line) => {
      const parts = line.split(' ');
      parts[random.below(parts.length)] = random.pick(words);
      return parts.join(' ');
    }),
  (text, random) =>
    changeLine(text, random, (line) => {
      const parts = line.split(' ');
      const [a, b] = [random.below(parts.length), random.below(parts.length)];
      [parts[a], parts[b]] = [parts[b]!, parts[a]!];
      return parts.join(' ');
    }),
  (text, random) => {
    const at = random.below(text.length);
    return text.slice(0, at) + String.fromCharCode(random.below(256)) + text.slice(at + 1);
  },
];

function changeLine(text: string, random: Random, change: (line: string) => string): string {
  const lines = text.split('\n');
  const which = random.below(lines.length);
  lines[which] = change(lines[which]!);
  return lines.join('\n');
}
