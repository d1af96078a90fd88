/**
 * The one way to the server's HTTP API.
 *
 * A refusal is thrown as `ApiError` with the server's problem in it; no answer at all is a problem too (`/problems/offline`),
 * so that callers switch on `problem.type` only. Knows nothing of React, caches or screens.
 *
 * 429 and "busy" mean that nothing was done: the call waits as told and is repeated. "Unsure" means that it may have been
 * done: it is repeated only where that is harmless, which is every method but POST, and a POST that carries its own id.
 */
import type { Problem } from '@/api/types';

export class ApiError extends Error {
  constructor(
    readonly problem: Problem,
    readonly retryAfterMs: number | null = null,
  ) {
    super(problem.detail || problem.title);
    this.name = 'ApiError';
  }
}

export type CallOptions = {
  signal?: AbortSignal;
  /** The body carries its own id, so a repeat is answered with the same thing. */
  carriesId?: boolean;
  /** Goes on when the page is left. */
  keepalive?: boolean;
};
type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
type Query = Record<string, string | number | null | undefined>;

const MAX_TRIES = 4;
/** Longer waits belong to the caller, who can say so on the screen. */
const MAX_WAIT_MS = 8_000;

let signedOut: () => void = () => undefined;
/** Called when the server no longer knows the session, which the socket may hear first. */
export function onSignedOut(handler: () => void): void {
  signedOut = handler;
}

export function tellSignedOut(): void {
  signedOut();
}

let say: (problem: Problem) => Problem = (problem) => problem;
/** The server speaks English; who reads something else is told in their words, as far as there are any for the type. */
export function onProblem(handler: (problem: Problem) => Problem): void {
  say = handler;
}

export const api = {
  get: <T>(path: string, query: Query = {}, options?: CallOptions) => call<T>('GET', withQuery(path, query), undefined, options),
  post: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('POST', path, body, options),
  put: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PUT', path, body, options),
  patch: <T>(path: string, body?: unknown, options?: CallOptions) => call<T>('PATCH', path, body, options),
  del: <T = void>(path: string, options?: CallOptions) => call<T>('DELETE', path, undefined, options),
};

/** The problem inside whatever was thrown; a stranger becomes `/problems/unknown`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof ApiError) return error.problem;
  return { type: '/problems/unknown', title: 'Something went wrong', status: 0, detail: String(error) };
}

export function isProblem(error: unknown, slug: string): error is ApiError {
  return error instanceof ApiError && error.problem.type === `/problems/${slug}`;
}

/** True when trying again later may help: no network, too many requests, busy, unsure, or a fault of the server. */
export function isTransient(error: unknown): boolean {
  const { status, type } = problemOf(error);
  return type === '/problems/offline' || status === 429 || status >= 500;
}

async function call<T>(method: Method, path: string, body: unknown, options: CallOptions = {}): Promise<T> {
  for (let n_tries = 1; ; n_tries += 1) {
    try {
      return await once<T>(method, path, body, options);
    } catch (error) {
      const wait_ms = waitBeforeRepeat(error, method, n_tries, options);
      if (wait_ms === null) throw error;
      await sleep(wait_ms, options.signal);
    }
  }
}

async function once<T>(method: Method, path: string, body: unknown, { signal, keepalive = false }: CallOptions): Promise<T> {
  const response = await fetch(path, { ...payload(body), method, signal: signal ?? null, keepalive, credentials: 'same-origin' }).catch(
    (error: unknown) => {
      if (signal?.aborted) throw error;
      throw new ApiError(say({ type: '/problems/offline', title: 'No connection', status: 0, detail: 'The server could not be reached.' }));
    },
  );
  if (!response.ok) throw await refusal(response);
  if (response.status === 204) return undefined as T; // the caller says T = void for these routes
  return (await response.json()) as T; // the one boundary: the server's types are the ones in api/types
}

function payload(body: unknown): RequestInit {
  if (body === undefined) return { headers: { accept: 'application/json' } };
  if (body instanceof Blob) return { headers: { accept: 'application/json', 'content-type': body.type }, body };
  return { headers: { accept: 'application/json', 'content-type': 'application/json' }, body: JSON.stringify(body) };
}

async function refusal(response: Response): Promise<ApiError> {
  const fallback: Problem = { type: '/problems/unknown', title: response.statusText, status: response.status, detail: '' };
  const given: unknown = await response.json().catch(() => null);
  const problem: Problem = say(isRecord(given) && typeof given.type === 'string' ? { ...fallback, ...given } : fallback);
  if (problem.type === '/problems/signed-out') signedOut();
  const seconds = Number(response.headers.get('retry-after') ?? Number.NaN);
  return new ApiError(problem, Number.isFinite(seconds) ? seconds * 1000 : null);
}

function waitBeforeRepeat(error: unknown, method: Method, n_tries: number, { carriesId = false }: CallOptions): number | null {
  if (!(error instanceof ApiError) || n_tries >= MAX_TRIES) return null;
  const { status, type } = error.problem;
  // Somebody's turn comes: the outbox says so on the screen, and sends what is for other channels meanwhile.
  if (type === '/problems/slow-mode') return null;
  const nothingWasDone = status === 429 || (status === 503 && type !== '/problems/unsure');
  const harmless = method !== 'POST' || carriesId;
  if (!nothingWasDone && !(type === '/problems/unsure' && harmless)) return null;
  const base_ms = error.retryAfterMs ?? 250 * 2 ** n_tries;
  return base_ms > MAX_WAIT_MS ? null : base_ms * (1 + Math.random() * 0.3);
}

function sleep(duration_ms: number, signal?: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(resolve, duration_ms);
    signal?.addEventListener('abort', () => {
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

function withQuery(path: string, query: Query): string {
  const given = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) if (value !== null && value !== undefined) given.set(name, String(value));
  const text = given.toString();
  return text ? `${path}?${text}` : path;
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null;
}
