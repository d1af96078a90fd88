import type { Id } from '@/api/types';

/** The channel's id is in them, so that a reset of the channel reaches them. */
export const questionsKey = (channel_id: Id, questions_id: Id) => ['questions', channel_id, questions_id] as const;
export const boardsKey = (channel_id: Id) => ['question-boards', channel_id] as const;
