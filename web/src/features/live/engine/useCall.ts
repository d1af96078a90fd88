import { useEffect, useState, useSyncExternalStore } from 'react';
import type { Id } from '@/api/types';
import { enterLive } from '../queries';
import { Call, type CallView } from './call';
import { deviceName } from './device';

/** The call of a session in this tab. Whoever goes elsewhere in the app has left it. */
export function useCall(channel_id: Id, live_id: Id): { call: Call; view: CallView } {
  const [call] = useState(() => new Call(() => enterLive(channel_id, live_id, deviceName())));
  const view = useSyncExternalStore(call.subscribe, call.read);
  useEffect(() => () => void call.leave(), [call]);
  return { call, view };
}
