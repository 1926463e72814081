import type { FalClients } from '../fal/clients.ts';
import { hasCode, inWords, VarvelError } from '../model/error.ts';
import type { Identity } from '../model/fal/identity.ts';
import { type Ports, secretName } from '../ports.ts';
import { shortHash } from '../short-hash.ts';

/** An access token that expires within this time is refreshed first, in milliseconds. */
const marginMs = 60_000;

/** The pauses before a refresh token is saved again, in milliseconds. */
const retryAfterMs = [100, 500];

/** The same for one that fal has just given, for a vault that somebody may unlock. */
const retryNewAfterMs = [...retryAfterMs, ...Array.from({ length: 14 }, () => 2000)];

interface Tokens {
  accessToken: string;
  refreshToken: string | null;
  /** Milliseconds since 1970. */
  expiresAt: number;
}

const encodeAccess = ({ accessToken, expiresAt }: Tokens): string => `${expiresAt} ${accessToken}`;

function decodeAccess(text: string | null): { accessToken: string; expiresAt: number } | null {
  const space = text?.indexOf(' ') ?? -1;
  if (text === null || space < 0) return null;
  const expiresAt = Number(text.slice(0, space));
  return Number.isFinite(expiresAt) ? { accessToken: text.slice(space + 1), expiresAt } : null;
}

export type Sessions = ReturnType<typeof createSessions>;

/**
 * The identities' tokens, in the vault. Refresh tokens rotate and a reused one ends the session, so only
 * one process at a time refreshes: lock, read again, refresh, save, check, release.
 */
export function createSessions(
  {
    secrets,
    state,
    locks,
    clock,
    warn,
    uninterrupted,
  }: Pick<Ports, 'secrets' | 'state' | 'locks' | 'clock' | 'warn' | 'uninterrupted'>,
  fal: () => Promise<FalClients>,
) {
  /** Refresh tokens that fal gave and the vault didn't take, by identity, and those that were spent for them. */
  const unsaved = new Map<string, { spent: string; token: string }>();

  const notSignedIn = (identity: Identity, cause?: unknown) =>
    new VarvelError(
      'not_signed_in',
      `The session of ${identity.email || identity.name} has ended.`,
      { action: 'sign_in', connection: identity.connection },
      { cause },
    );

  /** Tries again a few times. */
  async function keepRefreshToken(identityId: string, token: string, pausesMs = retryAfterMs): Promise<void> {
    for (const [index, pauseMs] of [...pausesMs, null].entries()) {
      try {
        return await secrets.set(secretName.refreshToken(identityId), token);
      } catch (error) {
        if (pauseMs === null) throw error;
        if (index === retryAfterMs.length) {
          const { message, hint } = inWords(error);
          void warn(`A sign-in was renewed and can’t be saved yet. ${message}`, hint);
        }
        await clock.sleep(pauseMs);
      }
    }
  }

  /** Saves what replaces a spent refresh token: one that can't be saved is a session lost, unless this process saves it later. */
  async function keepNew(identityId: string, spent: string, token: string): Promise<void> {
    unsaved.set(identityId, { spent, token });
    await keepRefreshToken(identityId, token, retryNewAfterMs);
    unsaved.delete(identityId);
  }

  /** The refresh token in the vault, or the one that this process couldn't save in its place. */
  async function takeUp(identityId: string): Promise<string | null> {
    const saved = await secrets.get(secretName.refreshToken(identityId));
    const waiting = unsaved.get(identityId);
    if (waiting === undefined) return saved;
    if (waiting.spent === saved) await keepRefreshToken(identityId, waiting.token);
    unsaved.delete(identityId);
    return waiting.spent === saved ? waiting.token : saved;
  }

  /** Saves the refresh token first: the session survives with it alone, but not with the access token alone. */
  async function save(identityId: string, tokens: Tokens): Promise<void> {
    if (tokens.refreshToken !== null) await keepRefreshToken(identityId, tokens.refreshToken);
    await secrets.set(secretName.accessToken(identityId), encodeAccess(tokens));
  }

  async function forget(identityId: string, remove = secrets.delete): Promise<void> {
    await remove(secretName.accessToken(identityId));
    await remove(secretName.refreshToken(identityId));
  }

  const forgetHere = (identityId: string) => forget(identityId, secrets.deleteHere);

  /** Does something with a session that no refresh may come between. */
  const alone = async <T>({ id }: Pick<Identity, 'id'>, work: () => Promise<T>): Promise<T> =>
    locks.exclusive(`session-${await shortHash(id)}`, work);

  const readAccess = async (identityId: string) =>
    decodeAccess(await secrets.get(secretName.accessToken(identityId)));

  async function refreshed(identity: Identity, rejected: string | null): Promise<string> {
    return alone(identity, async () => {
      const access = await readAccess(identity.id);
      const fresh = access && access.accessToken !== rejected && access.expiresAt - marginMs > clock.now();
      if (fresh) return access.accessToken;
      const refreshToken = await takeUp(identity.id);
      if (refreshToken === null) {
        // a token that nobody deleted may come back, with the disk or the copy that it is on
        if (!secrets.remembers?.(secretName.refreshToken(identity.id))) markEnded(identity);
        throw notSignedIn(identity);
      }
      // spent twice, it would end the session
      await secrets.refuseStale?.(secretName.refreshToken(identity.id));
      const { signIn } = await fal();
      // a vault that can't be written must not cost the token: it works once, and the next one couldn't be saved
      await keepRefreshToken(identity.id, refreshToken);
      try {
        return await uninterrupted(async () => {
          const tokens = await signIn.refresh(refreshToken, (newToken) =>
            keepNew(identity.id, refreshToken, newToken),
          );
          await save(identity.id, tokens);
          return tokens.accessToken;
        });
      } catch (error) {
        if (!signIn.isInvalidGrant(error)) throw error;
        // another program without our lock (a restored backup, another machine) may have saved a newer one
        const now = await secrets.get(secretName.refreshToken(identity.id));
        if (now !== refreshToken) throw notSignedIn(identity, error);
        await forgetHere(identity.id);
        // the other vault may have a session of its own, which goes on
        await secrets.get(secretName.refreshToken(identity.id));
        markEnded(identity);
        throw notSignedIn(identity, error);
      }
    });
  }

  /** Records that fal ended a session. The identity stays, so that its keys keep their context; one that signed out doesn't come back. */
  function markEnded(identity: Identity): void {
    if (state.identities.all().some(({ id }) => id === identity.id))
      state.identities.put({ ...identity, signedIn: false });
  }

  return {
    save,
    forget,
    alone,
    refreshToken: (identityId: string) => secrets.get(secretName.refreshToken(identityId)),

    /**
     * Calls fal as an identity. Refreshes its token first if needed, or once when fal rejects it.
     * @throws VarvelError `not_signed_in` when the session has ended, and whatever `ask` throws
     */
    async withToken<T>(identity: Identity, ask: (token: string) => Promise<T>): Promise<T> {
      if (!identity.signedIn) throw notSignedIn(identity);
      const access = await readAccess(identity.id);
      const usable = access !== null && access.expiresAt - marginMs > clock.now();
      const token = usable ? access.accessToken : await refreshed(identity, null);
      try {
        return await ask(token);
      } catch (error) {
        if (!hasCode(error, 'unauthorized')) throw error;
        return ask(await refreshed(identity, token));
      }
    },
  };
}
