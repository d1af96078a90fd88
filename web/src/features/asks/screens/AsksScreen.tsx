import { IconMessageQuestion } from '@tabler/icons-react';
import { useState } from 'react';
import type { AskSide } from '@/api/types';
import { usePlace } from '@/router/usePlace';
import { useMe } from '@/realtime/start';
import { Button } from '@/ui/Button';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { keepFocus } from '@/ui/keepFocus';
import { LinkTabs } from '@/ui/LinkTabs';
import { Pane } from '@/ui/Pane';
import { PaneBody } from '@/ui/PaneBody';
import { PaneHeader } from '@/ui/PaneHeader';
import { Skeleton } from '@/ui/Skeleton';
import { AskList } from '../parts/AskList';
import styles from '../parts/Asks.module.css';
import { GoneAsks } from '../parts/GoneAsks';
import { WordsDialog } from '../parts/WordsDialog';
import { useAskCounts, useAsks } from '../queries';
import { useText } from '../strings';

/** What waits for me, and what I wait for; what is due next first. */
export function AsksScreen() {
  const t = useText();
  const me_id = useMe()?.id ?? '';
  const side: AskSide = usePlace().search.tab === 'waiting' ? 'i_wait_for' : 'on_me';
  const counts = useAskCounts(me_id).data;
  const [hasWords, setWords] = useState(false);
  const tabs = [
    { key: 'on_me', label: counts ? t('on_me_n', { n: counts.n_on_me }) : t('on_me'), target: { to: '/asks' as const } },
    { key: 'i_wait_for', label: counts ? t('i_wait_for_n', { n: counts.n_i_wait_for }) : t('i_wait_for'), target: { to: '/asks' as const, search: { tab: 'waiting' as const } } },
  ];
  return (
    <Pane>
      <PaneHeader title={t('asks_title')} icon={<IconMessageQuestion size={19} stroke={1.6} aria-hidden="true" />} subtitle={t('asks_subtitle')} />
      <LinkTabs label={t('asks_title')} current={side} tabs={tabs} />
      <PaneBody>
        <div ref={keepFocus} className={styles.sheet}>
          <Side key={side} side={side} me_id={me_id} />
          <Button size="s" tone="plain" onClick={() => setWords(true)}>
            {t('words_open')}
          </Button>
        </div>
      </PaneBody>
      {hasWords && <WordsDialog onClose={() => setWords(false)} />}
    </Pane>
  );
}

function Side({ side, me_id }: { side: AskSide; me_id: string }) {
  const t = useText();
  const asks = useAsks(me_id, side);
  const items = asks.data?.pages.flatMap((page) => page.items) ?? [];
  const gone = asks.data?.pages[0]?.gone ?? [];
  return (
    <>
      {asks.isPending && <Skeleton rows={6} />}
      {asks.error && <ErrorState error={asks.error} onRetry={() => void asks.refetch()} />}
      {asks.data && items.length === 0 && <EmptyState icon={<IconMessageQuestion size={28} stroke={1.4} aria-hidden="true" />} text={t(`empty_${side}`)} />}
      {items.length > 0 && <AskList items={items} label={t(side)} me_id={me_id} />}
      {asks.hasNextPage && (
        <Button tone="plain" busy={asks.isFetchingNextPage} onClick={() => void asks.fetchNextPage()}>
          {t('more')}
        </Button>
      )}
      {asks.data && items.length > 0 && !asks.hasNextPage && <p className={styles.end}>{t('that_is_all')}</p>}
      {gone.length > 0 && <GoneAsks asks={gone} me_id={me_id} />}
    </>
  );
}
