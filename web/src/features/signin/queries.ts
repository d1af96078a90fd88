import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { OwnWays, SignInPolicy, SignInWays } from '@/api/types';

/** How who asks can sign in. */
export const ownWaysQuery = queryOptions({
  queryKey: ['own-ways'],
  queryFn: ({ signal }) => api.get<OwnWays>('/api/me/sign-in', {}, { signal }),
  staleTime: 0,
});

/** What this server takes, whoever asks. */
export const signInWaysQuery = queryOptions({
  queryKey: ['sign-in-ways'],
  queryFn: ({ signal }) => api.get<SignInWays>('/api/sign-in', {}, { signal }),
});

export const policyQuery = queryOptions({
  queryKey: ['sign-in-policy'],
  queryFn: ({ signal }) => api.get<SignInPolicy>('/api/sign-in/policy', {}, { signal }),
  staleTime: 0,
});
