import type { Id } from '@/api/types';

export const meetingsKey = ['meetings'] as const;
export const settingsKey = ['meeting-settings'] as const;
export const weekKey = (from: number, to: number) => [...meetingsKey, 'of', from, to] as const;
export const meetingKey = (id: Id) => [...meetingsKey, id] as const;
export const timePollsKey = ['time-polls'] as const;
export const timePollKey = (id: Id) => [...timePollsKey, id] as const;
export const hoursOfKey = (ids: readonly Id[], from: number, to: number) => ['meeting-hours', ids, from, to] as const;
