import { useStart } from '@/realtime/start';
import { useText } from '../strings';

/** Where a meeting may belong, as a select offers it. */
export function usePlaces() {
  const t = useText();
  const { data: start } = useStart();
  return [
    { value: '', label: t('only_invited') },
    ...(start?.channels ?? []).filter((row) => row.space_id && !row.archived).map((row) => ({ value: `channel:${row.id}`, label: `#${row.name}` })),
    ...(start?.spaces ?? []).map((space) => ({ value: `space:${space.id}`, label: space.name })),
  ];
}
