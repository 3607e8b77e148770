import { holdLayers } from './hold.ts';

holdLayers('stat-db');
