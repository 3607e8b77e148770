/** Wrong layers that try the edges: limits, hooks, what only ghosts make, what was chosen. */
import { holdLayers } from './hold.ts';

holdLayers('attack3');
