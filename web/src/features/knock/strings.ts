import { registerText } from '@/i18n/core';
import { defineText } from '@/i18n/react';
import english from './strings.en.json';

export const useText = defineText('knock', english);
export const text = registerText('knock', english);
