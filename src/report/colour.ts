import { styleText } from 'node:util';

export type Colour = 'red' | 'green' | 'yellow' | 'cyan' | 'dim' | 'bold';

/** Puts a colour on text, or leaves it as it is. */
export type Paint = (colour: Colour, text: string) => string;

export const plain: Paint = (_, text) => text;

// Whether a stream shows colours is for the caller to say, so that tests can say it too.
export const coloured: Paint = (colour, text) => styleText(colour, text, { validateStream: false });

/** Colours are for people: never in a pipe, never against NO_COLOR. */
export function paintFor(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): Paint {
  const unwanted = Boolean(environment.NO_COLOR) || environment.TERM === 'dumb';
  return stream.isTTY && !unwanted ? coloured : plain;
}
