/** What is said of code that cannot be looked into while it runs: it may be right or wrong. */
import { NotExplorable } from '../../explore/index.ts';
import type { Place, Verdict } from '../../report/event.ts';

/** The verdict that this error comes to; any other error is thrown on. */
export function notExplorable(error: unknown, at?: Place): Verdict {
  if (!(error instanceof NotExplorable)) throw error;
  const { message: because, remedy } = error;
  return { kind: 'unknown', reason: 'subset', because, remedy, ...(at && { at }) };
}
