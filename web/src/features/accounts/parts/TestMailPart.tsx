import { Button } from '@/ui/Button';
import { FormError } from '@/ui/FormError';
import { Section } from '@/ui/Section';
import { useTestMail } from '../changes';
import { mailTroubleKey } from '../model';
import { useText } from '../strings';
import styles from './Settings.module.css';

/** The button that tries the relay, and what it answers in words. */
export function TestMailPart() {
  const t = useText();
  const test = useTestMail();
  const tested = test.data;
  const answer = tested?.trouble?.answer ?? tested?.answer;
  return (
    <Section title={t('mail_test')} hint={t('mail_test_hint')}>
      <div className={styles.buttons}>
        <Button tone="primary" busy={test.isPending} onClick={() => test.mutate()}>
          {t('test_mail')}
        </Button>
      </div>
      <div role="status">
        {tested && !test.isPending && (
          <>
            <p className={styles.outcome}>{tested.trouble ? t(mailTroubleKey(tested.trouble.code)) : t('mail_taken')}</p>
            {answer && (
              <p className={styles.fine}>
                <bdi>{t('mail_said', { answer })}</bdi>
              </p>
            )}
          </>
        )}
      </div>
      <FormError error={test.error} />
    </Section>
  );
}
