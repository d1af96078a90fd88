import { defineText } from '@/i18n/react';
import { registerText, type Text } from '@/i18n/core';
import english from './strings.en.json';

export const useText = defineText('numbers', english);
export const text = registerText('numbers', english);
export type NumbersText = Text<typeof english>;
