import { IconFingerprint, IconPencil } from '@tabler/icons-react';
import type { OwnPasskey } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate, formatRelative } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { IconButton } from '@/ui/IconButton';
import { useText } from '../strings';

export function PasskeyRow({ passkey, onRename, onRemove }: { passkey: OwnPasskey; onRename: () => void; onRemove: () => void }) {
  const t = useText();
  const [locale, now] = [currentLocale(), useMinute()];
  const { name, used_at: usedAt } = passkey;
  const since = t('since', { date: formatDate(passkey.since, locale) });
  const used = usedAt === null ? t('passkey_unused') : t('passkey_used', { when: formatRelative(Math.min(usedAt, now), now, locale) });
  return (
    <CardRow
      lead={<IconFingerprint size={22} stroke={1.6} aria-hidden="true" />}
      title={name}
      text={
        <>
          {t('passkey_times', { since, used })}
          {passkey.suspect && (
            <>
              <br />
              {t('passkey_suspect')}
            </>
          )}
        </>
      }
      end={
        <>
          {passkey.suspect && <Chip tone="urgent">{t('passkey_copied')}</Chip>}
          <IconButton label={t('rename_passkey_name', { name })} onClick={onRename}>
            <IconPencil size={18} stroke={1.6} aria-hidden="true" />
          </IconButton>
          <Button size="s" tone="plain" onClick={onRemove} aria-label={t('remove_passkey_name', { name })}>
            {t('remove')}
          </Button>
        </>
      }
    />
  );
}
