/** `plimsoll run`: a layer on disk images, operation by operation. */

import { existsSync } from 'node:fs';
import { Disk } from '../../model/index.ts';
import type { Verdict } from '../../report/event.ts';
import { pathText } from '../../report/frame.ts';
import { type Exit, WrongUse } from '../command/exit.ts';
import { loadLayers } from '../command/load.ts';
import { onlyOption, printOptions, whole } from '../command/options.ts';
import { mirrorProof, proofFiles, shippedProofs } from '../command/proof-files.ts';
import { Session } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';
import { standing } from '../prove/verdicts.ts';
import { type Action, act, ofDisks, ofStores } from './actions.ts';
import type { Chosen, RunOptions } from './open-store.ts';

/** What an image can have at most; its own size is known only when it is open. */
const largestBlock = 4096;

const examples = `
Actions:
${Object.entries({ ...ofDisks, ...ofStores })
  .map(([name, { usage, about }]) => `  ${`${name} ${usage}`.padEnd(26)}${about}`)
  .join('\n')}
  OPERATION WORDS...        where the layer promises something else than a disk

Example:
  plimsoll run --disk a.img --disk b.img --create 64 write 0 hello
  plimsoll run --disk a.img --disk b.img read 0`;

export const addRun: AddVerb = (program, finish) => {
  const command = program
    .command('run')
    .description('run a layer on disk images; says whether it is the one that was proved')
    .argument('[words...]', 'a proof file (else the shipped mirror), then an action')
    .option('--disk <image>', 'a disk image; give it twice for two disks', collect)
    .option('--create <blocks>', 'make new images of this many blocks', whole(1, 2 ** 40))
    .option('--block-size <bytes>', 'of new images', whole(1, 2 ** 20), 512)
    .option('--overwrite', 'with --create: also where there is a store already')
    .option('--without <disk>', 'go on without disk 0 or 1, for good', whole(0, 1))
    .addOption(onlyOption())
    .addHelpText('after', examples);
  for (const option of printOptions()) command.addOption(option);
  command.action(async (words: string[], options: RunOptions) => {
    finish(await run(words, options));
  });
};

function collect(value: string, before: readonly string[] = []): string[] {
  return [...before, value];
}

async function run(words: readonly string[], options: RunOptions): Promise<Exit> {
  // A word with a dot or a slash, or the name of what is there, is a file.
  const [first = ''] = words;
  const named = /[./]/.test(first) || (first !== '' && existsSync(first));
  const [action = 'status', ...given] = named ? words.slice(1) : words;
  const session = new Session(options);
  const chosen = await choose(named ? first : undefined, options.only);
  session.event({ event: 'begin', verb: 'run', layer: chosen.name, file: chosen.file });
  // Wrong words must not cost a store: they are read before anything is opened.
  const size = options.create === undefined ? largestBlock : options.blockSize;
  const ready = act(action, await actionOf(chosen, action), given, size);
  const { open } = await import('./open-store.ts');
  const store = await open(chosen, options, session);
  try {
    judge(chosen, session);
    await ready({ ...store, session });
  } finally {
    store.close();
  }
  return session.end();
}

async function actionOf({ file, name, layer }: Chosen, action: string): Promise<Action> {
  const disk = (layer.promise as unknown) === Disk;
  const known = { ...(disk ? ofDisks : {}), ...ofStores };
  const found = known[action];
  if (found) return found;
  const { operationsOf } = await import('./operations.ts');
  const all = { ...(disk ? {} : operationsOf(file, name)), ...known };
  const operation = all[action];
  if (operation) return operation;
  throw new WrongUse(
    `there is no action ${action}; the actions are ${Object.keys(all).join(', ')}`,
    'action',
  );
}

async function choose(file: string | undefined, only: string | undefined): Promise<Chosen> {
  const path =
    file === undefined ? mirrorProof() : (proofFiles(file, false, process.cwd())[0] ?? '');
  const layers = await loadLayers(path);
  const names = [...layers.keys()];
  const name = only ?? (names.length === 1 ? names[0] : undefined);
  const layer = name === undefined ? undefined : layers.get(name);
  if (name === undefined || !layer)
    throw new WrongUse(
      `${path} declares ${names.join(', ') || 'no layer'}; choose with --only`,
      'selection',
    );
  return { file: path, name, layer };
}

/** Says whether the code that runs is the code that was proved. */
function judge({ file, name }: Chosen, session: Session): void {
  const found = standing(session.root, file, name);
  const path = shippedProofs().includes(file) ? '--all' : pathText(file, session.folder);
  const verdict: Verdict = found.proved
    ? { kind: 'proved' }
    : {
        kind: 'unknown',
        reason: 'unproved',
        because: found.because,
        remedy: `npx plimsoll prove ${path}`,
      };
  session.standing({ layer: name, file, verdict });
}
