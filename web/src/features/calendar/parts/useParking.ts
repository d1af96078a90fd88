import { useEffect, useRef, useState } from 'react';
import type { Id, Meeting } from '@/api/types';
import { settle } from '@/lib/settle';
import { uuidv7 } from '@/lib/uuidv7';
import { navigate } from '@/router/location';
import { tellRefusal } from '@/ui/tellRefusal';
import { showToast } from '@/ui/toast';
import { usePark, type Parked } from '../parkQueries';
import { useCallOff } from '../queries';
import { useText } from '../strings';

/** Writes a meeting down; `still`: that was done, and the meeting could not be called off. */
export function useParking(meeting: Meeting, channelId: Id, onClose: () => void) {
  const t = useText();
  const isHere = useIsHere();
  const park = usePark(meeting.id);
  const callOff = useCallOff(meeting.id);
  const idsFor = useIds();
  const [still, setStill] = useState<Parked | null>(null);
  const topicId = channelId === meeting.channel_id ? meeting.topic_id : null;

  const read = (parked: Parked) => {
    onClose();
    readParked(parked);
  };
  const callOffLater = () => settle(callOff.mutateAsync(false), { onError: tellRefusal });
  const finish = (parked: Parked) => {
    if (parked.error && isHere.current) setStill(parked);
    else if (parked.error) showToast(t('park_still'), { tone: 'urgent', action: { label: t('call_off'), run: callOffLater } });
    else if (isHere.current) read(parked);
  };
  const send = (text: string, people: Id[], how: { callsOff: boolean; words_ok: boolean }) => {
    if (park.isPending) return;
    const ids = idsFor(channelId);
    const message = { id: ids.message, text, words_ok: how.words_ok, ...(topicId && { topic_id: topicId }) };
    const topic = topicId ? null : { id: ids.topic, title: meeting.title };
    settle(park.mutateAsync({ channelId, message, topic, people, callsOff: how.callsOff }), { onSuccess: finish });
  };
  return { send, read, topicId, still, isPending: park.isPending, error: park.error };
}

/** Sending twice writes once; in another channel it is another message. */
function useIds() {
  const made = useRef(new Map<Id, { message: Id; topic: Id }>());
  return (channelId: Id) => {
    const ids = made.current.get(channelId) ?? { message: uuidv7(), topic: uuidv7() };
    made.current.set(channelId, ids);
    return ids;
  };
}

/** Whether the part that asks is still on the screen. */
function useIsHere() {
  const isHere = useRef(false);
  useEffect(() => {
    isHere.current = true;
    return () => {
      isHere.current = false;
    };
  }, []);
  return isHere;
}

function readParked({ channelId, topicId }: Parked): void {
  if (topicId) navigate({ to: '/c/$channelId/t/$topicId', params: { channelId, topicId } });
  else navigate({ to: '/c/$channelId', params: { channelId } });
}
