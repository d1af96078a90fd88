import { IconKey } from '@tabler/icons-react';
import type { ApiToken } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate, formatRelative } from '@/lib/time';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { scopeKey } from '../model';
import { useText } from '../strings';

export function TokenRow({ token, now, onRevoke }: { token: ApiToken; now: number; onRevoke: () => void }) {
  const t = useText();
  const locale = currentLocale();
  const scopes = new Intl.ListFormat(locale).format(token.scopes.map((scope) => t(scopeKey(scope))));
  const seen = formatRelative(Math.min(token.seen_at, now), now, locale);
  return (
    <CardRow
      lead={<IconKey size={22} stroke={1.6} aria-hidden="true" />}
      title={token.name}
      text={
        <>
          {scopes}
          <br />
          {token.seen_at === token.created_at ? t('token_unused') : t('token_seen', { seen })}{' '}
          {token.expires_at === null ? t('token_no_end') : t('token_until', { date: formatDate(token.expires_at, locale) })}
        </>
      }
      end={
        <Button size="s" tone="plain" onClick={onRevoke} aria-label={t('revoke_token_name', { name: token.name })}>
          {t('revoke_token')}
        </Button>
      }
    />
  );
}
