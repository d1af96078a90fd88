import { registerText, type Text } from '@/i18n/core';
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('later', english);
export const text = registerText('later', english);
export type LaterText = Text<typeof english>;
