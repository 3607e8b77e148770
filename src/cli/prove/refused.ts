/** A source outside the subset is undecided: each construct is shown, then the verdict. */
import { basename } from 'node:path';
import type { RunEvent } from '../../report/event.ts';
import { Refused } from '../../symbolic/refusal.ts';
import type { Session } from '../command/session.ts';

type Verb = Extract<RunEvent, { event: 'verdict' }>['verb'];

/** Runs `body`; if it refuses `file`, says so and goes on. */
export async function refusedAsEvents(
  verb: Verb,
  file: string,
  session: Session,
  body: () => Promise<unknown>,
): Promise<void> {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    refuse(verb, file, session, error);
  }
}

function refuse(verb: Verb, file: string, session: Session, { refusals }: Refused): void {
  for (const { at, construct, why, instead } of refusals)
    session.event({ event: 'refusal', at, construct, why, instead });
  const [first] = refusals;
  session.event({
    event: 'verdict',
    verb,
    layer: basename(file),
    file,
    verdict: {
      kind: 'unknown',
      reason: 'subset',
      because:
        refusals.length === 1
          ? 'a construct is outside the subset that Plimsoll reads'
          : `${refusals.length} constructs are outside the subset that Plimsoll reads`,
      ...(first ? { at: first.at } : {}),
    },
    milliseconds: 0,
    trusts: [],
  });
}
