/** What is wrong with a text, and where: one message with place, fault and remedy. */
export class NotationError extends Error {
  override readonly name = 'NotationError';
  readonly text: string;
  /** What is wrong and what to do, on one line. */
  readonly fault: string;
  /** The place, with a mark below it. */
  readonly frame: string;
  /** Where the fault is, as an offset into the text, and how long it is. */
  readonly at: number;
  readonly length: number;

  constructor(text: string, at: number, length: number, fault: string) {
    const shown = frame(text, at, length);
    super(`${fault}\n${shown}`);
    this.text = text;
    this.fault = fault;
    this.frame = shown;
    this.at = at;
    this.length = length;
  }
}

const around = 60;

/** The line with the fault, cut to what fits a screen, and a mark below it. */
function frame(text: string, at: number, length: number): string {
  const start = text.lastIndexOf('\n', at - 1) + 1;
  const end = text.indexOf('\n', at);
  const line = text.slice(start, end < 0 ? text.length : end);
  const column = at - start;
  const from = Math.max(0, column - around);
  const shown = line.slice(from, column + around);
  const before = text.slice(0, start).split('\n').length;
  const place = text.includes('\n') ? `line ${before}, column` : 'column';
  const head = `${place} ${column + 1}: ${from > 0 ? '…' : ''}`;
  const marks = '^'.repeat(Math.max(1, Math.min(length, shown.length - (column - from))));
  return `  ${head}${shown}\n  ${' '.repeat(head.length + column - from)}${marks}`;
}
