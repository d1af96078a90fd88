/** Everything a person can change about accounts. */
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type {
  ErasedMessages,
  Id,
  Invitation,
  InvitationRequest,
  MailTested,
  Me,
  Person,
  ResetLink,
  Role,
  Status,
  TokenMade,
  TokenRequest,
  Workspace,
} from '@/api/types';
import { putPeople } from '@/realtime/people';
import { updateStart } from '@/realtime/start';

export type MeChange = Partial<Pick<Me, 'name' | 'time_zone' | 'language'>> & { pronunciation?: string | null; onboarded?: true };

export function useChangeMe() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (change: MeChange) => api.patch<Me>('/api/me', change),
    onSuccess: (me) => putMe(cache, me),
  });
}

export function useChangePicture() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (picture: Blob | null) => (picture ? api.put<Me>('/api/me/picture', picture) : api.del<Me>('/api/me/picture')),
    onSuccess: (me) => putMe(cache, me),
  });
}

/** `null` takes it back. */
export function useSetStatus() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (status: Status | null) => (status ? api.put<Me>('/api/me/status', status) : api.del<Me>('/api/me/status')),
    onSuccess: (me) => putMe(cache, me),
  });
}

export function useChangePassword() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (passwords: { current: string; new: string }) => api.post<void>('/api/me/password', passwords),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

/** One session, or all others. */
export function useEndSessions() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id | 'others') => api.del(id === 'others' ? '/api/sessions' : `/api/sessions/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['sessions'] }),
  });
}

export function useMakeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: TokenRequest) => api.post<TokenMade>('/api/tokens', request),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tokens'] }),
  });
}

export function useRevokeToken() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.del(`/api/tokens/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['tokens'] }),
  });
}

export function useInvite() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: InvitationRequest) => api.post<Invitation>('/api/invitations', request),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations'] }),
  });
}

/** The server does not know the link any more; it is in the address. */
export function useMailInvitation(url: string) {
  const token = url.slice(url.lastIndexOf('/') + 1);
  return useMutation({ mutationFn: (email: string) => api.post<void>(`/api/invitations/${token}/mail`, { email }) });
}

/** Sends a letter to who asks, and tells what the relay said. */
export function useTestMail() {
  return useMutation({ mutationFn: () => api.post<MailTested>('/api/mail/test') });
}

export function useRevokeInvitation() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.del(`/api/invitations/${id}`),
    onSuccess: () => cache.invalidateQueries({ queryKey: ['invitations'] }),
  });
}

export function useChangeRole() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, role }: { id: Id; role: Role }) => api.patch<Person>(`/api/people/${id}`, { role }),
    onSuccess: (person) => putPerson(cache, person),
  });
}

export function useDeactivate() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, deactivated }: { id: Id; deactivated: boolean }) =>
      api.post<Person>(`/api/people/${id}/${deactivated ? 'deactivate' : 'reactivate'}`),
    onSuccess: (person) => putPerson(cache, person),
  });
}

type Erasing = { id: Id | null; messages: ErasedMessages; password: string };

/** Somebody else, or, without an id, who asks: then nothing is left to be signed in with. */
export function useErase() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ id, messages, password }: Erasing) =>
      id ? api.post<Person>(`/api/people/${id}/erase`, { messages }) : api.post<undefined>('/api/me/erase', { messages, ...(password && { password }) }),
    onSuccess: (person) => {
      if (person) putPerson(cache, person);
      else location.assign('/sign-in');
    },
  });
}

export function useMakeResetLink() {
  return useMutation({ mutationFn: (id: Id) => api.post<ResetLink>(`/api/people/${id}/reset`) });
}

export function useRenameWorkspace() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.patch<Workspace>('/api/workspace', { name }),
    onSuccess: (workspace) => updateStart(cache, (start) => ({ ...start, workspace })),
  });
}

function putMe(cache: QueryClient, me: Me): void {
  updateStart(cache, (start) => ({ ...start, me }));
  putPerson(cache, me);
}

function putPerson(cache: QueryClient, person: Person): void {
  putPeople(cache, [person]);
  void cache.invalidateQueries({ queryKey: ['people'] });
}
