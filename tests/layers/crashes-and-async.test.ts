import { holdLayers } from './hold.ts';

holdLayers('crashes', 'async');
