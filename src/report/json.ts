import type { Reporter, RunEvent } from './event.ts';

/** One event a line, as JSON: what other programs read. */
export class JsonReporter implements Reporter {
  private readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  event(event: RunEvent): void {
    this.write(`${JSON.stringify(event)}\n`);
  }
}
