/**
 * Scripts for shells, made from the definitions of the command: whatever it understands, they know.
 *
 * A word is completed from the verb before it, and from the option just before it if that takes a
 * value. Where the definitions name choices, these are offered, and file names everywhere else.
 */
import type { Command } from 'commander';

export const shells = ['bash', 'zsh', 'fish'] as const;
export type Shell = (typeof shells)[number];

/** An option that can be typed, with the values that it may have. */
interface Flag {
  readonly names: readonly string[];
  readonly about: string;
  readonly value: Values | undefined;
}

/** Words to choose from; without any, file names. */
type Values = readonly string[];

interface Verb {
  readonly name: string;
  readonly about: string;
  readonly flags: readonly Flag[];
  /** What its arguments may be; undefined if it has none. */
  readonly argument: Values | undefined;
}

export function script(shell: Shell, program: Command): string {
  const verbs = verbsOf(program);
  const top: Verb = {
    name: '',
    about: '',
    flags: flagsOf(program),
    argument: verbs.map(({ name }) => name),
  };
  return { bash, zsh, fish }[shell](program.name(), top, verbs);
}

function verbsOf(program: Command): Verb[] {
  const visible = program.createHelp().visibleCommands(program);
  const names = visible.map((verb) => verb.name());
  return visible.map((verb) => ({
    name: verb.name(),
    about: verb.description(),
    flags: allFlagsOf(verb),
    argument: argumentOf(verb, program.commands.includes(verb) ? within(verb) : names),
  }));
}

/** What a verb has instead of its argument. */
const within = (verb: Command): Values => verb.commands.map((one) => one.name());

function allFlagsOf(verb: Command): Flag[] {
  const all = [verb, ...verb.commands].flatMap(flagsOf);
  const first = (flag: Flag) => all.find(({ names: [name] }) => name === flag.names[0]);
  return all.filter((flag) => first(flag) === flag);
}

/** Commander makes its own verb, help, which says nothing of its choices. */
function argumentOf(verb: Command, otherwise: Values): Values | undefined {
  const [first] = verb.registeredArguments;
  return first && (first.argChoices ?? otherwise);
}

function flagsOf(command: Command): Flag[] {
  return command
    .createHelp()
    .visibleOptions(command)
    .map((option) => ({
      names: [option.short, option.long].filter((name) => name !== undefined),
      about: option.description,
      value: option.required || option.optional ? (option.argChoices ?? []) : undefined,
    }));
}

/** A text as one word of a shell. */
function quoted(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}

const words = (list: readonly string[]) => quoted(list.join(' '));
const names = (flags: readonly Flag[]) => flags.flatMap((flag) => flag.names);

/** The cases of a shell's `case`: for each verb, what its options and arguments may be. */
function cases(all: readonly Verb[], choose: (list: Values) => string, files: string): string[] {
  const offer = (values: Values) => (values.length === 0 ? files : choose(values));
  const valued = all.flatMap(({ name, flags }) =>
    flags.flatMap(({ names: these, value }) =>
      value
        ? [`    ${these.map((one) => quoted(`${name} ${one}`)).join('|')}) ${offer(value)} ;;`]
        : [],
    ),
  );
  const free = all.flatMap(({ name, flags, argument }) => [
    `    ${quoted(`${name} -`)}) ${choose(names(flags))} ;;`,
    ...(argument ? [`    ${quoted(`${name} `)}) ${offer(argument)} ;;`] : []),
  ]);
  return [
    // The value of an option comes first: where there is one, nothing else can stand.
    '  case "$verb $before" in',
    ...valued,
    '    *) case "$verb $kind" in',
    ...free.map((line) => `  ${line}`),
    '    esac ;;',
    '  esac',
  ];
}

function bash(name: string, top: Verb, verbs: readonly Verb[]): string {
  const choose = (list: Values) => `COMPREPLY=($(compgen -W ${words(list)} -- "$current"))`;
  return `# Completes ${name} in bash. Made by: ${name} completion bash
_${name}_files() {
  # A name may hold spaces, and is quoted when it is put in.
  local IFS=$'\\n'
  compopt -o filenames 2>/dev/null
  COMPREPLY=($(compgen -f -- "$current"))
}
_${name}() {
  local current="\${COMP_WORDS[COMP_CWORD]}" before="\${COMP_WORDS[COMP_CWORD-1]}" verb='' kind='' i
  # Bash makes a word of its own of the sign in --option=value.
  [[ $current == '=' ]] && current=''
  [[ $before == '=' ]] && before="\${COMP_WORDS[COMP_CWORD-2]}"
  for ((i = 1; i < COMP_CWORD; i++)); do
    case "\${COMP_WORDS[i]}" in
      ${verbs.map((verb) => quoted(verb.name)).join('|')}) verb="\${COMP_WORDS[i]}"; break ;;
    esac
  done
  [[ $current == -* ]] && kind='-'
  COMPREPLY=()
${cases([top, ...verbs], choose, `_${name}_files`).join('\n')}
}
complete -F _${name} ${name}
`;
}

function zsh(name: string, top: Verb, verbs: readonly Verb[]): string {
  const choose = (list: Values) => `compadd -- ${list.map(quoted).join(' ')}`;
  const known = verbs.map((verb) => quoted(verb.name)).join('|');
  return `#compdef ${name}
# Completes ${name} in zsh. Made by: ${name} completion zsh
_${name}() {
  local current="\${words[CURRENT]}" before="\${words[CURRENT-1]}" verb='' kind='' i
  for ((i = 2; i < CURRENT; i++)); do
    case "\${words[i]}" in
      ${known}) verb="\${words[i]}"; break ;;
    esac
  done
  if [[ $current == --*=* ]]; then
    # What is completed is what stands behind the sign.
    before="\${current%%=*}"
    compset -P '*='
  elif [[ $current == -* ]]; then
    kind='-'
  fi
${cases([top, ...verbs], choose, '_files').join('\n')}
}
if [ "$funcstack[1]" = "_${name}" ]; then _${name} "$@"; else compdef _${name} ${name}; fi
`;
}

function fish(name: string, top: Verb, verbs: readonly Verb[]): string {
  const none = '__fish_use_subcommand';
  const begin = [`# Completes ${name} in fish. Made by: ${name} completion fish`];
  const first = verbs.map(
    (verb) => `complete -c ${name} -f -n ${none} -a ${quoted(verb.name)} -d ${quoted(verb.about)}`,
  );
  const flags = [top, ...verbs].flatMap((verb) => {
    const where = verb.name === '' ? none : quoted(`__fish_seen_subcommand_from ${verb.name}`);
    const start = `complete -c ${name} -n ${where}`;
    const { argument } = verb;
    const given =
      verb.name === '' || (argument && argument.length === 0)
        ? []
        : [`${start} -f${argument ? ` -a ${words(argument)}` : ''}`];
    return [...given, ...verb.flags.map((flag) => `${start} ${fishFlag(flag)}`)];
  });
  return `${[...begin, ...first, ...flags].join('\n')}\n`;
}

function fishFlag({ names: these, about, value }: Flag): string {
  const known = these.map((one) =>
    one.startsWith('--') ? `-l ${one.slice(2)}` : `-s ${one.slice(1)}`,
  );
  const takes = value === undefined ? [] : value.length > 0 ? [`-x -a ${words(value)}`] : ['-r -F'];
  return [...known, ...takes, `-d ${quoted(about)}`].join(' ');
}
