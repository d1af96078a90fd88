/** Questions: a board, the boards of a place, and the acts on them. */
import { useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { ChangeQuestion, Id, NewQuestion, NewQuestions, Questions, QuestionsList, QuestionsView, Seq } from '@/api/types';
import { askAgain } from '@/realtime/askAgain';
import { registerEvents } from '@/realtime/events';
import { putPeople } from '@/realtime/people';
import { recentEvents } from '@/realtime/recent';
import { questionEvents } from './events';
import { boardsKey, questionsKey } from './keys';
import { withMyVote } from './model';

// With the first board on the screen, not with the app: before it there is nothing to keep true.
registerEvents(questionEvents);

const pathOf = (channel_id: Id, questions_id: Id) => `/api/channels/${channel_id}/questions/${questions_id}`;

const seqNow = (channel_id: Id) => recentEvents.after(channel_id, 0)?.at(-1)?.seq ?? 0;

/** Asks again when more came while an answer was on its way than what one did oneself. */
function checkMissed(client: QueryClient, { id, channel_id }: Questions, known: Seq, n_own: number): void {
  const missed = (recentEvents.after(channel_id, known) ?? []).filter((event) => event.kind === 'questions.changed');
  if (missed.filter(({ body }) => body.questions_id === id).length > n_own) askAgain(client, questionsKey(channel_id, id));
}

export function useQuestions(channel_id: Id, questions_id: Id) {
  return useQuery({
    queryKey: questionsKey(channel_id, questions_id),
    queryFn: async ({ client, signal }) => {
      const known = seqNow(channel_id);
      const view = await api.get<QuestionsView>(pathOf(channel_id, questions_id), {}, { signal });
      putPeople(client, view.people);
      checkMissed(client, view.questions, known, 0);
      return view;
    },
    // Events keep it true.
    staleTime: Number.POSITIVE_INFINITY,
  });
}

/** Where questions are collected in this topic, or in the stream of the channel: the newest board, or none. */
export function useBoardOf(channel_id: Id, topic_id: Id | null) {
  return useQuery({
    queryKey: boardsKey(channel_id),
    queryFn: ({ signal }) => api.get<QuestionsList>(`/api/channels/${channel_id}/questions`, {}, { signal }),
    select: ({ items }): Questions | null => items.find((board) => board.topic_id === topic_id) ?? null,
  });
}

export function useBegin(channel_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (request: NewQuestions) => api.post<QuestionsView>(`/api/channels/${channel_id}/questions`, request, { carriesId: true }),
    onSuccess: () => cache.invalidateQueries({ queryKey: boardsKey(channel_id) }),
  });
}

function useAct<Wanted>(channel_id: Id, questions_id: Id, act: (path: string, wanted: Wanted) => Promise<QuestionsView>) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (wanted: Wanted) => act(pathOf(channel_id, questions_id), wanted),
    onMutate: () => ({ known: seqNow(channel_id) }),
    onSuccess: (view, _wanted, { known }) => {
      putPeople(cache, view.people);
      cache.setQueryData(questionsKey(channel_id, questions_id), view);
      checkMissed(cache, view.questions, known, 1);
    },
  });
}

export function useAskQuestion(channel_id: Id, questions_id: Id) {
  return useAct(channel_id, questions_id, (path, request: NewQuestion) =>
    api.post<QuestionsView>(`${path}/items`, request, { carriesId: true }),
  );
}

export function useChangeQuestion(channel_id: Id, questions_id: Id) {
  return useAct(channel_id, questions_id, (path, { id, ...change }: ChangeQuestion & { id: Id }) =>
    api.patch<QuestionsView>(`${path}/items/${id}`, change),
  );
}

export function useMergeQuestion(channel_id: Id, questions_id: Id) {
  return useAct(channel_id, questions_id, (path, { id, into_id }: { id: Id; into_id: Id }) =>
    api.post<QuestionsView>(`${path}/items/${id}/merge`, { into_id }),
  );
}

export function useCloseQuestions(channel_id: Id, questions_id: Id) {
  return useAct(channel_id, questions_id, (path, _: void) => api.post<QuestionsView>(`${path}/close`));
}

export function useVoteForQuestion(channel_id: Id, questions_id: Id) {
  const cache = useQueryClient();
  const key = questionsKey(channel_id, questions_id);
  return useMutation({
    mutationFn: ({ id, votes }: { id: Id; votes: boolean }) =>
      api.put<QuestionsView>(`${pathOf(channel_id, questions_id)}/items/${id}/my-vote`, { votes }),
    onMutate: ({ id, votes }) => {
      cache.setQueryData<QuestionsView>(key, (view) => view && withMyVote(view, id, votes));
      return { known: seqNow(channel_id) };
    },
    onSuccess: (view, _vote, { known }) => {
      cache.setQueryData(key, view);
      checkMissed(cache, view.questions, known, 1);
    },
    onError: () => cache.invalidateQueries({ queryKey: key }),
  });
}

export function useWithdraw(channel_id: Id, questions_id: Id) {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (id: Id) => api.del(`${pathOf(channel_id, questions_id)}/items/${id}`),
    onSettled: () => cache.invalidateQueries({ queryKey: questionsKey(channel_id, questions_id) }),
  });
}
