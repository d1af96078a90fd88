import { IconDeviceLaptop } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { Session } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDate, formatRelative } from '@/lib/time';
import { useMinute } from '@/lib/useMinute';
import { Button } from '@/ui/Button';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { sessionsQuery, signInWaysQuery } from '../queries';
import { useText } from '../strings';
import { EndSessionDialog } from './EndSessionDialog';
import { PasswordPart } from './PasswordPart';

export function SessionsPage() {
  const t = useText();
  const locale = currentLocale();
  const now = useMinute();
  const { data: sessions, error, refetch } = useQuery(sessionsQuery);
  const { data: ways } = useQuery(signInWaysQuery);
  const [asked, setAsked] = useState<Session | 'others' | null>(null);
  const others = sessions?.filter((session) => !session.current) ?? [];
  return (
    <>
      <Section
        title={t('sessions')}
        hint={t('sessions_hint')}
        actions={
          others.length > 0 && (
            <Button size="s" tone="outline" onClick={() => setAsked('others')}>
              {t('end_others')}
            </Button>
          )
        }
      >
        {!sessions && !error && <Skeleton rows={3} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {sessions && (
          <CardList label={t('sessions')}>
            {sessions.map((session) => (
              <CardRow
                key={session.id}
                lead={<IconDeviceLaptop size={22} stroke={1.6} aria-hidden="true" />}
                title={session.device || t('unknown_device')}
                text={t('session_times', {
                  seen: formatRelative(Math.min(session.seen_at, now), now, locale),
                  since: formatDate(session.created_at, locale),
                })}
                end={
                  session.current ? (
                    <Chip tone="accent">{t('this_one')}</Chip>
                  ) : (
                    <Button
                      size="s"
                      tone="plain"
                      onClick={() => setAsked(session)}
                      aria-label={t('sign_out_device', { device: session.device || t('unknown_device') })}
                    >
                      {t('sign_out')}
                    </Button>
                  )
                }
              />
            ))}
          </CardList>
        )}
        {asked && <EndSessionDialog session={asked === 'others' ? null : asked} onClose={() => setAsked(null)} />}
      </Section>
      {ways?.password !== false && (
        <Section title={t('password')} hint={t('password_hint')}>
          <PasswordPart />
        </Section>
      )}
    </>
  );
}
