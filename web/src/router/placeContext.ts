import { createContext } from 'react';
import { currentPlace, type Place } from './location';

export const PlaceContext = createContext<Place>(currentPlace());
