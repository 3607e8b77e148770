/** The automaton whose states are sets of derivatives. */

import { Clock } from '../terms/limit.ts';
import { Sets } from '../terms/sets.ts';
import { Derivatives } from './derivatives.ts';
import { Diagrams } from './diagram.ts';
import { Subsets } from './subsets.ts';

export class Automaton extends Subsets {
  readonly derivatives: Derivatives;

  constructor(clock: Clock = new Clock()) {
    const diagrams = new Diagrams(new Sets(), clock);
    const derivatives = new Derivatives(diagrams);
    super(derivatives, diagrams);
    this.derivatives = derivatives;
  }
}
