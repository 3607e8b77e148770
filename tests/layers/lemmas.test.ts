/** Lemmas, functions with contracts, and codecs: what is false of them is never used. */
import { holdLayers } from './hold.ts';

holdLayers('lemmas');
