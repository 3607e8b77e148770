import { holdLayers } from './hold.ts';

holdLayers('choice');
