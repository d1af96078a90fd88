/** Everything a person can change about how they sign in. */
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { api } from '@/api/client';
import type { Id, OidcBegun, OwnPasskey, PasskeyAnswer, PasskeyMade, PasskeyOffer, PasskeyQuestion, RecoveryCodes, SignInPolicy, TotpOffer } from '@/api/types';
import { askPasskey, makePasskey } from '@/lib/passkeys';

/** What proves that it is the person: their password, where they have one. */
export type Proof = { password?: string };

/** After which the ways in are another. */
function useWay<Input, Output>(change: (input: Input) => Promise<Output>) {
  const cache = useQueryClient();
  return useMutation({ mutationFn: change, onSuccess: () => cache.invalidateQueries({ queryKey: ['own-ways'] }) });
}

export function useBeginTotp() {
  return useMutation({ mutationFn: (proof: Proof) => api.post<TotpOffer>('/api/me/totp', proof) });
}

export function useConfirmTotp() {
  return useWay((code: string) => api.post<RecoveryCodes>('/api/me/totp/confirm', { code }));
}

export function useRemoveTotp() {
  return useWay((proof: Proof) => api.post<void>('/api/me/totp/remove', proof));
}

export function useRenewCodes() {
  return useWay((proof: Proof) => api.post<RecoveryCodes>('/api/me/recovery-codes', proof));
}

/** Leaves the app for the other server. */
export function useBeginLink() {
  return useMutation({
    mutationFn: (proof: Proof) => api.post<OidcBegun>('/api/me/oidc', proof),
    onSuccess: ({ url }) => location.assign(url),
  });
}

export function useRemoveIdentity() {
  return useWay((proof: Proof) => api.post<void>('/api/me/oidc/remove', proof));
}

/** The device makes a key, and the server keeps its public half. */
export function useAddPasskey() {
  return useWay(async (proof: Proof) => {
    const offer = await api.post<PasskeyOffer>('/api/me/passkeys', proof);
    return api.post<OwnPasskey>('/api/me/passkeys/finish', (await makePasskey(offer)) satisfies PasskeyMade);
  });
}

export function useRenamePasskey() {
  return useWay(({ id, name }: { id: Id; name: string }) => api.patch<OwnPasskey>(`/api/me/passkeys/${id}`, { name }));
}

export function useRemovePasskey() {
  return useWay(({ id, proof }: { id: Id; proof: Proof }) => api.post<void>(`/api/me/passkeys/${id}/remove`, proof));
}

/** Shows that it is still the same person; good for ten minutes. */
export function useProveByPasskey() {
  return useWay(async () => {
    const question = await api.post<PasskeyQuestion>('/api/me/proof/passkey');
    return api.post<void>('/api/me/proof/passkey/finish', (await askPasskey(question)) satisfies PasskeyAnswer);
  });
}

/** The same at the other server, for which the app is left. */
export function useProveByOidc() {
  return useMutation({
    mutationFn: () => api.post<OidcBegun>('/api/me/proof/oidc'),
    onSuccess: ({ url }) => location.assign(url),
  });
}

export function useSetPolicy() {
  const cache = useQueryClient();
  return useMutation({
    mutationFn: (policy: SignInPolicy) => api.put<SignInPolicy>('/api/sign-in/policy', policy),
    onSuccess: (policy) => cache.setQueryData(['sign-in-policy'], policy),
  });
}

export function useRemoveSecondStepOf(person: Id) {
  return useMutation({ mutationFn: () => api.post<void>(`/api/people/${person}/second-step/remove`) });
}
