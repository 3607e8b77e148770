/** `plimsoll prove`: shows that layers keep their promises, for every size and content. */
import { WrongUse } from '../command/exit.ts';
import {
  certificatesOption,
  onlyOption,
  reportOptions,
  type SolverOptions,
  solverOptions,
  writeTestOption,
} from '../command/options.ts';
import { chosenProofs } from '../command/proof-files.ts';
import { Session, type SessionOptions } from '../command/session.ts';
import type { AddVerb } from '../command/verb.ts';

export interface ProveOptions extends SessionOptions, SolverOptions {
  readonly all?: boolean;
  readonly only?: string;
  readonly watch?: boolean;
  readonly certify?: boolean;
  readonly certificates?: string;
}

export const addProve: AddVerb = (program, finish) => {
  const command = program
    .command('prove')
    .description('prove that a layer keeps its promise, for every size and content')
    .argument('[files...]', 'proof files, or the folders of some')
    .option('--all', 'the shipped layers, and every proof.ts of this project')
    .addOption(onlyOption())
    .option('--watch', 'prove again what a change touches, until Ctrl-C')
    .option('--certify', 'keep the instances that a proof used, for recheck')
    .addOption(certificatesOption());
  for (const option of [...solverOptions(), ...reportOptions(), writeTestOption()])
    command.addOption(option);
  command.action(async (given: string[], options: ProveOptions) => {
    if (options.watch) {
      refuseReports(options);
      const files = chosenProofs(given, options.all ?? false, process.cwd());
      const { watchLayers } = await import('./watch.ts');
      const find = () => (options.all ? chosenProofs([], true, process.cwd()) : []);
      return finish(await watchLayers(files, options, find));
    }
    const session = new Session(options);
    const files = chosenProofs(given, options.all ?? false, process.cwd());
    const { proveLayers } = await import('./prove-layers.ts');
    await proveLayers(files, options, session);
    finish(session.endSelected(options.only));
  });
};

/** A report of a whole run has no end while one watches. */
function refuseReports({ format, html }: ProveOptions): void {
  if (html !== undefined)
    throw new WrongUse('--html is of a whole run; leave out --html or --watch');
  if (!['text', 'json'].includes(format))
    throw new WrongUse(`--watch reports as text or as json; leave out --format ${format}`);
}
