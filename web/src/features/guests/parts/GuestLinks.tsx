import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Id } from '@/api/types';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { ErrorState } from '@/ui/ErrorState';
import { PanelHeading } from '@/ui/PanelHeading';
import { Skeleton } from '@/ui/Skeleton';
import { guestLinksQuery } from '../queries';
import { useText } from '../strings';
import { GuestLinkRow } from './GuestLinkRow';
import styles from './GuestLinks.module.css';
import { MakeLinkDialog } from './MakeLinkDialog';

/** Doors for people without an account, for whoever looks after the channel. */
export function GuestLinks({ channelId }: { channelId: Id }) {
  const t = useText();
  const { data: links, error, refetch } = useQuery(guestLinksQuery(channelId));
  const [isMaking, setMaking] = useState(false);
  const [showsEnded, setShowsEnded] = useState(false);
  const now = useMinute();
  const open = links?.filter((link) => link.ended_at === null && link.expires_at > now) ?? [];
  const shown = showsEnded ? (links ?? []) : open;
  return (
    <section className={styles.links}>
      <PanelHeading>{t('guest_links')}</PanelHeading>
      <p className={styles.hint}>{links && open.length === 0 ? t('no_links') : t('guest_links_hint')}</p>
      {!links && !error && <Skeleton rows={1} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {shown.length > 0 && (
        <CardList label={t('guest_links')}>
          {shown.map((link) => (
            <GuestLinkRow key={link.id} link={link} isOpen={open.includes(link)} />
          ))}
        </CardList>
      )}
      {links && (
        <div className={styles.add}>
          <Button size="s" tone="outline" onClick={() => setMaking(true)}>
            {t('make_link')}
          </Button>
          {!showsEnded && open.length < links.length && (
            <Button size="s" tone="plain" onClick={() => setShowsEnded(true)}>
              {t('show_ended')}
            </Button>
          )}
        </div>
      )}
      {isMaking && <MakeLinkDialog channelId={channelId} onClose={() => setMaking(false)} />}
    </section>
  );
}
