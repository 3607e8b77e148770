/** HTML in which text can only be text: what is put into a template is escaped. */
import { markup } from '../escape.ts';

/** Text that is HTML already. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

type Part = string | number | Markup | readonly Markup[];

/** A template whose values are escaped, unless they were made by a template themselves. */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Markup {
  const text = strings.map((string, i) => {
    const part = parts[i];
    return part === undefined ? string : string + textOf(part);
  });
  return new Markup(text.join(''));
}

function textOf(part: Part): string {
  if (part instanceof Markup) return part.text;
  if (typeof part === 'object') return part.map((one) => one.text).join('\n');
  return markup(String(part));
}

export const nothing = new Markup('');
