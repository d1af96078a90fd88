/**
 * Another server that says who somebody is: panva's oidc-provider (certified OpenID Connect), unmodified, on this machine.
 * Its pages for signing in and agreeing are left out: it lets in whoever `person` is at the moment.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { createRequire } from 'node:module';
import { pathToFileURL } from 'node:url';

const require = createRequire(new URL('../web/package.json', import.meta.url));

export async function openIssuer(t) {
  const { Provider } = await import(pathToFileURL(require.resolve('oidc-provider')).href);
  const issuer = { url: '', person: null, provider: null };
  const server = createServer((request, response) => void answer(request, response)).listen(0, '127.0.0.1');
  await once(server, 'listening');
  t.after(() => {
    server.closeAllConnections();
    server.close();
  });
  issuer.url = `http://127.0.0.1:${server.address().port}`;

  /** Once the address of our server is known. */
  issuer.serve = (publicUrl) => {
    issuer.provider = new Provider(issuer.url, {
      clients: [
        { client_id: 'antiphon', client_secret: 'a secret of the two', redirect_uris: [`${publicUrl}/sign-in/oidc`], grant_types: ['authorization_code'], response_types: ['code'] },
      ],
      claims: { openid: ['sub'], email: ['email', 'email_verified'], profile: ['name'] },
      cookies: { keys: ['of the test'] },
      features: { devInteractions: { enabled: false } },
      findAccount: (_context, id) => ({ accountId: id, claims: () => ({ ...issuer.person, sub: id }) }),
      interactions: { url: (_context, { uid }) => `/interaction/${uid}` },
    });
  };

  async function answer(request, response) {
    const { provider } = issuer;
    if (!request.url.startsWith('/interaction/')) return provider.callback()(request, response);
    const { prompt, params, session } = await provider.interactionDetails(request, response);
    if (prompt.name === 'login') return provider.interactionFinished(request, response, { login: { accountId: issuer.person.sub } });
    const grant = new provider.Grant({ accountId: session.accountId, clientId: params.client_id });
    grant.addOIDCScope(params.scope);
    return provider.interactionFinished(request, response, { consent: { grantId: await grant.save() } }, { mergeWithLastSubmission: true });
  }
  return issuer;
}
