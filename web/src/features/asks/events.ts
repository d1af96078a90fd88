/** What events do to asks that are on the screen. */
import type { QueryClient } from '@tanstack/react-query';
import type { Ask, ChannelAsks, Id } from '@/api/types';
import type { EventTable } from '@/realtime/events';
import { findStart } from '@/realtime/start';
import { askKeys } from './keys';

export const askEvents: EventTable = {
  'ask.opened': (cache, { scope, body }) => {
    void cache.invalidateQueries({ queryKey: askKeys.channel(scope) });
    // Whoever is asked with everybody else hears of it only here.
    if (body.ask.everyone) readMineAgain(cache);
  },
  'ask.changed': (cache, { body }) => {
    // Whoever has a part in it is told more on their own log.
    const me_id = findStart(cache)?.me.id ?? '';
    const { ask } = body;
    const concerns = ask.asker_id === me_id || ask.seats.some(({ person_id }) => person_id === me_id);
    if (!concerns && !ask.everyone) putAsk(cache, ask);
    if (ask.everyone) {
      void cache.invalidateQueries({ queryKey: askKeys.channel(ask.channel_id) });
      readMineAgain(cache);
    }
  },
  'ask.moved': (cache, { body }) => {
    if (body.cause === 'deleted') dropAsk(cache, body.ask);
    else putAsk(cache, body.ask);
    readMineAgain(cache);
  },
  'ask.reminded': (cache, { body }) => {
    change(cache, body.channel_id, (asks) => asks.map((ask) => (ask.message_id === body.message_id ? { ...ask, reminded_at: body.at } : ask)));
  },
};

/** Puts how an ask stands into every stretch that shows it. What an event leaves out is kept: reasons are in answers only. */
export function putAsk(cache: QueryClient, ask: Ask): void {
  change(cache, ask.channel_id, (asks) => asks.map((known) => (known.message_id === ask.message_id ? withReasons(ask, known) : known)));
}

export function readMineAgain(cache: QueryClient): void {
  void cache.invalidateQueries({ queryKey: askKeys.mine });
}

function dropAsk(cache: QueryClient, { channel_id, message_id }: Ask): void {
  change(cache, channel_id, (asks) => asks.filter((ask) => ask.message_id !== message_id));
}

function change(cache: QueryClient, channel_id: Id, apply: (asks: Ask[]) => Ask[]): void {
  cache.setQueriesData<ChannelAsks>({ queryKey: [...askKeys.channel(channel_id), 'stretch'] }, (page) => page && { ...page, asks: apply(page.asks) });
}

function withReasons(ask: Ask, known: Ask): Ask {
  const reasonOf = (id: Id) => known.seats.find(({ person_id, state }) => person_id === id && state === 'declined')?.reason ?? null;
  return { ...ask, seats: ask.seats.map((seat) => (seat.state === 'declined' && seat.reason === null ? { ...seat, reason: reasonOf(seat.person_id) } : seat)) };
}
