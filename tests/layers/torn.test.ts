import { holdLayers } from './hold.ts';

holdLayers('torn');
