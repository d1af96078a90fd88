import { AskList } from '@/features/asks/parts/AskList';
import { useAsks } from '@/features/asks/queries';
import { useText } from '@/features/asks/strings';
import { ProvisionalChip } from '@/features/inbox/parts/ProvisionalChip';
import { useInbox } from '@/features/inbox/queries';
import { InboxScreen } from '@/features/inbox/screens/InboxScreen';
import { UrgentRows } from '@/features/urgent/parts/UrgentRows';
import { useMyUrgents } from '@/features/urgent/queries';
import { useMe } from '@/realtime/start';
import { LinkButton } from '@/ui/LinkButton';

/** The inbox, with what calls me at its top, and then what is asked of me. */
export function InboxRoute() {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const asks = useAsks(me_id, 'on_me');
  const items = asks.data?.pages.flatMap((page) => page.items) ?? [];
  const provisional = useInbox(me_id).data?.provisional.map(({ message_id, until }) => [message_id, <ProvisionalChip key={message_id} until={until} />] as const);
  const urgents = useMyUrgents().data?.items ?? [];
  const list = urgents.length + items.length > 0 && (
    <>
      {urgents.length > 0 && <UrgentRows items={urgents} />}
      {items.length > 0 && <AskList items={items} label={t('on_me')} me_id={me_id} chips={new Map(provisional)} />}
      {asks.hasNextPage && (
        <LinkButton to="/asks" size="s" tone="plain">
          {t('more')}
        </LinkButton>
      )}
    </>
  );
  const asked = new Set([...urgents.map(({ message_id }) => message_id), ...items.map(({ ask }) => ask.message_id)]);
  return <InboxScreen asks={list} n_asks={urgents.length + items.length} asked={asked} />;
}
