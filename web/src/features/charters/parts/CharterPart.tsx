import { useState } from 'react';
import type { CharterView } from '@/api/types';
import { Button } from '@/ui/Button';
import { ErrorState } from '@/ui/ErrorState';
import { LinkButton } from '@/ui/LinkButton';
import { Skeleton } from '@/ui/Skeleton';
import { kinds, sayPace } from '../model';
import { useCharter, type CharterPath } from '../queries';
import { useText } from '../strings';
import { CharterDialog } from './CharterDialog';
import styles from './Charter.module.css';

/** What is expected in a place, who says so, and the way to change it for whoever looks after it. */
export function CharterPart({ path }: { path: CharterPath }) {
  const t = useText();
  const { data, error, refetch } = useCharter(path);
  const [isChanging, setChanging] = useState(false);
  if (!data) return error ? <ErrorState error={error} onRetry={() => void refetch()} /> : <Skeleton rows={2} />;
  return (
    <>
      <Paces view={data} />
      {data.charter.note && (
        <p className={styles.note} dir="auto">
          {data.charter.note}
        </p>
      )}
      <div className={styles.buttons}>
        {data.can_change && (
          <Button size="s" tone="outline" onClick={() => setChanging(true)}>
            {t('change')}
          </Button>
        )}
        <LinkButton to="/charter" size="s" tone="plain">
          {t('whole_charter')}
        </LinkButton>
      </div>
      {isChanging && <CharterDialog path={path} view={data} onClose={() => setChanging(false)} />}
    </>
  );
}

/** `isTop`: of the place that holds everywhere, of which nobody asks who says it. */
export function Paces({ view, isTop = false }: { view: CharterView; isTop?: boolean }) {
  const t = useText();
  return (
    <dl className={styles.paces}>
      {kinds.map((kind) => {
        const { pace, from } = view.expected[kind];
        return (
          <div key={kind}>
            <dt>{t(`kind_${kind}`)}</dt>
            <dd>
              {t('within', { pace: sayPace(pace, t) })} {!isTop && <small>{t(`from_${from}`)}</small>}
            </dd>
          </div>
        );
      })}
      {view.expected.tells_hosts.is_on && (
        <div>
          <dt>{t('tells_hosts')}</dt>
          <dd>
            {t('tells_hosts_yes')} {!isTop && <small>{t(`from_${view.expected.tells_hosts.from}`)}</small>}
          </dd>
        </div>
      )}
    </dl>
  );
}
