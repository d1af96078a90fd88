import type { Id, LiveSession } from '@/api/types';
import { usePerson } from '@/realtime/people';
import { useText } from '../strings';

/** Says to those who do not see the stage who interprets there. */
export function InterpreterLine({ session: { interpreters } }: { session: LiveSession }) {
  return (
    <div className="visually-hidden" role="status">
      {interpreters.map((id) => (
        <Name key={id} id={id} />
      ))}
    </div>
  );
}

function Name({ id }: { id: Id }) {
  const t = useText();
  const person = usePerson(id);
  return <p>{t('who_interprets', { name: person?.name ?? t('somebody') })}</p>;
}
