import { QueryClient } from '@tanstack/react-query';
import { isTransient } from '@/api/client';

// The API client repeats what the server asked to be repeated; here one more try covers a lost connection.
const maxTries = 1;

export const queryClient = new QueryClient({
  defaultOptions: {
    queries: {
      retry: (failures, error) => failures < maxTries && isTransient(error),
      staleTime: 30_000,
      // Events keep what is shown true; coming back to the window is no reason to ask again.
      refetchOnWindowFocus: false,
      // Without a network an answer is "no network", not silence; what failed is asked again when it is back.
      networkMode: 'always',
      refetchOnReconnect: true,
    },
    mutations: { retry: false },
  },
});
