import type { ReportVoice as Voice } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { useText } from '../strings';

/** Who minds a message, why, and in which words. */
export function ReportVoice({ voice }: { voice: Voice }) {
  const t = useText();
  const name = usePerson(voice.person_id)?.name ?? t('someone');
  const reason = t(`reason_${voice.reason}`);
  return (
    <li>
      <bdi>{voice.note ? t('voice_note', { name, reason, note: voice.note }) : t('voice', { name, reason })}</bdi>
    </li>
  );
}
