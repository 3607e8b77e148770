import { holdLayers } from './hold.ts';

holdLayers('partition');
