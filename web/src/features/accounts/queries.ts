import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ApiToken, ChannelView, Id, InvitationPage, InvitationState, MailState, PersonPage, Session, SignInWays, Space } from '@/api/types';

const pageSize = 50;

export const peopleQuery = (text: string) =>
  infiniteQueryOptions({
    queryKey: ['people', text],
    queryFn: ({ pageParam, signal }) =>
      api.get<PersonPage>('/api/people', { query: text || null, before: pageParam, limit: pageSize }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    placeholderData: (previous) => previous,
  });

export const sessionsQuery = queryOptions({
  queryKey: ['sessions'],
  queryFn: ({ signal }) => api.get<{ items: Session[] }>('/api/sessions', {}, { signal }),
  select: (answer) => answer.items,
  staleTime: 0,
});

export const tokensQuery = queryOptions({
  queryKey: ['tokens'],
  queryFn: ({ signal }) => api.get<{ items: ApiToken[] }>('/api/tokens', {}, { signal }),
  select: (answer) => answer.items,
  staleTime: 0,
});

/** Invitations in one state, the newest first. */
export const invitationsQuery = (state: InvitationState) =>
  infiniteQueryOptions({
    queryKey: ['invitations', state],
    queryFn: ({ pageParam, signal }) => api.get<InvitationPage>('/api/invitations', { state, before: pageParam }, { signal }),
    initialPageParam: firstPage(),
    getNextPageParam: (page) => page.next,
    select: (data) => data.pages.flatMap((page) => page.items),
    staleTime: 0,
  });

/** What this server can do for those who are not signed in, and whether it sends mail. */
export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => api.get<SignInWays>('/api/sign-in', {}, { signal }),
});

export const mailQuery = queryOptions({
  queryKey: ['mail'],
  queryFn: ({ signal }) => api.get<MailState>('/api/mail', {}, { signal }),
  staleTime: 0,
});

/** Into which spaces one may invite. */
export const invitableSpacesQuery = queryOptions({
  queryKey: ['spaces'],
  queryFn: ({ signal }) => api.get<{ items: Space[] }>('/api/spaces', {}, { signal }),
  select: (answer): { id: Id; name: string }[] => answer.items.filter((space) => !space.archived),
});

export const invitableChannelsQuery = (spaceId: Id) =>
  queryOptions({
    queryKey: ['space', spaceId, 'channels'],
    queryFn: ({ signal }) => api.get<{ items: ChannelView[] }>(`/api/spaces/${spaceId}/channels`, {}, { signal }),
    select: (answer): { id: Id; name: string }[] => answer.items.filter((channel) => !channel.archived),
  });

function firstPage(): string | null {
  return null;
}
