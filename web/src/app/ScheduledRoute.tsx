import { ScheduledScreen } from '@/features/later/screens/ScheduledScreen';
import { WordsField } from '@/features/messages/parts/WordsField';

/** What waits for its time, with the composer's field where words are changed. */
export function ScheduledRoute() {
  return <ScheduledScreen WordsField={WordsField} />;
}
