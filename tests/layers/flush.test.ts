import { holdLayers } from './hold.ts';

holdLayers('flush');
