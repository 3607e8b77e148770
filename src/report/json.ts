import { codes, explained } from './codes.ts';
import type { Reporter, RunEvent } from './event.ts';

/** One event a line, as JSON: what other programs read. Verdicts and refusals have their code. */
export class JsonReporter implements Reporter {
  private readonly write: (text: string) => void;

  constructor(write: (text: string) => void) {
    this.write = write;
  }

  event(event: RunEvent): void {
    this.write(`${JSON.stringify(coded(event))}\n`);
  }
}

function coded(event: RunEvent): object {
  if (event.event === 'verdict') return { ...event, code: explained(event.verdict).code };
  return event.event === 'refusal' ? { ...event, code: codes.refused.code } : event;
}
