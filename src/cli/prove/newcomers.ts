/** Proof files that come to be while one watches all of them. */

/** How often is looked at most, and which part of the time may go into looking. */
const pause = 1000;
const share = 0.05;

export class Newcomers {
  private readonly find: () => readonly string[];
  private readonly known: Set<string>;
  private next = 0;

  /** `find` answers with every file there is; those that are `known` are not new. */
  constructor(find: () => readonly string[], known: readonly string[]) {
    this.find = find;
    this.known = new Set(known);
  }

  /** The files that are new since the last look; none if that was a moment ago. */
  look(): readonly string[] {
    const begun = performance.now();
    if (begun < this.next) return [];
    const found = this.files().filter((file) => !this.known.has(file));
    for (const file of found) this.known.add(file);
    const ended = performance.now();
    this.next = ended + Math.max(pause, (ended - begun) / share);
    return found;
  }

  /** A folder that vanishes while it is read is no mistake of anybody. */
  private files(): readonly string[] {
    try {
      return this.find();
    } catch {
      return [];
    }
  }
}
