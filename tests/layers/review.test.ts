import { holdLayers } from './hold.ts';

holdLayers('review');
