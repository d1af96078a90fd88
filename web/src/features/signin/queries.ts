import { queryOptions } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { OwnWays, SignInPolicy } from '@/api/types';

/** How who asks can sign in. */
export const ownWaysQuery = queryOptions({
  queryKey: ['own-ways'],
  queryFn: ({ signal }) => api.get<OwnWays>('/api/me/sign-in', {}, { signal }),
  staleTime: 0,
});

export const policyQuery = queryOptions({
  queryKey: ['sign-in-policy'],
  queryFn: ({ signal }) => api.get<SignInPolicy>('/api/sign-in/policy', {}, { signal }),
  staleTime: 0,
});
