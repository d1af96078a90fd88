import { registerText, type Text } from '@/i18n/core';
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('charters', english);
export const text = registerText('charters', english);
export type CharterText = Text<typeof english>;
