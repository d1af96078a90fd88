import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export type AdminText = ReturnType<typeof useText>;
export const useText = defineText('admin', english);
