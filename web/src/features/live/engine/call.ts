/** A room, from the first ticket to leaving it: what is heard and seen there as plain data, and what one does in it. */
import { ConnectionQuality, DisconnectReason, LogLevel, Room, RoomEvent, setLogLevel, Track, type Participant, type RemoteTrack, type TrackPublication } from 'livekit-client';
import { problemOf } from '@/api/client';
import type { Id, LiveTicket } from '@/api/types';
import { chooseBackground, type Background } from './background';
import { Camera } from './camera';
import { chooseDevice, chosenDevice, type Kind } from './devices';

export type CallState = 'away' | 'joining' | 'in' | 'moving' | 'coming_back' | 'sent_out' | 'elsewhere' | 'refused';

export type Tile = {
  key: string;
  person_id: Id;
  isMine: boolean;
  isScreen: boolean;
  isSpeaking: boolean;
  isMuted: boolean;
  /** When they were heard last, in ms; 0: not yet. */
  spokeAt: number;
  /** What draws the picture; null where there is none. */
  video: Track | null;
};

export type CallView = {
  state: CallState;
  /** Whether one was in since one asked to; then the room stays on the screen while one comes back. */
  wasIn: boolean;
  tiles: readonly Tile[];
  mic: boolean;
  camera: boolean;
  screen: boolean;
  canSpeak: boolean;
  /** Only sound comes: no picture is asked for, and none sent. */
  audioOnly: boolean;
  /** The line is too weak for what is on it. */
  isWeak: boolean;
  /** This device does not keep up with what stands behind its person. */
  isSlow: boolean;
  /** In which smaller room one is. */
  breakout_id: Id | null;
  /** What people show for a moment, the newest last. */
  reactions: readonly Reaction[];
  /** Why a device is not on, or why the door stays closed. */
  error: unknown;
};

export type Reaction = { n: number; person_id: Id; emoji: string };

export type Wish = { mic: boolean; camera: boolean };

// It writes each lost connection to the console as an error; here that is a state with a way back.
setLogLevel(LogLevel.silent);

const NOTHING: CallView = { state: 'away', wasIn: false, tiles: [], mic: false, camera: false, screen: false, canSpeak: false, audioOnly: false, isWeak: false, isSlow: false, breakout_id: null, reactions: [], error: null };
/** Between two tries to come back, in ms; the last one again and again. */
const PAUSES_MS = [500, 1000, 2000, 4000, 8000, 15_000];
/** How long a reaction is shown, in ms. */
const REACTION_MS = 4000;
const EVENTS = [
  RoomEvent.ParticipantConnected,
  RoomEvent.ParticipantDisconnected,
  RoomEvent.TrackSubscribed,
  RoomEvent.TrackUnsubscribed,
  RoomEvent.TrackMuted,
  RoomEvent.TrackUnmuted,
  RoomEvent.LocalTrackPublished,
  RoomEvent.LocalTrackUnpublished,
  RoomEvent.ActiveDeviceChanged,
  RoomEvent.ActiveSpeakersChanged,
  RoomEvent.ParticipantPermissionsChanged,
  RoomEvent.TrackStreamStateChanged,
  RoomEvent.ConnectionQualityChanged,
] as const;

export const personOf = (identity: string): Id => identity.split(':', 1)[0] ?? '';

export class Call {
  #room: Room | null = null;
  #view = NOTHING;
  #listeners = new Set<() => void>();
  #sounds = new Map<string, HTMLMediaElement>();
  #ticket: () => Promise<LiveTicket>;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #spokeAt = new Map<string, number>();
  #n_reactions = 0;
  #camera = new Camera(() => this.#show({ ...this.#view, isSlow: true }));

  constructor(ticket: () => Promise<LiveTicket>) {
    this.#ticket = ticket;
  }

  subscribe = (listener: () => void): (() => void) => {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  };

  read = (): CallView => this.#view;

  async join(wish: Wish): Promise<void> {
    if (this.#room) return;
    this.#show({ ...NOTHING, audioOnly: this.#view.audioOnly, state: 'joining' });
    await this.#connect(wish, 0);
  }

  async leave(): Promise<void> {
    clearTimeout(this.#timer);
    const room = this.#room;
    this.#forget();
    this.#show(NOTHING);
    await room?.disconnect();
  }

  /** Goes to the room in which one is meant to be now; what was on stays on, but for the screen. */
  async move(): Promise<void> {
    const room = this.#room;
    if (!room || this.#view.state !== 'in') return;
    const { mic, camera } = this.#view;
    this.#forget();
    this.#show({ ...this.#view, tiles: [], state: 'moving' });
    await room.disconnect();
    await this.#connect({ mic, camera }, 0);
  }

  /** Asks for no pictures, and sends none; or for all of them again. */
  async setAudioOnly(on: boolean): Promise<void> {
    this.#show({ ...this.#view, audioOnly: on });
    for (const person of this.#room?.remoteParticipants.values() ?? []) {
      for (const publication of person.videoTrackPublications.values()) publication.setSubscribed(!on);
    }
    if (on && this.#view.camera) await this.setCamera(false);
  }

  setMic = (on: boolean) => this.#device((room) => room.localParticipant.setMicrophoneEnabled(on));
  setCamera = (on: boolean) => this.#device((room) => this.#camera.turn(room, on));
  setScreen = (on: boolean) => this.#device((room) => room.localParticipant.setScreenShareEnabled(on, { audio: true }));

  /** What stands behind me, now and the next time. */
  async setBackground(background: Background): Promise<void> {
    chooseBackground(background);
    this.#show({ ...this.#view, isSlow: false, error: null });
    await this.#device((room) => this.#camera.putBehind(room, background));
  }

  async setDevice(kind: Kind, id: string): Promise<void> {
    chooseDevice(kind, id);
    await this.#device((room) => room.switchActiveDevice(kind, id));
  }

  async #connect(wish: Wish, n_tries: number): Promise<void> {
    const room = new Room({
      adaptiveStream: true,
      dynacast: true,
      audioCaptureDefaults: deviceOf('audioinput'),
      videoCaptureDefaults: deviceOf('videoinput'),
    });
    this.#room = room;
    this.#listen(room);
    try {
      const { url, token, breakout_id } = await this.#ticket();
      if (this.#room !== room) return;
      this.#show({ ...this.#view, breakout_id });
      await room.connect(url ?? location.origin, token);
    } catch (error) {
      if (this.#room !== room) return;
      this.#forget();
      // The server said no, in words; everything else is a network that may come back.
      if (isRefusal(error)) this.#show({ ...NOTHING, state: 'refused', error });
      else this.#again(wish, n_tries + 1);
      return;
    }
    if (this.#room !== room) return void room.disconnect();
    this.#look();
    if (wish.mic && this.#view.canSpeak) await this.setMic(true);
    if (wish.camera && this.#view.canSpeak) await this.setCamera(true);
  }

  #again(wish: Wish, n_tries: number): void {
    this.#show({ ...this.#view, tiles: [], reactions: [], screen: false, state: 'coming_back' });
    this.#timer = setTimeout(() => void this.#connect(wish, n_tries), PAUSES_MS[Math.min(n_tries, PAUSES_MS.length) - 1]);
  }

  #listen(room: Room): void {
    const look = () => this.#room === room && this.#look();
    for (const event of EVENTS) room.on(event, look);
    room.on(RoomEvent.Reconnected, look);
    room.on(RoomEvent.Reconnecting, () => this.#room === room && this.#show({ ...this.#view, state: 'coming_back' }));
    room.on(RoomEvent.TrackSubscribed, (track) => this.#play(track));
    room.on(RoomEvent.TrackPublished, (publication) => {
      if (this.#view.audioOnly && publication.kind === Track.Kind.Video) publication.setSubscribed(false);
    });
    room.on(RoomEvent.ActiveSpeakersChanged, (speakers) => {
      for (const { identity } of speakers) this.#spokeAt.set(identity, Date.now());
    });
    room.on(RoomEvent.DataReceived, (payload, _from, _kind, topic) => {
      if (topic === 'reaction') this.#react(payload);
    });
    room.on(RoomEvent.TrackUnsubscribed, (track) => this.#mute(track));
    room.on(RoomEvent.Disconnected, (reason) => this.#room === room && this.#lost(reason));
  }

  #lost(reason: DisconnectReason | undefined): void {
    const { mic, camera, breakout_id } = this.#view;
    const wasIn = this.#view.state !== 'joining';
    this.#forget();
    if (reason === DisconnectReason.PARTICIPANT_REMOVED) this.#show({ ...NOTHING, state: 'sent_out' });
    else if (reason === DisconnectReason.DUPLICATE_IDENTITY) this.#show({ ...NOTHING, state: 'elsewhere' });
    // A smaller room that closes leads back to the large one.
    else if (reason === DisconnectReason.ROOM_DELETED && breakout_id !== null) {
      this.#show({ ...this.#view, tiles: [], state: 'moving' });
      void this.#connect({ mic, camera }, 0);
    } else if (reason === DisconnectReason.ROOM_DELETED) this.#show(NOTHING);
    else if (wasIn) this.#again({ mic, camera }, 1);
  }

  async #device(change: (room: Room) => Promise<unknown>): Promise<void> {
    const room = this.#room;
    if (!room) return;
    try {
      await change(room);
      this.#look(null);
    } catch (error) {
      // A person who closes the browser's question has not failed at anything.
      this.#look(error instanceof DOMException && error.name === 'NotAllowedError' && isClosedByPerson(error) ? null : error);
    }
  }

  #play(track: RemoteTrack): void {
    if (track.kind !== Track.Kind.Audio || !track.sid) return;
    this.#sounds.set(track.sid, track.attach());
  }

  #mute(track: RemoteTrack): void {
    if (track.kind === Track.Kind.Audio && track.sid) this.#sounds.delete(track.sid);
    for (const element of track.detach()) element.remove();
  }

  #look(error: unknown = this.#view.error): void {
    const room = this.#room;
    if (!room) return;
    const me = room.localParticipant;
    const others = [...room.remoteParticipants.values()];
    this.#show({
      ...this.#view,
      state: 'in',
      wasIn: true,
      tiles: [me, ...others].flatMap((one) => tilesOf(one, one === me, this.#spokeAt.get(one.identity) ?? 0)),
      isWeak: me.connectionQuality === ConnectionQuality.Poor || me.connectionQuality === ConnectionQuality.Lost,
      mic: me.isMicrophoneEnabled,
      camera: me.isCameraEnabled,
      screen: me.isScreenShareEnabled,
      canSpeak: me.permissions?.canPublish ?? false,
      error,
    });
  }

  #react(payload: Uint8Array): void {
    let said: { person_id?: unknown; emoji?: unknown };
    try {
      said = JSON.parse(new TextDecoder().decode(payload)) as typeof said;
    } catch {
      return; // Of a newer server; nothing is lost by not showing it.
    }
    const { person_id, emoji } = said;
    if (typeof person_id !== 'string' || typeof emoji !== 'string') return;
    this.#n_reactions += 1;
    const reaction = { n: this.#n_reactions, person_id, emoji };
    this.#show({ ...this.#view, reactions: [...this.#view.reactions.slice(-20), reaction] });
    setTimeout(() => this.#show({ ...this.#view, reactions: this.#view.reactions.filter(({ n }) => n !== reaction.n) }), REACTION_MS);
  }

  #forget(): void {
    this.#room?.removeAllListeners();
    this.#room = null;
    for (const element of this.#sounds.values()) element.remove();
    this.#sounds.clear();
  }

  #show(view: CallView): void {
    this.#view = view;
    for (const listener of this.#listeners) listener();
  }
}

function deviceOf(kind: Kind): { deviceId?: ConstrainDOMString } {
  const deviceId = chosenDevice(kind);
  return deviceId ? { deviceId: { ideal: deviceId } } : {};
}

function tilesOf(one: Participant, isMine: boolean, spokeAt: number): Tile[] {
  const person_id = personOf(one.identity);
  const screen = one.getTrackPublication(Track.Source.ScreenShare);
  const tile = {
    key: one.identity,
    person_id,
    isMine,
    isScreen: false,
    isSpeaking: one.isSpeaking,
    isMuted: !one.isMicrophoneEnabled,
    spokeAt,
    video: pictureOf(one.getTrackPublication(Track.Source.Camera)),
  };
  const shared = { ...tile, key: `${one.identity} screen`, isScreen: true, video: pictureOf(screen) };
  return screen && shared.video ? [shared, tile] : [tile];
}

function pictureOf(publication: TrackPublication | undefined): Track | null {
  return publication && !publication.isMuted ? (publication.track ?? null) : null;
}

function isRefusal(error: unknown): boolean {
  const { status } = problemOf(error);
  return status >= 400 && status < 500 && status !== 429;
}

function isClosedByPerson({ message }: DOMException): boolean {
  return /denied by user|dismissed/i.test(message);
}
