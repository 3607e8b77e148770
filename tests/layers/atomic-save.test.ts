import { holdLayers } from './hold.ts';

holdLayers('atomic-save');
