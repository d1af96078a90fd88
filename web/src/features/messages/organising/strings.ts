/** The words of the screens and dialogs that put conversations in order. They come with these, not with the first load. */
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('organising', english);
