import { registerText } from '@/i18n/core';
import english from './strings.en.json';

export const t = registerText('auth', english);
