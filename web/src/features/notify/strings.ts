import { registerText, type Text } from '@/i18n/core';
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('notify', english);
export const text = registerText('notify', english);
export type NotifyText = Text<typeof english>;
