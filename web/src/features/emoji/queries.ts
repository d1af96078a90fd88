/** Adding emoji of the workspace's own, taking them away, and who may. The list itself is in realtime/emoji. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { CustomEmoji, CustomEmojiList } from '@/api/types';
import { emojiQuery } from '@/realtime/emoji';

const pathOf = (name: string) => `/api/custom-emoji/${encodeURIComponent(name)}`;

export function useAddEmoji() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: ({ name, picture }: { name: string; picture: Blob }) => api.put<CustomEmoji>(pathOf(name), picture),
    onSuccess: () => cache.invalidateQueries({ queryKey: emojiQuery.queryKey }),
  });
}

export function useRemoveEmoji() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (name: string) => api.del(pathOf(name)),
    onSuccess: () => cache.invalidateQueries({ queryKey: emojiQuery.queryKey }),
  });
}

export function useSwitchEmoji() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (everyone: boolean) => api.put<CustomEmojiList>('/api/workspace/emoji', { everyone }),
    onSuccess: (list) => cache.setQueryData(emojiQuery.queryKey, list),
  });
}
