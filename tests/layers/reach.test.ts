import { holdLayers } from './hold.ts';

holdLayers('reach');
