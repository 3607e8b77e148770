import { holdLayers } from './hold.ts';

holdLayers('maps');
