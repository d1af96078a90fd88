import { IconKey } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { ApiToken } from '@/api/types';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { tokensQuery } from '../queries';
import { useText } from '../strings';
import styles from './Settings.module.css';
import { RevokeTokenDialog } from './RevokeTokenDialog';
import { TokenDialog } from './TokenDialog';
import { TokenRow } from './TokenRow';

/** What programs use in the person's name. */
export function TokensPage({ isAdmin }: { isAdmin: boolean }) {
  const t = useText();
  const now = useMinute();
  const { data: tokens, error, refetch } = useQuery(tokensQuery);
  const [isMaking, setMaking] = useState(false);
  const [revoked, setRevoked] = useState<ApiToken | null>(null);
  const make = <Button onClick={() => setMaking(true)}>{t('make_token')}</Button>;
  return (
    <Section title={t('tokens')} hint={t('tokens_hint')} actions={tokens && tokens.length > 0 && make}>
      {!tokens && !error && <Skeleton rows={2} />}
      {error && <ErrorState error={error} onRetry={() => void refetch()} />}
      {tokens?.length === 0 && <EmptyState icon={<IconKey size={24} stroke={1.6} aria-hidden="true" />} text={t('no_tokens')} action={make} />}
      {tokens && tokens.length > 0 && (
        <CardList label={t('tokens')}>
          {tokens.map((token) => (
            <TokenRow key={token.id} token={token} now={now} onRevoke={() => setRevoked(token)} />
          ))}
        </CardList>
      )}
      <p className={styles.fine}>
        <a href="/docs/api">{t('api_page')}</a>
      </p>
      {isMaking && <TokenDialog isAdmin={isAdmin} onClose={() => setMaking(false)} />}
      {revoked && <RevokeTokenDialog token={revoked} onClose={() => setRevoked(null)} />}
    </Section>
  );
}
