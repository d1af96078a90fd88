import { IconMailX } from '@tabler/icons-react';
import type { LostMail } from '@/api/types';
import { currentLocale } from '@/i18n/core';
import { formatDateTime } from '@/lib/time';
import { CardList } from '@/ui/CardList';
import { CardRow } from '@/ui/CardRow';
import { EmptyState } from '@/ui/EmptyState';
import { Section } from '@/ui/Section';
import { mailTroubleKey } from '../model';
import { useText } from '../strings';

/** What did not go out in the last week, and why. */
export function LostMailPart({ lost }: { lost: LostMail[] }) {
  const t = useText();
  const kindKey = ({ kind }: LostMail) => (kind === 'reset' || kind === 'invitation' ? (`mail_kind_${kind}` as const) : 'mail_kind_other');
  const why = ({ trouble }: LostMail) => [t(mailTroubleKey(trouble.code)), trouble.answer && t('mail_said', { answer: trouble.answer })].filter(Boolean).join(' ');
  return (
    <Section title={t('mail_lost')} hint={t('mail_lost_hint')}>
      {lost.length === 0 && <EmptyState text={t('mail_none_lost')} />}
      {lost.length > 0 && (
        <CardList label={t('mail_lost')}>
          {lost.map((letter) => (
            <CardRow
              key={`${letter.email} ${letter.at}`}
              lead={<IconMailX size={22} stroke={1.6} aria-hidden="true" />}
              title={t(kindKey(letter))}
              text={t('mail_lost_row', { email: letter.email, time: formatDateTime(letter.at, currentLocale()), why: why(letter) })}
            />
          ))}
        </CardList>
      )}
    </Section>
  );
}
