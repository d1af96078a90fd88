import { AskList } from '@/features/asks/parts/AskList';
import { useAsks } from '@/features/asks/queries';
import { useText } from '@/features/asks/strings';
import { InboxScreen } from '@/features/inbox/screens/InboxScreen';
import { useMe } from '@/realtime/start';
import { LinkButton } from '@/ui/LinkButton';

/** The inbox, with what is asked of me at its top. */
export function InboxRoute() {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const asks = useAsks(me_id, 'on_me');
  const items = asks.data?.pages.flatMap((page) => page.items) ?? [];
  const list = items.length > 0 && (
    <>
      <AskList items={items} label={t('on_me')} me_id={me_id} />
      {asks.hasNextPage && (
        <LinkButton to="/asks" size="s" tone="plain">
          {t('more')}
        </LinkButton>
      )}
    </>
  );
  return <InboxScreen asks={list} n_asks={items.length} asked={new Set(items.map(({ ask }) => ask.message_id))} />;
}
