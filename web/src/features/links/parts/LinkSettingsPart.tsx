import { settle } from '@/lib/settle';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { Switch } from '@/ui/Switch';
import { useChangeLinkSettings, useLinkSettings } from '../queries';
import { useText } from '../strings';

/** One switch: for me, or for everybody. */
export function LinkSettingsPart({ isForAll }: { isForAll: boolean }) {
  const t = useText();
  const { data, error, refetch } = useLinkSettings();
  const change = useChangeLinkSettings();
  const say = {
    onSuccess: () => showToast(t('saved')),
    onError: tellRefusal,
  };
  return (
    <Section title={t('previews')}>
      {!data && !error && <Skeleton rows={1} />}
      {!data && error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {data && isForAll && (
        <Switch label={t('fetches')} hint={t('fetches_hint')} checked={data.fetches} disabled={change.isPending} onChange={(fetches) => settle(change.mutateAsync({ fetches }), say)} />
      )}
      {data && !isForAll && (
        <Switch
          label={t('shows')}
          hint={data.fetches ? t('shows_hint') : t('off')}
          checked={data.shows && data.fetches}
          disabled={change.isPending || !data.fetches}
          onChange={(shows) => settle(change.mutateAsync({ shows }), say)}
        />
      )}
    </Section>
  );
}
