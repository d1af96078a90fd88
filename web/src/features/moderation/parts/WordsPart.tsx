import { useQuery } from '@tanstack/react-query';
import { ErrorState } from '@/ui/ErrorState';
import { Section } from '@/ui/Section';
import { Skeleton } from '@/ui/Skeleton';
import { wordsQuery } from '../queries';
import { useText } from '../strings';
import { WordsForm } from './WordsForm';

/** What the workspace does not want said; for administrators. */
export function WordsPart() {
  const t = useText();
  const { data: list, error, refetch } = useQuery(wordsQuery);
  return (
    <Section title={t('words')} hint={t('words_hint')}>
      {!list && !error && <Skeleton rows={3} />}
      {error && !list && <ErrorState error={error} onRetry={() => void refetch()} />}
      {list && <WordsForm list={list} />}
    </Section>
  );
}
