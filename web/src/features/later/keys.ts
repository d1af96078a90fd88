import type { Id } from '@/api/types';

export const scheduledKey = ['scheduled'] as const;
export const remindersKey = ['reminders'] as const;
export const routinesKey = ['routines'] as const;
export const checkInKey = (message_id: Id) => ['check-in', message_id] as const;
export const landingKey = (channel_id: Id) => ['landing', channel_id] as const;
