/** What is said of several things at once, told of one after the other. */
import type { Reporter, RunEvent } from '../../report/event.ts';

export class InOrder {
  private readonly reporter: Reporter;
  private readonly kept: RunEvent[][];
  private readonly finished = new Set<number>();
  /** Of which one all is told as it comes. */
  private current = 0;

  constructor(reporter: Reporter, count: number) {
    this.reporter = reporter;
    this.kept = Array.from({ length: count }, () => []);
  }

  /** Hears what is said of one of them. */
  of(at: number): Reporter['event'] {
    return (event) => {
      if (at === this.current) this.reporter.event(event);
      else this.kept[at]!.push(event);
    };
  }

  /** Nothing more is said of this one. */
  finish(at: number): void {
    this.finished.add(at);
    while (this.finished.has(this.current)) {
      this.current++;
      for (const event of this.kept[this.current]?.splice(0) ?? []) this.reporter.event(event);
    }
  }
}
