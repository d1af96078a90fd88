import { defineText } from '@/i18n/react';
import type { Text } from '@/i18n/core';
import english from './strings.en.json';

export const useText = defineText('calendar', english);
export type CalendarText = Text<typeof english>;
