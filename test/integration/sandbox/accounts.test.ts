import { describe, expect, it } from 'vitest';
import * as z from 'zod/mini';
import { ask, keyOf, runningSandbox } from './running.ts';
import { bearer, signIn } from './sign-in.ts';

const sandbox = runningSandbox();

const Teams = z.array(
  z.object({
    user_id: z.string(),
    nickname: z.string(),
    full_name: z.string(),
    is_personal: z.boolean(),
    is_org: z.boolean(),
    lock_reason: z.optional(z.string()),
  }),
);

const teamsOf = async (person: string): Promise<z.infer<typeof Teams>> => {
  const headers = bearer(await signIn(sandbox(), person));
  return Teams.parse((await ask(`${sandbox().environment.restUrl}/users/teams`, { headers })).body);
};

const names = (teams: z.infer<typeof Teams>): string[] => teams.map(({ nickname }) => nickname).sort();

describe('the accounts', () => {
  it('are those of the contract, with their kinds', async () => {
    const ada = await teamsOf('ada');
    expect(names(ada)).toEqual(['ada', 'falconers', 'mews', 'night-shift']);
    expect(ada.find(({ is_personal }) => is_personal)?.nickname).toBe('ada');
    expect(ada.find(({ is_org }) => is_org)?.nickname).toBe('mews');
    expect(names(await teamsOf('ada-sso'))).toEqual(['ada-example', 'falconers']);
  });

  it('are the same account for two people who share one', async () => {
    const id = async (person: string): Promise<string | undefined> =>
      (await teamsOf(person)).find(({ nickname }) => nickname === 'falconers')?.user_id;
    expect(await id('ada')).toBe(await id('ada-sso'));
  });

  it('say why they are locked or archived', async () => {
    const grace = await teamsOf('grace');
    expect(grace.find(({ nickname }) => nickname === 'grace')?.lock_reason).toMatch(/^Exhausted balance/);
    expect(grace.map(({ lock_reason }) => lock_reason)).toContain(
      'This account has been archived. Please contact support@fal.ai.',
    );
  });

  it('come in an order nobody should rely on', async () => {
    expect((await teamsOf('ada'))[0]?.nickname).not.toBe('ada');
  });

  it('can be acted for by members only', async () => {
    const { restUrl } = sandbox().environment;
    const ada = await signIn(sandbox(), 'ada');
    const grace = await signIn(sandbox(), 'grace');
    const current = async (headers: Record<string, string>) => ask(`${restUrl}/users/current`, { headers });
    expect((await current(bearer(ada))).body).toMatchObject({ nickname: 'ada' });
    expect((await current(bearer(ada, 'team-falconers'))).body).toMatchObject({ nickname: 'falconers' });
    expect((await current(bearer(grace, 'team-falconers'))).status).toBe(403);
    expect((await current({ authorization: 'Bearer made-up' })).status).toBe(401);
    expect((await current({})).status).toBe(401);
  });

  it('are named by a key, whatever account is asked for', async () => {
    const { restUrl } = sandbox().environment;
    const { headers } = await keyOf(sandbox(), 'falconers', 'API');
    const answer = await ask(`${restUrl}/users/current`, {
      headers: { ...headers, 'x-fal-user-id': 'user-ada' },
    });
    expect(answer.body).toMatchObject({ nickname: 'falconers' });
    expect(await ask(`${restUrl}/users/current`, { headers: { authorization: 'Key a:b:c' } })).toMatchObject({
      status: 401,
      body: { detail: 'No user found for Key ID and Secret' },
    });
  });

  it('have a balance, which is a bare number', async () => {
    const headers = bearer(await signIn(sandbox(), 'ada'), 'team-falconers');
    const { body } = await ask(`${sandbox().environment.restUrl}/billing/user_balance`, { headers });
    expect(body).toBeTypeOf('number');
    expect(body).toBeGreaterThan(0);
  });
});

describe('initiating an upload', () => {
  const initiate = async (
    account: string,
    body: unknown = { content_type: 'text/plain', file_name: 'a b.txt' },
  ) => {
    const { headers } = await keyOf(sandbox(), account, 'API');
    const url = `${sandbox().environment.restUrl}/storage/upload/initiate?storage_type=fal-cdn-v3`;
    return ask(url, { headers, body });
  };

  it('tells an unlocked key from a locked one, and says why', async () => {
    expect((await initiate('falconers')).status).toBe(200);
    expect(await initiate('grace')).toMatchObject({
      status: 403,
      body: {
        detail: 'User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing.',
      },
    });
    expect((await initiate('falconers', {})).status).toBe(422);
  });

  it('gives addresses to send a file to and to get it from', async () => {
    const { body } = await initiate('falconers');
    const { upload_url, file_url } = z.object({ upload_url: z.string(), file_url: z.string() }).parse(body);
    await fetch(upload_url, { method: 'PUT', body: 'a feather', headers: { 'content-type': 'text/plain' } });
    expect((await ask(file_url)).body).toBe('a feather');
  });
});
