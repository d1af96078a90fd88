import { IconLink } from '@tabler/icons-react';
import type { Id, PostedLink } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { usePerson } from '@/realtime/people';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Skeleton } from '@/ui/Skeleton';
import { TextLink } from '@/ui/TextLink';
import { useLinks } from '../queries';
import { useText } from '../strings';
import styles from './LinkShelf.module.css';

/** Every link that was posted in a channel, or in all that I am in: who, when, and what its page is called. */
export function LinkShelf({ channelId }: { channelId: Id | null }) {
  const t = useText();
  const links = useLinks(channelId);
  const items = links.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {links.isPending && <Skeleton rows={6} />}
      {links.error && <ErrorState error={links.error} onRetry={() => void links.refetch()} />}
      {links.data && items.length === 0 && <EmptyState icon={<IconLink size={28} stroke={1.4} aria-hidden="true" />} text={t('no_links')} />}
      {items.length > 0 && (
        <CardList label={t('links')}>
          {items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </CardList>
      )}
      {links.hasNextPage && (
        <Button tone="plain" busy={links.isFetchingNextPage} onClick={() => void links.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
    </>
  );
}

function Row({ item: { url, title, site, person_id, message_id, at } }: { item: PostedLink }) {
  const t = useText();
  const name = usePerson(person_id)?.name ?? '';
  const day = new Intl.DateTimeFormat(currentLocale(), { dateStyle: 'medium' }).format(at / 1000);
  return (
    <CardRow
      lead={
        <span className={styles.icon}>
          <IconLink size={20} stroke={1.6} aria-hidden="true" />
        </span>
      }
      title={
        <a className={styles.link} href={url} target="_blank" rel="noopener noreferrer nofollow">
          {title ?? url}
        </a>
      }
      text={t('row', { name, day, site })}
      end={
        <TextLink to="/m/$messageId" params={{ messageId: message_id }}>
          {t('to_message')}
        </TextLink>
      }
    />
  );
}
