/**
 * Passkeys as browsers have them: what the server asks in JSON becomes a call, and what the device says becomes JSON again
 * (Web Authentication, 5.4 and 5.5). Written out, because the browsers' own conversion is younger than passkeys are.
 * Knows no route and no word of the screen.
 */

/** What the server asks, with its secret of this attempt. */
export type Question<Options> = { attempt: string; options: Options };
export type Made = { attempt: string; credential_id: string; client_data: string; attestation: string };
export type Answer = {
  attempt: string;
  credential_id: string;
  client_data: string;
  authenticator_data: string;
  signature: string;
  user_handle: string | null;
};

/** Why there is no passkey, as far as browsers tell. */
export type Refusal =
  /** The window was closed, it took too long, or there is no passkey on this device: browsers do not say which. */
  | 'cancelled'
  /** This device has a passkey of this account already. */
  | 'known'
  /** The device has no screen lock, or keeps no passkeys. */
  | 'device'
  /** Not at this address. */
  | 'address'
  /** We ended it ourselves. */
  | 'ended';

/** Thrown in place of what browsers throw. */
export class PasskeyRefusal extends Error {
  constructor(readonly why: Refusal) {
    super(why);
    this.name = 'PasskeyRefusal';
  }
}

export function hasPasskeys(): boolean {
  return window.isSecureContext && typeof PublicKeyCredential === 'function' && 'credentials' in navigator;
}

/** Whether the browser offers passkeys among what it fills into a field. */
export async function fillsPasskeys(): Promise<boolean> {
  return hasPasskeys() && 'isConditionalMediationAvailable' in PublicKeyCredential && (await PublicKeyCredential.isConditionalMediationAvailable());
}

/** Has the device make a passkey. */
export async function makePasskey({ attempt, options }: Question<PublicKeyCredentialCreationOptionsJSON>): Promise<Made> {
  const { extensions, excludeCredentials = [], challenge, user, ...rest } = options;
  const publicKey = {
    ...rest,
    challenge: bytesOf(challenge),
    user: { ...user, id: bytesOf(user.id) },
    excludeCredentials: excludeCredentials.map(descriptorOf),
    extensions: { credProps: extensions?.credProps ?? true },
  };
  const made = await asked(() => navigator.credentials.create({ publicKey: publicKey as PublicKeyCredentialCreationOptions }));
  const response = made.response as AuthenticatorAttestationResponse;
  return { attempt, credential_id: textOf(made.rawId), client_data: textOf(response.clientDataJSON), attestation: textOf(response.attestationObject) };
}

export type AskOptions = { signal?: AbortSignal; mediation?: CredentialMediationRequirement };

/** Has the person show a passkey. */
export async function askPasskey({ attempt, options }: Question<PublicKeyCredentialRequestOptionsJSON>, more: AskOptions = {}): Promise<Answer> {
  const { challenge, rpId, timeout, userVerification, allowCredentials = [] } = options;
  const publicKey = { challenge: bytesOf(challenge), rpId, timeout, userVerification, allowCredentials: allowCredentials.map(descriptorOf) };
  const shown = await asked(() => navigator.credentials.get({ publicKey: publicKey as PublicKeyCredentialRequestOptions, ...more }));
  const response = shown.response as AuthenticatorAssertionResponse;
  return {
    attempt,
    credential_id: textOf(shown.rawId),
    client_data: textOf(response.clientDataJSON),
    authenticator_data: textOf(response.authenticatorData),
    signature: textOf(response.signature),
    user_handle: response.userHandle && textOf(response.userHandle),
  };
}

async function asked(ask: () => Promise<Credential | null>): Promise<PublicKeyCredential> {
  try {
    const credential = await ask();
    if (credential instanceof PublicKeyCredential) return credential;
  } catch (error) {
    throw new PasskeyRefusal(refusalOf(error));
  }
  throw new PasskeyRefusal('cancelled');
}

/** What the names of errors mean: Web Authentication, 5.1.3 and 5.1.4. */
export function refusalOf(error: unknown): Refusal {
  switch (error instanceof DOMException ? error.name : '') {
    case 'AbortError':
      return 'ended';
    case 'InvalidStateError':
      return 'known';
    case 'NotSupportedError':
    case 'ConstraintError':
      return 'device';
    case 'SecurityError':
      return 'address';
    default:
      return 'cancelled';
  }
}

function descriptorOf({ id, transports }: PublicKeyCredentialDescriptorJSON): PublicKeyCredentialDescriptor {
  return { type: 'public-key', id: bytesOf(id), ...(transports && { transports: transports as AuthenticatorTransport[] }) };
}

export function bytesOf(text: string): Uint8Array<ArrayBuffer> {
  const binary = atob(text.replaceAll('-', '+').replaceAll('_', '/'));
  return Uint8Array.from(binary, (char) => char.charCodeAt(0));
}

export function textOf(bytes: ArrayBuffer): string {
  const binary = Array.from(new Uint8Array(bytes), (byte) => String.fromCharCode(byte)).join('');
  return btoa(binary).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');
}
