import { holdLayers } from './hold.ts';

holdLayers('attack');
