import type { Id } from '@/api/types';

/** The channel's id is in it, so that a reset of the channel reaches it. */
export const cardsKey = (channel_id: Id, message_id: Id) => ['cards', channel_id, message_id] as const;
export const linkSettingsKey = ['link-settings'] as const;
