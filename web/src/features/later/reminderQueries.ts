/** What I want to be told of again. Events keep the list true. */
import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, Micros, Reminder, ReminderPage } from '@/api/types';
import { putPeople } from '@/realtime/people';
import { remindersKey } from './keys';

export function useReminders() {
  return useInfiniteQuery({
    queryKey: remindersKey,
    queryFn: async ({ client, pageParam, signal }) => {
      const query = pageParam ? { after_at: pageParam[0], after_id: pageParam[1] } : {};
      const page = await api.get<ReminderPage>('/api/reminders', query, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as ReminderPage['next'],
    getNextPageParam: (page) => page.next,
  });
}

export type NewReminder = { id: Id; message_id: Id; due_at: Micros; note: string };

/** The same id again makes no second one. */
export function remind(reminder: NewReminder): Promise<Reminder> {
  return api.post<Reminder>('/api/reminders', reminder, { carriesId: true });
}

export function useRemind() {
  return useMutation({ mutationFn: remind });
}

export function useChangeReminder() {
  return useMutation({
    mutationFn: ({ id, ...change }: { id: Id; due_at?: Micros; note?: string }) => api.patch<Reminder>(`/api/reminders/${id}`, change),
  });
}

export function useDone() {
  return useMutation({ mutationFn: ({ id }: Reminder) => api.del(`/api/reminders/${id}`) });
}
