import type { ChannelRow } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { usePeople } from '../queries';
import { useText } from '../strings';
import { useMe } from '@/realtime/start';

/** A channel's name; a direct conversation is named after the others in it. */
export function useChannelName(row: ChannelRow): string {
  const t = useText();
  const me = useMe();
  const people = usePeople(row.kind === 'direct' ? row.people.filter((id) => id !== me?.id) : []);
  if (row.kind !== 'direct') return row.name;
  const names = people.map((person) => person.name);
  const list = new Intl.ListFormat(currentLocale(), { style: 'narrow', type: 'conjunction' });
  return names.length > 0 ? list.format(names) : t('direct_alone');
}
