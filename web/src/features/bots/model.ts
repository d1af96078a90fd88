import type { HookEvent } from '@/api/types';

export const maxName = 80;
export const allEvents = ['message.posted', 'message.edited', 'message.deleted', 'topic.created', 'topic.changed'] as const satisfies readonly HookEvent[];

type Underscored<Text extends string> = Text extends `${infer Thing}.${infer Fact}` ? `${Thing}_${Fact}` : Text;

export function eventKey<Event extends HookEvent>(event: Event): `event_${Underscored<Event>}` {
  return `event_${event.replace('.', '_')}` as `event_${Underscored<Event>}`;
}

/** The part of an address that people recognise. */
export function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : url;
}
