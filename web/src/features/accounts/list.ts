/** Inviting by a list: the server looks at it first, and then does it. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ListDone, ListLook } from '@/api/types';

const TEMPLATE = 'mail,name,role,space,channels,groups\r\nada@example.org,Ada Lovelace,member,,,\r\n';

/** Whatever the browser takes a spreadsheet's file for, it is sent as what it should be. */
const asList = (file: File) => new Blob([file], { type: 'text/csv' });

export function useLookAtList() {
  return useMutation({ mutationFn: (file: File) => api.post<ListLook>('/api/invitations/list/look', asList(file)) });
}

export function useInviteByList() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (file: File) => api.post<ListDone>('/api/invitations/list', asList(file)),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations'] }),
  });
}

export function saveTemplate(): void {
  saveText(TEMPLATE, 'invitations-template.csv');
}

export function saveText(text: string, name: string): void {
  const address = URL.createObjectURL(new Blob([text], { type: 'text/csv' }));
  const link = Object.assign(document.createElement('a'), { href: address, download: name });
  link.click();
  // The browser has begun to read it when the next task runs.
  setTimeout(() => URL.revokeObjectURL(address), 1_000);
}
