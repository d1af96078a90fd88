import { IconInbox } from '@tabler/icons-react';
import type { Start } from '@/api/types';
import { useNeedsYou } from '@/features/inbox/count';
import { countCalls } from '@/features/spaces/model';
import { RailItem } from './RailItem';
import { useText } from './strings';

/** The way to the inbox, with how much needs one there. */
export function InboxItem({ start, isOn }: { start: Start; isOn: boolean }) {
  const t = useText();
  const n_needs_you = useNeedsYou(start.me.id, countCalls(start));
  return <RailItem to="/inbox" icon={<IconInbox size={22} stroke={1.6} aria-hidden="true" />} label={t('inbox')} isOn={isOn} n_for_me={n_needs_you} />;
}
