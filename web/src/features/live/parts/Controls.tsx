import { IconHandStop, IconMessage, IconMicrophone, IconMicrophoneOff, IconPhoneOff, IconScreenShare, IconUsers, IconVideo, IconVideoOff } from '@tabler/icons-react';
import type { LivePerson, LiveSession } from '@/api/types';
import { settle } from '@/lib/settle';
import { tellRefusal } from '@/ui/tellRefusal';
import { useIsPhone } from '@/ui/useIsPhone';
import type { Call, CallView } from '../engine/call';
import { useHand } from '../queries';
import { useText } from '../strings';
import { Control } from './Control';
import styles from './Live.module.css';
import { ReactControl } from './ReactControl';
import type { PanelName } from './Beside';

type ControlsProps = {
  session: LiveSession;
  me: LivePerson | undefined;
  call: Call;
  view: CallView;
  panel: PanelName | null;
  onPanel: (name: PanelName) => void;
  onLeave: () => void;
};
const icon = { size: 20, stroke: 1.6, 'aria-hidden': true } as const;
const canShare = typeof navigator !== 'undefined' && 'getDisplayMedia' in (navigator.mediaDevices ?? {});

/** On a phone the five that are needed at once; the rest is in the menu. */
export function Controls({ session, me, call, view, panel, onPanel, onLeave }: ControlsProps) {
  const t = useText();
  const isPhone = useIsPhone();
  const hand = useHand(session.channel_id, session.id);
  const hasHand = me?.hand_at != null;
  const toggleHand = () => settle(hand.mutateAsync(!hasHand), { onError: tellRefusal });
  const notes = view.breakout_id ? t('notes') : t('backchannel');
  return (
    <div className={styles.controls} role="toolbar" aria-label={t('controls')}>
      {view.canSpeak && (
        <>
          <Control icon={view.mic ? <IconMicrophone {...icon} /> : <IconMicrophoneOff {...icon} />} label={view.mic ? t('mute') : t('unmute')} shortcut="M" onPress={() => void call.setMic(!view.mic)} />
          <Control icon={view.camera ? <IconVideo {...icon} /> : <IconVideoOff {...icon} />} label={t('camera')} shortcut="V" isOn={view.camera} onPress={() => void call.setCamera(!view.camera)} />
          {canShare && !isPhone && <Control icon={<IconScreenShare {...icon} />} label={t('share')} isOn={view.screen} onPress={() => void call.setScreen(!view.screen)} />}
        </>
      )}
      <Control icon={<IconHandStop {...icon} />} label={t('hand')} shortcut="H" isOn={hasHand} onPress={toggleHand} />
      {!isPhone && <ReactControl session={session} />}
      {(view.breakout_id ?? session.backchannel_id) && (
        <Control icon={<IconMessage {...icon} />} label={isPhone ? t('notes') : notes} isOn={panel === 'backchannel'} onPress={() => onPanel('backchannel')} />
      )}
      {!isPhone && <Control icon={<IconUsers {...icon} />} label={t('people')} isOn={panel === 'people'} onPress={() => onPanel('people')} />}
      <Control icon={<IconPhoneOff {...icon} />} label={t('leave')} isDanger onPress={onLeave} />
    </div>
  );
}
