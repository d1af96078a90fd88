import type { Id } from '@/api/types';

export const hoursKey = ['hours'] as const;
export const policyKey = ['time-policy'] as const;
export const personHoursKey = (person_id: Id) => ['hours', 'of', person_id] as const;
