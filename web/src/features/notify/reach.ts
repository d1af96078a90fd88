/** Being told while the app is closed: of this browser, and of my other devices. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, MailWay, PushState, PushTested } from '@/api/types';

const pushKey = ['push'] as const;

/** Why this browser cannot be reached, if it cannot. */
export type Obstacle = 'unsupported' | 'denied';

export function obstacle(): Obstacle | null {
  if (!('serviceWorker' in navigator && 'PushManager' in globalThis && 'Notification' in globalThis)) return 'unsupported';
  return Notification.permission === 'denied' ? 'denied' : null;
}

export function usePush() {
  return useQuery({ queryKey: pushKey, queryFn: ({ signal }) => api.get<PushState>('/api/push', {}, { signal }) });
}

function useChange<Change, Answer>(mutationFn: (change: Change) => Promise<Answer>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn, onSettled: () => cache.invalidateQueries({ queryKey: pushKey }) });
}

/** The browser asks its person, and then gives an address. */
export function useSubscribe() {
  return useChange(async (public_key: string) => {
    if ((await Notification.requestPermission()) !== 'granted') return false;
    const registration = await navigator.serviceWorker.ready;
    const subscription = await registration.pushManager.subscribe({ userVisibleOnly: true, applicationServerKey: public_key });
    const { endpoint, keys } = subscription.toJSON();
    await api.put('/api/push/device', { endpoint, p256dh: keys?.['p256dh'], auth: keys?.['auth'] });
    return true;
  });
}

export function useUnsubscribe() {
  return useChange(async ({ session_id, is_this }: { session_id: Id; is_this: boolean }) => {
    await api.del(`/api/push/devices/${session_id}`);
    if (!is_this) return;
    const registration = await navigator.serviceWorker.getRegistration();
    await (await registration?.pushManager.getSubscription())?.unsubscribe();
  });
}

export function useTestPush() {
  return useChange((_: void) => api.post<PushTested>('/api/push/test', {}));
}

export function useMailWay() {
  return useChange((way: MailWay) => api.put('/api/notices/mail', { way }));
}

export function useHideTexts() {
  return useChange((hides_texts: boolean) => api.put('/api/push/settings', { hides_texts }));
}
