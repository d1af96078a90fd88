/** Whom I block, where what they say is folded. */
import { useQuery } from '@tanstack/react-query';
import type { ChannelRow, Id } from '@/api/types';
import { startQuery } from '@/realtime/start';

const NOBODY: readonly Id[] = [];

/** In an announcement channel nothing is folded. */
export function useBlocked({ kind }: Pick<ChannelRow, 'kind'>): readonly Id[] {
  const { data: blocked = NOBODY } = useQuery({ ...startQuery, select: (start) => start.blocked });
  return kind === 'announcement' ? NOBODY : blocked;
}

/** The other one of two, when I block them. */
export function blockedPartner({ kind, people }: Pick<ChannelRow, 'kind' | 'people'>, blocked: readonly Id[]): Id | null {
  if (kind !== 'direct' || people.length !== 2) return null;
  return people.find((id) => blocked.includes(id)) ?? null;
}
