import { expect, test } from 'vitest';
import { createSessions } from '../../../core/identities/sessions.ts';
import { VarvelError } from '../../../core/model/error.ts';
import { secretName } from '../../../core/ports.ts';
import { lockedVault } from '../../fakes/memory-secrets.ts';
import { clientsOf, createWorld } from './world.ts';

const ada = {
  id: 'github|1',
  name: 'Ada',
  email: 'ada@example.com',
  connection: 'github',
  signedIn: true,
  signedInAt: 1,
};
const unreachable = new VarvelError('unreachable', 'No answer.', '');
const unauthorized = new VarvelError('unauthorized', 'No.', '');
const invalidGrant = new VarvelError('refused', 'invalid_grant', '');

/** A signed-in identity whose access token ends at a time from now, and a provider that rotates. */
async function signedIn(endsInMs: number, refresh?: (token: string) => Promise<string>) {
  const world = createWorld();
  const used: string[] = [];
  const fal = clientsOf({
    signIn: {
      isInvalidGrant: (error) => error === invalidGrant,
      refresh: async (token, keep) => {
        used.push(token);
        const next = refresh ? await refresh(token) : `${token}+`;
        await keep(next);
        return {
          accessToken: `access of ${next}`,
          refreshToken: next,
          expiresAt: world.clock.now() + 3_600_000,
        };
      },
    },
  });
  const sessions = createSessions(world, fal);
  world.state.identities.put(ada);
  await sessions.save(ada.id, {
    accessToken: 'access',
    refreshToken: 'r',
    expiresAt: world.clock.now() + endsInMs,
  });
  return { world, used, sessions, token: () => sessions.withToken(ada, async (token) => token) };
}

const isSignedIn = ({ state }: ReturnType<typeof createWorld>) => state.identities.get(ada.id)?.signedIn;

test('a fresh access token is used as it is, without the lock', async () => {
  const { world, used, token } = await signedIn(3_600_000);
  using _ = world;
  expect(await token()).toBe('access');
  expect({ used, locks: world.locks.taken }).toEqual({ used: [], locks: [] });
});

test('one that ends within a minute is refreshed first, and what came is kept', async () => {
  const { world, used, token } = await signedIn(59_000);
  using _ = world;
  expect(await token()).toBe('access of r+');
  expect(await token()).toBe('access of r+');
  expect(used).toEqual(['r']);
  expect(world.secrets.entries.get(secretName.refreshToken(ada.id))).toBe('r+');
});

test('eight at once refresh once', async () => {
  const { world, used, token } = await signedIn(0);
  using _ = world;
  const tokens = await Promise.all(Array.from({ length: 8 }, token));
  expect(new Set(tokens)).toEqual(new Set(['access of r+']));
  expect(used).toEqual(['r']);
});

test('one that fal won’t take is refreshed once, and a second refusal is told', async () => {
  const { world, used, sessions } = await signedIn(3_600_000);
  using _ = world;
  const asked: string[] = [];
  const ask = async (token: string) => {
    asked.push(token);
    throw unauthorized;
  };
  await expect(sessions.withToken(ada, ask)).rejects.toBe(unauthorized);
  expect({ asked, used }).toEqual({ asked: ['access', 'access of r+'], used: ['r'] });
  expect(isSignedIn(world)).toBe(true);
});

test('a rejected token that another process has replaced meanwhile costs no refresh', async () => {
  const { world, used, sessions } = await signedIn(3_600_000);
  using _ = world;
  const ask = async (token: string) => {
    if (token !== 'access') return token;
    await sessions.save(ada.id, {
      accessToken: 'theirs',
      refreshToken: 'r2',
      expiresAt: world.clock.now() + 3_600_000,
    });
    throw unauthorized;
  };
  expect(await sessions.withToken(ada, ask)).toBe('theirs');
  expect(used).toEqual([]);
});

test('an error of another kind is told as it is', async () => {
  const { world, used, sessions } = await signedIn(3_600_000);
  using _ = world;
  await expect(sessions.withToken(ada, () => Promise.reject(unreachable))).rejects.toBe(unreachable);
  expect(used).toEqual([]);
});

test('invalid_grant with the token still ours ends the session, and the identity stays listed', async () => {
  const { world, token } = await signedIn(0, () => Promise.reject(invalidGrant));
  using _ = world;
  await expect(token()).rejects.toMatchObject({
    code: 'not_signed_in',
    hint: { action: 'sign_in', connection: 'github' },
  });
  expect(isSignedIn(world)).toBe(false);
  expect([...world.secrets.entries.keys()]).toEqual([]);
});

test('invalid_grant when somebody has saved a newer token keeps that one', async () => {
  const { world, token } = await signedIn(0, async () => {
    await world.secrets.set(secretName.refreshToken(ada.id), 'newer');
    throw invalidGrant;
  });
  using _ = world;
  await expect(token()).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(world.secrets.entries.get(secretName.refreshToken(ada.id))).toBe('newer');
  expect(isSignedIn(world)).toBe(true);
});

test.each([
  ['an unreachable provider', unreachable],
  ['a provider that is ill', new VarvelError('server_error', '500', '')],
  ['an error without words', new Error('socket')],
])('%s deletes nothing and signs nobody out', async (_name, error) => {
  const { world, token } = await signedIn(0, () => Promise.reject(error));
  using _ = world;
  const before = new Map(world.secrets.entries);
  await expect(token()).rejects.toBe(error);
  expect(world.secrets.entries).toEqual(before);
  expect(isSignedIn(world)).toBe(true);
});

test('a refresh that fal granted is kept though its answer can’t be checked', async () => {
  let isUp = false;
  const fal = clientsOf({
    signIn: {
      isInvalidGrant: () => false,
      refresh: async (token, keep) => {
        await keep(`${token}+`);
        if (!isUp) throw unreachable;
        return { accessToken: `access of ${token}+`, refreshToken: `${token}+`, expiresAt: Number.MAX_VALUE };
      },
    },
  });
  const { world } = await signedIn(0);
  using _ = world;
  const token = () => createSessions(world, fal).withToken(ada, async (access) => access);
  await expect(token()).rejects.toBe(unreachable);
  expect(isSignedIn(world)).toBe(true);
  expect(world.secrets.entries.get(secretName.refreshToken(ada.id))).toBe('r+');
  isUp = true;
  expect(await token()).toBe('access of r++');
});

test('a vault that can be read and not written costs no token, and is no end of the session', async () => {
  const { world, used, token } = await signedIn(0);
  using _ = world;
  world.secrets.fail(lockedVault(), 'set');
  await expect(token()).rejects.toMatchObject({ code: 'vault_locked' });
  expect(used).toEqual([]);
  expect(isSignedIn(world)).toBe(true);
  world.secrets.heal();
  expect(await token()).toBe('access of r+');
});

test('a new token that can’t be saved at once is saved a moment later', async () => {
  let saves = 0;
  const { world, token } = await signedIn(0, async (old) => {
    const set = world.secrets.set;
    world.secrets.set = async (name, secret) => {
      saves += 1;
      if (saves < 3) throw lockedVault();
      return set(name, secret);
    };
    return `${old}+`;
  });
  using _ = world;
  expect(await token()).toBe('access of r+');
  expect(world.secrets.entries.get(secretName.refreshToken(ada.id))).toBe('r+');
  expect(world.clock.slept).toEqual([100, 500]);
});

test('a new token that can’t be saved for half a minute is kept by this process, and saved when the vault is open again', async () => {
  const { world, used, token } = await signedIn(0, async (old) => {
    if (old === 'r') world.secrets.fail(lockedVault(), 'set');
    return `${old}+`;
  });
  using _ = world;
  await expect(token()).rejects.toMatchObject({ code: 'vault_locked' });
  expect(world.warnings).toEqual(['A sign-in was renewed and can’t be saved yet. The keychain is locked.']);
  expect(world.clock.slept.reduce((sum, each) => sum + each, 0)).toBeGreaterThan(28_000);
  world.secrets.heal();
  expect(await token()).toBe('access of r++');
  expect({ used, signedIn: isSignedIn(world) }).toEqual({ used: ['r', 'r+'], signedIn: true });
  expect(world.secrets.entries.get(secretName.refreshToken(ada.id))).toBe('r++');
});

test('a new sign-in comes before a token that could not be saved', async () => {
  const { world, used, sessions, token } = await signedIn(0, async (old) => {
    if (old === 'r') world.secrets.fail(lockedVault(), 'set');
    return `${old}+`;
  });
  using _ = world;
  await expect(token()).rejects.toMatchObject({ code: 'vault_locked' });
  world.secrets.heal();
  await sessions.save(ada.id, { accessToken: 'anew', refreshToken: 'new', expiresAt: world.clock.now() });
  expect(await token()).toBe('access of new+');
  expect(used).toEqual(['r', 'new']);
});

test('a locked vault is not a missing session', async () => {
  const { world, used, token } = await signedIn(0);
  using _ = world;
  world.secrets.fail(lockedVault());
  await expect(token()).rejects.toMatchObject({ code: 'vault_locked' });
  expect(used).toEqual([]);
  expect(isSignedIn(world)).toBe(true);
  world.secrets.heal();
  expect(await token()).toBe('access of r+');
});

test('an open vault without the session ends it, and asks nobody', async () => {
  const { world, used, token } = await signedIn(0);
  using _ = world;
  world.secrets.entries.clear();
  await expect(token()).rejects.toMatchObject({ code: 'not_signed_in' });
  expect(used).toEqual([]);
  expect(isSignedIn(world)).toBe(false);
});

test('an access token that can’t be read is as good as none', async () => {
  const { world, token } = await signedIn(3_600_000);
  using _ = world;
  for (const damaged of ['', 'nonsense', 'soon access']) {
    await world.secrets.set(secretName.accessToken(ada.id), damaged);
    expect(await token()).toMatch(/^access of r\++$/);
  }
});

test('what a refresh saves is gone after a logout, whichever of them comes first', async () => {
  for (const first of ['refresh', 'logout'] as const) {
    const { promise: answered, resolve: answer } = Promise.withResolvers<void>();
    const { world, sessions, token, used } = await signedIn(59_000, async (old) => {
      await answered;
      return `${old}+`;
    });
    using _ = world;
    const logout = () =>
      sessions.alone(ada, async () => {
        world.state.identities.remove(ada.id);
        await sessions.forget(ada.id);
      });
    const outcome = (refresh: Promise<string>) =>
      refresh.then(
        () => 'refreshed',
        (error: VarvelError) => error.code,
      );
    let said: Promise<string>;
    if (first === 'refresh') {
      said = outcome(token());
      await expect.poll(() => used.length).toBe(1);
      const gone = logout();
      answer();
      await gone;
    } else {
      await logout();
      said = outcome(token());
    }
    expect(await said).toBe(first === 'refresh' ? 'refreshed' : 'not_signed_in');
    expect([...world.secrets.entries.keys()]).toEqual([]);
    expect(world.state.identities.all()).toEqual([]);
  }
});
