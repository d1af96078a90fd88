import { registerText, type Text } from '@/i18n/core';
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('hours', english);
export const text = registerText('hours', english);
export type HoursText = Text<typeof english>;
