import { holdLayers } from './hold.ts';

holdLayers('values', 'names');
