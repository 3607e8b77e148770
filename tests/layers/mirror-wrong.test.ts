import { holdLayers } from './hold.ts';

holdLayers('mirror-wrong');
