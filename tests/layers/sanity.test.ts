import { holdLayers } from './hold.ts';

holdLayers('sanity');
