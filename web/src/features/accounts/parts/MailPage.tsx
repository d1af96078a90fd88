import { IconServer } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { Chip } from '@/ui/Chip';
import { EmptyState } from '@/ui/EmptyState';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { mailQuery } from '../queries';
import { useText } from '../strings';
import { LostMailPart } from './LostMailPart';
import { TestMailPart } from './TestMailPart';

/** Which relay takes our mail, whether it does, and what it did not. */
export function MailPage() {
  const t = useText();
  const { data: mail, error, refetch } = useQuery(mailQuery);
  const relay = mail?.relay;
  return (
    <>
      <Section title={t('mail_relay')} hint={t('mail_hint')}>
        {!mail && !error && <Skeleton rows={1} />}
        {error && <ErrorState error={error} onRetry={() => void refetch()} />}
        {mail && !relay && <EmptyState icon={<IconServer size={24} stroke={1.6} aria-hidden="true" />} text={t('no_mail')} />}
        {relay && (
          <CardList label={t('mail_relay')}>
            <CardRow
              lead={<IconServer size={22} stroke={1.6} aria-hidden="true" />}
              title={relay.address}
              text={t('mail_from', { from: relay.from })}
              end={mail.n_waiting > 0 && <Chip tone="due">{t('mail_waiting', { count: mail.n_waiting })}</Chip>}
            />
          </CardList>
        )}
      </Section>
      {relay && <TestMailPart />}
      {relay && <LostMailPart lost={mail.lost} />}
    </>
  );
}
