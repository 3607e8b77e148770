/** Options that `plimsoll kleene` and the verbs below it share. */
import { Option } from 'commander';
import { whole } from '../command/options.ts';

const collect = (one: string, others: readonly string[]): string[] => [...others, one];

export const givenOption = (): Option =>
  new Option('--given <hypothesis>', 'an equation that is assumed; may be repeated')
    .argParser(collect)
    .default([], 'none');

export const typeOption = (): Option =>
  new Option('--type <declaration>', "'p : From -> To!Value' or '[b] : Sort'; may be repeated")
    .argParser(collect)
    .default([], 'all of one sort');

export const timeoutOption = (what: string): Option =>
  new Option('--timeout <seconds>', what).argParser(whole(1, 86_400)).default(10);

export const formatOption = (): Option =>
  new Option('--format <format>', 'text for people, json for one event a line')
    .choices(['text', 'json'])
    .default('text');
