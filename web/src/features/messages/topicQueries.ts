/** Topics of a channel: the list, one topic, and the acts on it. */
import { queryOptions, useInfiniteQuery, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { AskedMessage, AskTopic, FirstMessage, Id, Message, NewAsk, Seq, Topic, TopicPage, TopicPatch, TopicRequest, TopicState, TopicView } from '@/api/types';
import { putGroupNames } from '@/realtime/groups';
import { putPeople } from '@/realtime/people';
import { keys } from './keys';
import { setWindow } from './queries';

const PAGE = 50;

export const topicQuery = (channel_id: Id, topic_id: Id) =>
  queryOptions({
    queryKey: keys.topic(channel_id, topic_id),
    queryFn: async ({ client, signal }) => {
      const view = await api.get<TopicView>(`/api/channels/${channel_id}/topics/${topic_id}`, {}, { signal });
      putPeople(client, view.people);
      putGroupNames(client, view.groups);
      return view;
    },
    staleTime: Number.POSITIVE_INFINITY,
  });

export function useTopic(channel_id: Id, topic_id: Id) {
  return useQuery(topicQuery(channel_id, topic_id));
}

export function useTopics(channel_id: Id, state: TopicState | null) {
  return useInfiniteQuery({
    queryKey: keys.topicList(channel_id, state),
    queryFn: async ({ client, pageParam, signal }) => {
      const query = { state, before: pageParam, limit: PAGE };
      const page = await api.get<TopicPage>(`/api/channels/${channel_id}/topics`, query, { signal });
      putPeople(client, page.people);
      return page;
    },
    initialPageParam: null as Seq | null,
    getNextPageParam: (page) => page.next,
  });
}

export function useStartTopic(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: TopicRequest) => api.post<Topic>(`/api/channels/${channel_id}/topics`, request, { carriesId: true }),
    onSuccess: (topic) => showTopic(cache, topic),
  });
}

/** Begins a topic with a new message, which may want an answer. */
export function useStartWith(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: async ({ topic, message, ask }: { topic: AskTopic; message: FirstMessage; ask: NewAsk | null }) => {
      const path = `/api/channels/${channel_id}`;
      if (!ask) return api.post<Topic>(`${path}/topics`, { ...topic, message }, { carriesId: true });
      const asked = await api.post<AskedMessage>(`${path}/asks`, { message, ask, topic }, { carriesId: true });
      // It was asked for, so it is in the answer.
      return asked.topic ?? Promise.reject(new Error('no topic'));
    },
    onSuccess: (topic) => showTopic(cache, topic),
  });
}

export function useChangeTopic(channel_id: Id, topic_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (patch: TopicPatch) => api.patch<Topic>(`/api/channels/${channel_id}/topics/${topic_id}`, patch),
    onSuccess: (topic) => showTopic(cache, topic),
  });
}

export function changeTopicView(
  cache: QueryClient,
  channel_id: Id,
  topic_id: Id,
  change: (view: TopicView) => TopicView,
): void {
  cache.setQueryData<TopicView>(keys.topic(channel_id, topic_id), (view) => view && change(view));
}

/** The newest words about a topic, in its own entry and under its first message. */
export function showTopic(cache: QueryClient, topic: Topic): void {
  changeTopicView(cache, topic.channel_id, topic.id, (view) => ({ ...view, topic }));
  setWindow(cache, topic.channel_id, null, (window) => ({
    ...window,
    messages: window.messages.map((message): Message => (message.id === topic.origin_id ? { ...message, topic } : message)),
  }));
  void cache.invalidateQueries({ queryKey: keys.topicLists(topic.channel_id) });
}
