import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type Provider from 'oidc-provider';
import { errors } from 'oidc-provider';
import * as z from 'zod/mini';
import { pageHeaders } from '../pages/layout.ts';
import {
  codePage,
  donePage,
  errorPage,
  loginPage,
  methodsPage,
  refusedPage,
  type Step,
  signedOutPage,
  unknownDomainPage,
} from '../pages/signin-pages.ts';
import { type Person, peopleOf, readConnection } from '../people.ts';
import { isLoopbackRedirect } from './client.ts';
import { type DeviceState, type Devices, shownCode } from './device.ts';
import type { SignInSessions } from './sessions.ts';

/** The fields of a query or form. Repeated or invalid ones are ignored. */
const Fields = z.object({
  user_code: z.catch(z.optional(z.string()), undefined),
  connection: z.catch(z.optional(z.string()), undefined),
  person: z.catch(z.optional(z.string()), undefined),
  cancel: z.catch(z.optional(z.string()), undefined),
  verification_uri_complete: z.catch(z.optional(z.string()), undefined),
  returnTo: z.catch(z.optional(z.string()), undefined),
});
type Fields = z.infer<typeof Fields>;

const readFields = (request: FastifyRequest): Fields => {
  const query = z.catch(Fields, {}).parse(request.query);
  return request.method === 'POST' ? { ...query, ...z.catch(Fields, {}).parse(request.body) } : query;
};

const sendPage = (reply: FastifyReply, html: string, status = 200): FastifyReply =>
  reply
    .status(status)
    .headers({ ...pageHeaders })
    .send(html);

/** The page of a sign-in method, or for choosing one. */
const stepPage = (
  reply: FastifyReply,
  step: Step,
  typed: string | undefined,
  session: ReturnType<SignInSessions['find']>,
): FastifyReply => {
  const connection = readConnection(typed ?? '');
  if (connection === '') return sendPage(reply, methodsPage(step, session));
  const offered = peopleOf(connection);
  return offered.length > 0
    ? sendPage(reply, loginPage(step, connection, offered))
    : sendPage(reply, unknownDomainPage(step, connection), 404);
};

/** The person in a form or link, if this connection has them. */
const chosen = ({ person, connection }: Fields): Person | undefined =>
  peopleOf(readConnection(connection ?? '')).find(({ id }) => id === person);

/** Another site's page must not sign this browser in. */
const isForeign = (request: FastifyRequest): boolean =>
  ['cross-site', 'same-site'].includes(String(request.headers['sec-fetch-site']));

const activate = '/activate';

const codeTrouble: Record<Exclude<DeviceState, 'pending'>, { status: number; text: string }> = {
  unknown: { status: 404, text: 'Unknown code. Check your terminal or app.' },
  expired: { status: 410, text: 'This code has expired. Start the sign-in again to get a new one.' },
  used: { status: 409, text: 'This code was already used. Start the sign-in again to get a new one.' },
};

export interface SigninRoutes {
  readonly origin: string;
  readonly provider: Provider;
  readonly devices: Devices;
  readonly sessions: SignInSessions;
}

/**
 * The pages a person sees: login pages for both flows, the page for user codes, and the two URLs a client opens:
 * fal's `session-seed` and Auth0's `/v2/logout`.
 */
export const signinRoutes = (app: FastifyInstance, parts: SigninRoutes): void => {
  const { origin, provider, devices, sessions } = parts;

  const loopbackStep = (uid: string): Step => ({
    page: `/login/${uid}`,
    methods: `/login/${uid}?connection=`,
    choose: `/login/${uid}/choose`,
    carry: {},
  });

  app.get<{ Params: { uid: string } }>('/login/:uid', async (request, reply) => {
    const { params } = await provider.interactionDetails(request.raw, reply.raw);
    const asked = typeof params.connection === 'string' ? params.connection : undefined;
    const { connection } = readFields(request);
    const typed = 'connection' in z.catch(z.looseObject({}), {}).parse(request.query) ? connection : asked;
    const asksAnew = String(params.prompt ?? '')
      .split(' ')
      .includes('login');
    const session = asksAnew ? undefined : sessions.find(request.headers.cookie);
    return stepPage(reply, loopbackStep(encodeURIComponent(request.params.uid)), typed, session);
  });

  app.route<{ Params: { uid: string } }>({
    method: ['GET', 'POST'],
    url: '/login/:uid/choose',
    async handler(request, reply) {
      if (isForeign(request)) return sendPage(reply, errorPage('This request came from another site.'), 403);
      const fields = readFields(request);
      const person = chosen(fields);
      if (!person && fields.cancel === undefined)
        return sendPage(reply, errorPage('This person can’t sign in with this method.'), 400);
      const result = person
        ? { login: { accountId: person.sub, remember: false }, consent: {} }
        : { error: 'access_denied', error_description: 'End-User aborted interaction' };
      const next = await provider.interactionResult(request.raw, reply.raw, result, {
        mergeWithLastSubmission: false,
      });
      if (person)
        reply.header(
          'set-cookie',
          sessions.start({ person, connection: readConnection(fields.connection ?? '') }),
        );
      return reply.redirect(next, 303);
    },
  });

  app.get(activate, async (request, reply) => {
    const { user_code, connection } = readFields(request);
    if (user_code === undefined || user_code.trim() === '') return sendPage(reply, codePage(activate));
    const standing = await devices.standing(user_code);
    if (standing !== 'pending') {
      const { status, text } = codeTrouble[standing];
      return sendPage(reply, codePage(activate, text, user_code), status);
    }
    const code = shownCode(user_code);
    const step: Step = {
      page: activate,
      methods: `${activate}?user_code=${code}`,
      choose: `${activate}/choose`,
      carry: { user_code: code },
      code,
    };
    return stepPage(reply, step, connection, sessions.find(request.headers.cookie));
  });

  app.route({
    method: ['GET', 'POST'],
    url: `${activate}/choose`,
    async handler(request, reply) {
      if (isForeign(request)) return sendPage(reply, errorPage('This request came from another site.'), 403);
      const fields = readFields(request);
      const code = fields.user_code ?? '';
      const person = chosen(fields);
      if (!person && fields.cancel === undefined)
        return sendPage(reply, errorPage('This person can’t sign in with this method.'), 400);
      const standing = person ? await devices.approve(code, person) : await devices.deny(code);
      if (standing !== 'pending') {
        const { status, text } = codeTrouble[standing];
        return sendPage(reply, codePage(activate, text, code), status);
      }
      if (!person) return sendPage(reply, refusedPage());
      const connection = readConnection(fields.connection ?? '');
      reply.header('set-cookie', sessions.start({ person, connection }));
      return sendPage(reply, donePage(person));
    },
  });

  /** fal.ai's page: remembers the connection, then redirects the browser to the verification page. */
  app.get('/api/auth/cli/session-seed', async (request, reply) => {
    const { user_code, verification_uri_complete, connection } = readFields(request);
    const target =
      verification_uri_complete === undefined
        ? URL.parse(activate, origin)
        : URL.parse(verification_uri_complete);
    if (!target || target.origin !== origin)
      return sendPage(reply, errorPage('The verification URL doesn’t belong to this sandbox.'), 400);
    if (user_code !== undefined && !target.searchParams.has('user_code'))
      target.searchParams.set('user_code', user_code);
    if (connection !== undefined) target.searchParams.set('connection', connection);
    return reply.redirect(target.href, 302);
  });

  /** Auth0's logout: forgets the browser's session and redirects to an allowed URL. */
  app.get('/v2/logout', async (request, reply) => {
    const { returnTo } = readFields(request);
    const target = returnTo === undefined ? null : URL.parse(returnTo);
    const allowed = target && (target.origin === origin || isLoopbackRedirect(target.href));
    if (returnTo !== undefined && !allowed)
      return sendPage(reply, errorPage('The return URL is not allowed.'), 400);
    reply.header('set-cookie', sessions.end(request.headers.cookie));
    return target ? reply.redirect(target.href, 302) : sendPage(reply, signedOutPage());
  });

  app.setErrorHandler(async (error, _request, reply) => {
    if (error instanceof errors.SessionNotFound)
      return sendPage(reply, errorPage('This sign-in has ended or belongs to another browser.'), 400);
    throw error;
  });
};
