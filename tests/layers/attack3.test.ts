/** Wrong layers that try the edges of what is known: limits, hooks, ghosts, steps of the promise. */
import { holdLayers } from './hold.ts';

holdLayers('attack3');
