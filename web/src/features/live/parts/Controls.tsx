import { IconDoorExit, IconHandStop, IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconScreenShare, IconVideo, IconVideoOff } from '@tabler/icons-react';
import type { LivePerson, LiveSession } from '@/api/types';
import { settle } from '@/lib/settle';
import { tellRefusal } from '@/ui/tellRefusal';
import type { Call, CallView } from '../engine/call';
import { useHand } from '../queries';
import { useText } from '../strings';
import { Control } from './Control';
import styles from './Live.module.css';

type ControlsProps = { session: LiveSession; me: LivePerson | undefined; call: Call; view: CallView; onEnd: (() => void) | null; onLeave: () => void };
const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;
const canShare = typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});

export function Controls({ session, me, call, view, onEnd, onLeave }: ControlsProps) {
  const t = useText();
  const hand = useHand(session.channel_id, session.id);
  const hasHand = me?.hand_at != null;
  const toggleHand = () => settle(hand.mutateAsync(!hasHand), { onError: tellRefusal });
  return (
    <div className={styles.controls} role="toolbar" aria-label={t('controls')}>
      {view.canSpeak && (
        <>
          <Control icon={view.mic ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />} label={view.mic ? t('mute') : t('unmute')} shortcut="M" onPress={() => void call.setMic(!view.mic)} />
          <Control icon={view.camera ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />} label={view.camera ? t('camera_off') : t('camera_on')} shortcut="V" onPress={() => void call.setCamera(!view.camera)} />
          {canShare && <Control icon={<IconScreenShare {...icon} />} label={t('share')} isOn={view.screen} onPress={() => void call.setScreen(!view.screen)} />}
        </>
      )}
      <Control icon={<IconHandStop {...icon} />} label={t('hand')} shortcut="H" isOn={hasHand} onPress={toggleHand} />
      {onEnd && <Control icon={<IconDoorExit {...icon} />} label={t('end')} onPress={onEnd} />}
      <Control icon={<IconPhoneOff {...icon} />} label={t('leave')} isDanger onPress={onLeave} />
    </div>
  );
}
