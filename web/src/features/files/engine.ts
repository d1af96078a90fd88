/** Uploads by tus, with the client of that protocol; it is loaded with the first file. */
import type { DetailedError, HttpResponse, Upload } from 'tus-js-client';
import { ApiError, api, problemOf } from '@/api/client';
import type { Attachment, Problem } from '@/api/types';
import { measure } from './measure';
import type { Engine } from './tray';

const RETRY_DELAYS_MS = [0, 500, 1_000, 2_000, 4_000];

export const engine: Engine = {
  measure: async (source) => {
    const known = await measure(source);
    if (!/^(video|audio)\//.test(source.type) || Object.keys(known).length > 0) return known;
    try {
      const { measureByPlayer } = await import('./player');
      return await measureByPlayer(source);
    } catch {
      // Without a network the player is not here; the file goes out all the same.
      return known;
    }
  },
  send: async (source, claims, resume, on, signal) => {
    const url = await transfer(source, claims, resume, on, signal);
    return waitForFile(url, signal);
  },
  find: async (id) => {
    try {
      return await api.get<Attachment>(`/api/uploads/${id}/file`);
    } catch (error) {
      if (problemOf(error).status === 404) return null;
      throw error;
    }
  },
  remove: (id) => api.del(`/api/files/${id}`),
  // Takes away what it has become in the meantime, too.
  terminate: async (id) => {
    const tus = await import('tus-js-client');
    await tus.Upload.terminate(`/api/uploads/${id}`);
  },
};

type On = Parameters<Engine['send']>[3];

async function transfer(source: File, claims: Record<string, string>, resume: string | null, on: On, signal: AbortSignal): Promise<string> {
  const tus = await import('tus-js-client');
  return new Promise((resolve, reject) => {
    const upload: Upload = new tus.Upload(source, {
      endpoint: '/api/uploads',
      uploadUrl: resume,
      metadata: { filename: source.name, filetype: source.type, ...claims },
      retryDelays: RETRY_DELAYS_MS,
      // Which files were sent from here is nobody's business after a reload; what arrived is in the tray.
      storeFingerprintForResuming: false,
      onUploadUrlAvailable: () => upload.url && on.begun(upload.url),
      onProgress: (n_sent) => on.progress(n_sent),
      onSuccess: () => (upload.url ? resolve(upload.url) : reject(broken())),
      onError: (error) => reject(signal.aborted ? signal.reason : refusalIn(error)),
    });
    signal.addEventListener('abort', () => {
      void upload.abort().then(() => reject(signal.reason), reject);
    });
    upload.start();
  });
}

/** The bytes are there; the file is made, or the store of the server is away for a moment. */
async function waitForFile(url: string, signal: AbortSignal): Promise<Attachment> {
  const path = new URL(url, location.href).pathname;
  return api.get<Attachment>(`${path}/file`, {}, { signal });
}

function refusalIn(error: Error | DetailedError): ApiError {
  const response: HttpResponse | null = 'originalResponse' in error ? error.originalResponse : null;
  if (!response) return broken();
  const fallback: Problem = { type: '/problems/unknown', title: 'The upload was refused', status: response.getStatus(), detail: '' };
  try {
    const given: unknown = JSON.parse(response.getBody());
    return new ApiError(typeof given === 'object' && given !== null ? { ...fallback, ...given } : fallback);
  } catch {
    return new ApiError(fallback);
  }
}

function broken(): ApiError {
  return new ApiError({ type: '/problems/offline', title: 'No connection', status: 0, detail: 'The server could not be reached.' });
}
