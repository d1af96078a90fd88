import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('office', english);
