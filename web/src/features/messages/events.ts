/** What events do to the entries of this feature, and to the unread counts in the snapshot. */
import type { InfiniteData, QueryClient } from '@tanstack/react-query';
import type { ChannelRow, Draft, Id, Message, ServerEvent, Topic, TopicPage, TopicView } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { addGroupNames } from '@/realtime/groups';
import { levelIn } from '@/realtime/levels';
import { recentEvents } from '@/realtime/recent';
import { findStart, startQuery, updateRow, updateStart } from '@/realtime/start';
import { keys } from './keys';
import { afterEvent, rowAfter, rowAfterMoved, type MessageWindow, type Reader } from './model';
import { changeTopicView } from './topicQueries';
import { isViewed } from './viewing';

export const messageEvents: EventTable = {
  'message.posted': (cache, event) => {
    addGroupNames(cache, event.body.groups);
    applyToChannel(cache, event);
    if (!event.body.topic) return;
    applyToTopic(cache, event.body.topic);
    void cache.invalidateQueries({ queryKey: keys.overviews });
  },
  'message.edited': (cache, event) => {
    addGroupNames(cache, event.body.groups);
    applyToChannel(cache, event);
  },
  'message.deleted': (cache, event) => {
    applyToChannel(cache, event);
    if (event.body.topic) applyToTopic(cache, event.body.topic);
    void cache.invalidateQueries({ queryKey: keys.pins(event.scope) });
    void cache.invalidateQueries({ queryKey: keys.saved });
    // What goes by a rule is said once more, of many together.
    if (!event.body.by_rule) lookWhereItIsToldAgain(cache);
  },
  'messages.gone': (cache, event) => {
    applyToChannel(cache, event);
    lookWhereItIsToldAgain(cache);
    const { topic_ids } = event.body;
    if (topic_ids.length === 0) return;
    updateRow(cache, event.scope, (row) => ({ ...row, topics: row.topics.filter(({ topic_id }) => !topic_ids.includes(topic_id)) }));
    updateStart(cache, (start) => ({ ...start, following: start.following.filter((id) => !topic_ids.includes(id)) }));
    for (const id of topic_ids) {
      void cache.invalidateQueries({ queryKey: keys.topic(event.scope, id) });
      void cache.invalidateQueries({ queryKey: keys.window(event.scope, id) });
    }
    void cache.invalidateQueries({ queryKey: keys.topicLists(event.scope) });
    void cache.invalidateQueries({ queryKey: keys.overviews });
  },
  'messages.moved': (cache, event) => {
    const { topics, to_topic_id, merged_topic_id } = event.body;
    applyToChannel(cache, event);
    for (const topic of topics) applyToTopic(cache, topic);
    void cache.invalidateQueries({ queryKey: keys.window(event.scope, to_topic_id) });
    if (merged_topic_id) void cache.invalidateQueries({ queryKey: keys.topic(event.scope, merged_topic_id) });
    void cache.invalidateQueries({ queryKey: keys.topicLists(event.scope) });
    void cache.invalidateQueries({ queryKey: keys.overviews });
    // Counts moved along; only the server can tell them.
    void cache.invalidateQueries({ queryKey: startQuery.queryKey });
  },
  'pin.changed': (cache, event) => {
    applyToChannel(cache, event);
    void cache.invalidateQueries({ queryKey: keys.pins(event.scope) });
  },
  'saved.changed': (cache, { body }) => {
    markSaved(cache, body);
    void cache.invalidateQueries({ queryKey: keys.saved });
  },
  'file.changed': applyToChannel,
  'reaction.changed': applyToChannel,
  'topic.created': (cache, event) => {
    applyToChannel(cache, event);
    void cache.invalidateQueries({ queryKey: keys.topicLists(event.scope) });
  },
  'topic.changed': (cache, event) => {
    applyToChannel(cache, event);
    applyToTopic(cache, event.body.topic);
    void cache.invalidateQueries({ queryKey: keys.topicLists(event.scope) });
    void cache.invalidateQueries({ queryKey: keys.overviews });
  },
  // Other features say what these mean; here they only move the channel's head.
  'channel.changed': applyToChannel,
  'channel.member_joined': applyToChannel,
  'channel.member_left': applyToChannel,
  'read.moved': (cache, { body }) => {
    const later = recentEvents.after(body.channel_id, body.head) ?? [];
    updateRow(cache, body.channel_id, (row) => rowAfterMoved(row, body, later, readerOf(cache)));
    if (body.topic_id) {
      void cache.invalidateQueries({ queryKey: keys.overviews });
      changeTopicView(cache, body.channel_id, body.topic_id, (view) => ({ ...view, read_seq: body.read_seq }));
    }
  },
  'draft.changed': (cache, { body }) => updateStart(cache, (start) => ({ ...start, drafts: withDraft(start.drafts, body.draft) })),
  // Which topics count only the server can tell.
  'level.changed': (cache, { body: { place_id, level } }) => {
    updateStart(cache, (start) => {
      const { [place_id]: _, ...levels } = start.levels;
      return { ...start, levels: level ? { ...levels, [place_id]: level } : levels };
    });
    void cache.invalidateQueries({ queryKey: startQuery.queryKey });
    void cache.invalidateQueries({ queryKey: ['levels'] });
  },
  'follow.changed': (cache, { body }) => {
    changeTopicView(cache, body.channel_id, body.topic_id, (view) => ({ ...view, following: body.following }));
    updateStart(cache, (start) => ({ ...start, following: withFollowing(start.following, body) }));
    if (body.following) return;
    updateRow(cache, body.channel_id, (row) => ({
      ...row,
      topics: row.topics.filter(({ topic_id }) => topic_id !== body.topic_id),
    }));
  },
};

/**
 * The draft that the server has last; an empty one is gone. An answer may be faster than the event of an earlier version,
 * which is empty by then: it takes nothing away.
 */
export function withDraft(drafts: Draft[], draft: Draft): Draft[] {
  const known = drafts.find((own) => own.channel_id === draft.channel_id && own.topic_id === draft.topic_id);
  if (known && known.revision >= draft.revision) return drafts;
  const others = drafts.filter((own) => own.channel_id !== draft.channel_id || own.topic_id !== draft.topic_id);
  return draft.text ? [...others, draft] : others;
}

/** What is found, and what is gathered elsewhere. */
function lookWhereItIsToldAgain(cache: QueryClient): void {
  for (const feature of ['search', 'thanks']) void cache.invalidateQueries({ queryKey: [feature] });
}

/** Newest first, as in the snapshot. */
function withFollowing(topics: readonly Id[], { topic_id, following }: { topic_id: Id; following: boolean }): Id[] {
  const others = topics.filter((id) => id !== topic_id);
  return following ? [topic_id, ...others] : others;
}

type SavedChange = { channel_id: Id; message_id: Id; saved: boolean };

function markSaved(cache: QueryClient, { channel_id, message_id, saved }: SavedChange): void {
  const mark = (message: Message): Message => (message.id === message_id ? { ...message, saved } : message);
  cache.setQueriesData<MessageWindow>(
    { queryKey: keys.windows(channel_id) },
    (window) => window && { ...window, messages: window.messages.map(mark) },
  );
}

/** A scope is no longer mine to read: nothing of it stays. */
export function forgetChannel(cache: QueryClient, scope: Id): void {
  cache.removeQueries({ predicate: ({ queryKey }) => queryKey.includes(scope) });
}

function applyToChannel(cache: QueryClient, event: ServerEvent): void {
  const reader = readerOf(cache);
  const { me_id } = reader;
  updateRow(cache, event.scope, (row) => rowAfter(row, event, reader));
  cache.setQueriesData<MessageWindow>({ queryKey: keys.windows(event.scope) }, (window) => window && afterEvent(window, event, me_id));
  cache.setQueriesData<TopicView>({ queryKey: ['topic', event.scope] }, (view) => view && originAfter(view, event, me_id));
}

function readerOf(cache: QueryClient): Reader {
  const start = findStart(cache);
  const hears_all = (row: ChannelRow, topic_id: Id) => start !== undefined && levelIn(start, row, topic_id) === 'all';
  return { me_id: start?.me.id ?? '', following: start?.following ?? [], blocked: start?.blocked ?? [], hears_all, is_viewed: isViewed };
}

/** The message a topic began with is shown there too: a window of one. */
function originAfter(view: TopicView, event: ServerEvent, me_id: Id): TopicView {
  const { channel_id, topic_id } = view.origin;
  const before: MessageWindow = { channel_id, topic_id, messages: [view.origin], has_older: true, has_newer: true, seq: 0, epoch: 0 };
  const [origin] = afterEvent(before, event, me_id).messages;
  return origin && origin !== view.origin ? { ...view, origin } : view;
}

function applyToTopic(cache: QueryClient, topic: Topic): void {
  changeTopicView(cache, topic.channel_id, topic.id, (view) => ({ ...view, topic }));
  cache.setQueriesData<InfiniteData<TopicPage>>({ queryKey: keys.topicLists(topic.channel_id) }, (list) =>
    list ? { ...list, pages: list.pages.map((page) => withTopicIn(page, topic)) } : list,
  );
}

function withTopicIn(page: TopicPage, topic: Topic): TopicPage {
  if (!page.items.some(({ id }) => id === topic.id)) return page;
  const items = page.items.map((own) => (own.id === topic.id ? topic : own));
  return { ...page, items: items.sort((a, b) => b.last_seq - a.last_seq) };
}
