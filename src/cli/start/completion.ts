/** `plimsoll completion`: what a shell has to know to complete our command lines. */
import { Argument } from 'commander';
import { write } from '../command/terminal.ts';
import type { AddVerb } from '../command/verb.ts';
import { type Shell, script, shells } from './completion-script.ts';

const how = `
Example:
  plimsoll completion bash > ~/.local/share/bash-completion/completions/plimsoll
  plimsoll completion zsh > "\${fpath[1]}/_plimsoll"
  plimsoll completion fish > ~/.config/fish/completions/plimsoll.fish`;

export const addCompletion: AddVerb = (program, finish) => {
  program
    .command('completion')
    .description('print a script that completes command lines in your shell')
    .addArgument(new Argument('<shell>', 'the shell').choices(shells))
    .addHelpText('after', how)
    .action((shell: Shell) => {
      write(script(shell, program));
      finish(0);
    });
};
