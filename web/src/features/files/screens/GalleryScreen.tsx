import { IconFiles, IconPhoto } from '@tabler/icons-react';
import { useState, type ReactNode } from 'react';
import type { Id } from '@/api/types';
import { picturesComeByHand } from '@/lib/pictures';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { LinkTabs } from '@/ui/LinkTabs';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { FileShelf } from '../parts/FileShelf';
import { PictureShelf } from '../parts/PictureShelf';
import { useGallery, type Shelf } from '../queries';
import { useText } from '../strings';
import styles from './Gallery.module.css';

type GalleryScreenProps = {
  /** `null`: all channels that I am in. */
  channelId: Id | null;
  channelName: string;
  shelf: Shelf | 'links';
  /** The third shelf, given in by the app: links are another feature's. */
  links: ReactNode;
};

/** Everything that was posted in a channel, or everywhere: pictures on one shelf, the rest on the other. */
export function GalleryScreen({ channelId, channelName, shelf, links }: GalleryScreenProps) {
  const t = useText();
  const target = (tab: Shelf | 'links') =>
    channelId
      ? ({ to: '/c/$channelId/files', params: { channelId }, search: { tab } } as const)
      : ({ to: '/files', search: { tab } } as const);
  return (
    <Pane>
      <PaneHeader
        title={t('files')}
        icon={<IconFiles size={19} stroke={1.6} aria-hidden="true" />}
        subtitle={channelId ? channelName : t('gallery_everywhere')}
        focusKey={channelId ?? 'everywhere'}
      />
      <PaneBody>
        <div className={styles.sheet}>
          <LinkTabs
            label={t('gallery_shelves')}
            current={shelf}
            tabs={[
              { key: 'pictures', label: t('gallery_pictures'), target: target('pictures') },
              { key: 'files', label: t('gallery_files'), target: target('files') },
              { key: 'links', label: t('gallery_links'), target: target('links') },
            ]}
          />
          {shelf === 'links' ? links : <FilesOf key={shelf} channelId={channelId} shelf={shelf} />}
        </div>
      </PaneBody>
    </Pane>
  );
}

function FilesOf({ channelId, shelf }: { channelId: Id | null; shelf: Shelf }) {
  const t = useText();
  const [byHand] = useState(picturesComeByHand);
  const gallery = useGallery(channelId, shelf);
  const items = gallery.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      {gallery.isPending && <Skeleton rows={6} />}
      {gallery.error && <ErrorState error={gallery.error} onRetry={() => void gallery.refetch()} />}
      {gallery.data && items.length === 0 && (
        <EmptyState
          icon={<IconPhoto size={28} stroke={1.4} aria-hidden="true" />}
          text={shelf === 'pictures' ? t('gallery_no_pictures') : t('gallery_no_files')}
        />
      )}
      {items.length > 0 && (shelf === 'pictures' ? <PictureShelf items={items} byHand={byHand} /> : <FileShelf items={items} />)}
      {gallery.hasNextPage && (
        <Button tone="plain" busy={gallery.isFetchingNextPage} onClick={() => void gallery.fetchNextPage()}>
          {t('gallery_more')}
        </Button>
      )}
    </>
  );
}
