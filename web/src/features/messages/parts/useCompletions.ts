import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { api } from '@/api/client';
import type { ChannelRow, Id, PersonPage } from '@/api/types';
import { savesData } from '@/lib/dataUse';
import { useCustomEmoji } from '@/realtime/emoji';
import { listKnownPeople, putPeople } from '@/realtime/people';
import { useMe } from '@/realtime/start';
import { completeEmoji, completeNames, findTrigger, type Completion, type Trigger } from '../completions';
import { callableGroupsQuery } from '../groupQueries';

/** What to offer at the caret, and which of it is chosen. People known here come at once, the server's a moment later. */
export function useCompletions(channel: ChannelRow, me_id: Id) {
  const cache = useQueryClient();
  const [trigger, setTrigger] = useState<Trigger | null>(null);
  const [chosen, setChosen] = useState(0);
  const query = trigger?.kind === 'person' ? trigger.query : '';
  const isDirect = channel.kind === 'direct';
  // Guests by link call those whom they have met here, one by one.
  const isGuest = useMe()?.link_guest === true;

  const asked = useQuery({
    queryKey: ['people', 'mention', query],
    queryFn: async ({ signal }) => {
      const page = await api.get<PersonPage>('/api/people', { query, limit: 10 }, { signal });
      putPeople(cache, page.items);
      return page.items;
    },
    enabled: query.length > 0 && !isDirect && !isGuest,
  });

  const groups = useQuery({ ...callableGroupsQuery(channel.id), enabled: trigger?.kind === 'person' && !isGuest });

  const emoji = useQuery({
    queryKey: ['emoji-names'],
    queryFn: () => import('../allEmojiNames').then((module) => module.ALL_EMOJI_NAMES),
    enabled: trigger?.kind === 'emoji' && !savesData(),
    staleTime: Number.POSITIVE_INFINITY,
  });

  const own = useCustomEmoji(trigger?.kind === 'emoji');
  const names = useMemo(() => ({ ...emoji.data, ...Object.fromEntries(own.map(({ name }) => [name, `:${name}:`])) }), [emoji.data, own]);

  const items = useMemo((): Completion[] => {
    if (!trigger) return [];
    if (trigger.kind === 'emoji') return completeEmoji(trigger.query, names);
    const known = new Map([...listKnownPeople(cache), ...(asked.data ?? [])].map((person) => [person.id, person]));
    const people = [...known.values()].filter(({ id }) => !isDirect || channel.people.includes(id));
    return completeNames(people, groups.data?.items ?? [], trigger.query, { me_id, with_everyone: channel.n_members > 2 && !isGuest });
  }, [trigger, asked.data, groups.data, names, cache, channel, isDirect, isGuest, me_id]);

  return {
    items,
    trigger,
    emojiNames: emoji.data,
    chosen: Math.min(chosen, Math.max(0, items.length - 1)),
    look: (text: string, caret: number) => {
      setTrigger(findTrigger(text, caret));
      setChosen(0);
    },
    move: (step: number) => setChosen((old) => (old + step + items.length) % items.length),
    close: () => setTrigger(null),
  };
}

export type Completions = ReturnType<typeof useCompletions>;
