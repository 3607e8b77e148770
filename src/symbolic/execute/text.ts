/**
 * Texts as numbers, one to one: every text has a number from 0 on, and every such number is one of
 * a text. So two texts are equal if their numbers are, and a solver's number can be read as a text.
 * Nothing else of a text is known: the order of the numbers means nothing.
 */
import { integer, type Term } from '../../logic/index.ts';

/** A text is a numeral with this many digits to choose from, none of which is a zero. */
const units = 65_536n;
/** The first digit: small numbers are texts that people can read. */
const first = 97n;

export function numberOfText(text: string): bigint {
  let number = 0n;
  for (let i = 0; i < text.length; i++) {
    const digit = ((BigInt(text.charCodeAt(i)) - first + units) % units) + 1n;
    number = number * units + digit;
  }
  return number;
}

export function textOfNumber(number: bigint): string {
  let text = '';
  for (let rest = number; rest > 0n; rest = (rest - 1n) / units) {
    const digit = (rest - 1n) % units;
    text = String.fromCharCode(Number((digit + first) % units)) + text;
  }
  return text;
}

export function textTerm(text: string): Term {
  return integer(numberOfText(text));
}
