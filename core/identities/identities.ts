import { createLog } from '../activity/log.ts';
import type { FalClients } from '../fal/clients.ts';
import type { SignedIn } from '../fal/sign-in-provider.ts';
import { hasCode, VarvelError } from '../model/error.ts';
import type { Flow } from '../model/fal/fal-environment.ts';
import { connectionName, type Identity, isSocial } from '../model/fal/identity.ts';
import type { SignInStep } from '../model/fal/sign-in.ts';
import { nearest } from '../nearest.ts';
import type { Ports } from '../ports.ts';
import type { Sessions } from './sessions.ts';

export interface SignInRequest {
  /** `github`, `google`, an SSO domain, or null to let the person choose in the browser. */
  connection: string | null;
  /** Null uses the environment's preferred one. */
  flow: Flow | null;
  openBrowser: boolean;
}

export interface SignInResult {
  identity: Identity;
  /** A warning about this sign-in; null when there is none. */
  warning: string | null;
}

const lastConnection = 'last_connection';
const callbackPath = '/callback';

/** @throws VarvelError `invalid` for anything but a method or a domain */
export function checkConnection(text: string): string {
  const connection = text.trim().toLowerCase();
  if (isSocial(connection)) return connection;
  if (/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/.test(connection)) return connection;
  throw new VarvelError(
    'invalid',
    `“${text.slice(0, 80)}” is not a sign-in method.`,
    'Use github, google or your SSO domain, for example example.com.',
  );
}

/** The method in a subject such as `github|1234`; null when it has none. */
function connectionOf(subject: string): string | null {
  const [provider] = subject.split('|');
  if (provider === 'github') return 'github';
  return provider === 'google-oauth2' ? 'google' : null;
}

export type Identities = ReturnType<typeof createIdentities>;

/** Who is signed in: several identities at once. */
export function createIdentities(ports: Ports, fal: () => Promise<FalClients>, sessions: Sessions) {
  const { environment, state, clock } = ports;
  const addToLog = createLog(ports);

  /** Social logins with one e-mail are one fal user. SSO is always a separate user: warn when they look alike. */
  function separateUserWarning(identity: Identity): string | null {
    const twin = state.identities
      .all()
      .find(
        (other) =>
          other.id !== identity.id &&
          other.email.toLowerCase() === identity.email.toLowerCase() &&
          isSocial(other.connection) !== isSocial(identity.connection),
      );
    if (!twin || identity.email === '') return null;
    return `${identity.email} is also signed in with ${twin.connection === null ? 'another method' : connectionName(twin.connection)}. For fal, these are two users, even with the same e-mail: each has a personal account of its own, and both may belong to a team.`;
  }

  async function keep({ tokens, claims }: SignedIn, connection: string | null): Promise<SignInResult> {
    const identity: Identity = {
      id: claims.subject,
      name: claims.name,
      email: claims.email,
      connection: connection ?? connectionOf(claims.subject),
      signedIn: true,
      signedInAt: clock.now(),
    };
    const warning = separateUserWarning(identity);
    // a sign-out that is finished meanwhile would delete what is saved
    await sessions.alone(identity, async () => {
      state.sessionIntents.begin(identity.id);
      await sessions.save(identity.id, tokens);
      state.transaction(() => {
        state.identities.put(identity);
        if (connection !== null) state.settings.set(lastConnection, connection);
        log('signed_in', identity);
        state.sessionIntents.end(identity.id);
      });
    });
    return { identity, warning };
  }

  /** The token that ends a session, and why there is none: it is in the other vault, and ended when that is in use again. */
  const tokenOf = async (identityId: string): Promise<{ token: string | null; reason: string | null }> => {
    try {
      return { token: await sessions.refreshToken(identityId), reason: null };
    } catch (error) {
      if (!hasCode(error, 'vault_other')) throw error;
      return { token: null, reason: error.message };
    }
  };

  /** Ends a session at fal, then forgets its tokens. @returns whether fal ended it, and else why not */
  async function end(identityId: string): Promise<{ revoked: boolean; reason: string | null }> {
    let { token, reason } = await tokenOf(identityId);
    if (token !== null) {
      try {
        await (await fal()).signIn.revoke(token);
      } catch (error) {
        if (!(error instanceof VarvelError)) throw error;
        reason = error.message;
      }
    }
    await sessions.forget(identityId);
    state.sessionIntents.end(identityId);
    return { revoked: token !== null && reason === null, reason };
  }

  const log = (kind: 'signed_in' | 'signed_out', identity: Identity) =>
    addToLog({
      kind,
      identityId: identity.id,
      detail: [identity.email, identity.connection && connectionName(identity.connection)]
        .filter(Boolean)
        .join(' with '),
    });

  async function byDevice(
    request: SignInRequest,
    onStep: (step: SignInStep) => void,
    signal: AbortSignal | undefined,
  ): Promise<SignedIn> {
    const { signIn } = await fal();
    const device = await signIn.startDevice(request.connection);
    const opened = request.openBrowser && (await ports.browser.open(device.browserUrl));
    const { userCode, verificationUri, browserUrl } = device;
    onStep({ step: 'confirm_code', userCode, verificationUri, url: browserUrl, opened });
    return orCancelled(device.finish(signal), signal);
  }

  async function byLoopback(
    request: SignInRequest,
    onStep: (step: SignInStep) => void,
    signal: AbortSignal | undefined,
  ): Promise<SignedIn> {
    const { signIn } = await fal();
    let accepts = (_: URLSearchParams): boolean => false;
    const listener = await ports.loopback.listen(callbackPath, (parameters) => accepts(parameters));
    try {
      const started = await signIn.startLoopback(listener.redirectUri, request.connection);
      accepts = started.accepts;
      const opened = request.openBrowser && (await ports.browser.open(started.browserUrl));
      onStep({ step: 'open_page', url: started.browserUrl, opened });
      return await started.finish(await orCancelled(listener.callback, signal));
    } finally {
      await listener.close();
    }
  }

  return {
    all: (): Identity[] => state.identities.all(),

    /** The method used last, or null. */
    lastConnection: (): string | null => state.settings.get(lastConnection),

    /**
     * Finds one identity by id, e-mail or name.
     * @throws VarvelError `not_found`, or `ambiguous` when several match
     */
    find(text: string): Identity {
      const wanted = text.toLowerCase();
      const all = state.identities.all();
      const exact = all.find((identity) => identity.id === text);
      if (exact) return exact;
      const found = all.filter((identity) =>
        [identity.email, identity.name, identity.id, identity.connection].some(
          (word) => word?.toLowerCase() === wanted,
        ),
      );
      const [first, second] = found;
      if (first && !second) return first;
      if (first) {
        throw new VarvelError(
          'ambiguous',
          `Several identities match “${text}”: ${found.map(({ id, connection }) => `${id} (${connection ?? 'unknown method'})`).join(', ')}.`,
          'Use the id, or the method if it is different.',
        );
      }
      throw new VarvelError('not_found', `No identity matches “${text}”.`, {
        action: 'list_identities',
        nearest: nearest(
          text,
          all.flatMap(({ id, email, name }) => [email, name, id]),
        ),
      });
    },

    /**
     * Signs an identity in, in the system's browser.
     * @param onStep called when the person has to act
     * @throws VarvelError `refused` (denied, expired), `cancelled`, `unreachable`, `vault_*`, `usage` for a flow
     *   that the environment doesn't list
     */
    async signIn(
      request: SignInRequest,
      onStep: (step: SignInStep) => void,
      signal?: AbortSignal,
    ): Promise<SignInResult> {
      const connection = request.connection === null ? null : checkConnection(request.connection);
      const flow = request.flow ?? environment.flows[0] ?? 'device';
      if (!environment.flows.includes(flow)) {
        throw new VarvelError(
          'usage',
          `The environment “${environment.name}” is not known to accept the ${flow} flow.`,
          {
            action: 'choose_flow',
            flows: [...environment.flows],
          },
        );
      }
      // before the browser opens: a session that can't be stored would be lost
      await ports.secrets.prepare();
      const begin = flow === 'device' ? byDevice : byLoopback;
      return keep(await begin({ ...request, connection }, onStep, signal), connection);
    },

    /** Opens a waiting sign-in's page again. False when no browser could be opened. */
    openPage: (url: string): Promise<boolean> => ports.browser.open(url),

    /**
     * Ends a session at fal and forgets it here.
     * @returns whether fal ended it; the session is forgotten here even when fal can't be reached
     */
    signOut: (identity: Identity): Promise<{ revoked: boolean; reason: string | null }> =>
      // a refresh that saves its tokens afterwards would leave them here
      sessions.alone(identity, async () => {
        // a vault that can't be read changes nothing
        await ports.secrets.check();
        await tokenOf(identity.id);
        state.transaction(() => {
          state.sessionIntents.begin(identity.id);
          state.identities.remove(identity.id);
          log('signed_out', identity);
        });
        return end(identity.id);
      }),

    /** Whether a process died while it signed somebody in or out; cheap. */
    anyInterrupted: (): boolean => state.sessionIntents.abandoned().length > 0,

    /**
     * Ends the sessions of identities that aren't signed in, where a process died while it signed them in or out.
     * @returns how many it ended
     * @throws VarvelError `vault_*`
     */
    async finishInterrupted(): Promise<number> {
      let ended = 0;
      for (const id of state.sessionIntents.abandoned())
        await sessions.alone({ id }, async () => {
          // another process may have been faster
          if (!state.sessionIntents.abandoned().includes(id)) return;
          if (state.identities.get(id)?.signedIn) return state.sessionIntents.end(id);
          await end(id);
          ended += 1;
        });
      return ended;
    },
  };
}

/** Rejects with `cancelled` when the signal aborts. */
function orCancelled<T>(promise: Promise<T>, signal: AbortSignal | undefined): Promise<T> {
  if (!signal) return promise;
  const cancelled = () =>
    new VarvelError('cancelled', 'The sign-in was cancelled.', { action: 'restart_sign_in' });
  if (signal.aborted) return Promise.reject(cancelled());
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const onAbort = () => reject(cancelled());
  signal.addEventListener('abort', onAbort, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', onAbort));
}
