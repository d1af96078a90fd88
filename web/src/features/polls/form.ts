/** A poll while it is being written. Plain data in, plain data out. */
import type { Id, PollKind, PollRequest, PreparedPoll, PreparePoll } from '@/api/types';

export const MAX_ANSWERS = 12;
export const MAX_ANSWER_CHARACTERS = 200;
export const MAX_WORD_CHARACTERS = 40;
export const KINDS = ['single', 'several', 'scale', 'words'] as const satisfies readonly PollKind[];
/** From where to where a scale goes. */
export const SCALES = { to_5: [1, 5], to_7: [1, 7], to_10: [0, 10] } as const;
const HOUR_S = 3_600;
/** How long a poll stays open; `never`: until somebody closes it. */
export const LASTING = { never: null, hour: HOUR_S, day: 24 * HOUR_S, week: 7 * 24 * HOUR_S } as const;

export type PollForm = {
  question: string;
  kind: PollKind;
  answers: string[];
  scale: keyof typeof SCALES;
  low: string;
  high: string;
  anonymous: boolean;
  hidden: boolean;
  lasting: keyof typeof LASTING;
};

export function emptyForm(question: string): PollForm {
  return { question, kind: 'single', answers: ['', ''], scale: 'to_5', low: '', high: '', anonymous: false, hidden: false, lasting: 'never' };
}

const chooses = (kind: PollKind) => kind === 'single' || kind === 'several';
const answersOf = ({ answers }: PollForm) => answers.map((answer) => answer.trim()).filter((answer) => answer !== '');

export function isReady(form: PollForm): boolean {
  return form.question.trim() !== '' && (!chooses(form.kind) || answersOf(form).length >= 2);
}

/** What will be asked, whenever that is. */
export function contentOf(form: PollForm): PreparePoll {
  const [from, to] = SCALES[form.scale];
  const open_s = LASTING[form.lasting];
  return {
    question: form.question.trim(),
    kind: form.kind,
    ...(chooses(form.kind) && { options: answersOf(form) }),
    ...(form.kind === 'scale' && { scale: { from, to, low: form.low.trim(), high: form.high.trim() } }),
    anonymous: form.anonymous,
    hidden: form.hidden,
    ...(open_s !== null && { open_s }),
  };
}

/** The same, asked now. */
export function requestOf(form: PollForm, ids: { id: Id; message_id: Id; topic_id?: Id }, now_us: number): PollRequest {
  const { open_s, ...content } = contentOf(form);
  return { ...content, ...ids, ...(open_s !== undefined && { closes_at: now_us + open_s * 1_000_000 }) };
}

/** What was prepared, to be changed. */
export function formOf({ content }: PreparedPoll): PollForm {
  const { question, kind = 'single', options = [], scale, anonymous = false, hidden = false, open_s } = content;
  const scales = Object.keys(SCALES) as (keyof typeof SCALES)[];
  const lasting = Object.keys(LASTING) as (keyof typeof LASTING)[];
  return {
    ...emptyForm(question),
    kind,
    answers: options.length >= 2 ? [...options] : ['', ''],
    scale: scales.find((key) => SCALES[key][0] === scale?.from && SCALES[key][1] === scale.to) ?? 'to_5',
    low: scale?.low ?? '',
    high: scale?.high ?? '',
    anonymous,
    hidden,
    lasting: lasting.find((key) => LASTING[key] === open_s) ?? 'never',
  };
}
