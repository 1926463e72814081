import type { Output } from '../../../../contract/methods.ts';
import type { Verdict } from '../../../../contract/rows.ts';
import { accounts, canary, type FakeKey, keyId } from '../fake-people.ts';
import { type FakeHandlers, lockReasonOf, type Memory, Refusal, verdictOf, wait } from './memory.ts';

/** The keys, here and at fal. */
export function fakeKeys(memory: Memory): FakeHandlers<'keys'> {
  const { options, state, changed, emit, keyOf, keyRow, log, needSomebody, needVault, work } = memory;
  let made = 500;

  function pointAt(name: string, key: FakeKey): void {
    const there = state.profiles.find((profile) => profile.name === name);
    if (there) Object.assign(there, { keyId: key.id, account: key.account });
    else
      state.profiles.push({
        name,
        account: key.account,
        keyId: key.id,
        host: null,
        color: 'brass',
        note: null,
      });
  }

  async function add(
    text: string,
    alias: string | null,
    profile: string | null,
  ): Promise<Output<'keys.add'>> {
    needVault();
    const [id, secret] = text.trim().split(':');
    if (!id || !secret) {
      throw new Refusal(
        'invalid',
        'That is not a fal key: it has no colon.',
        'A key looks like KEY_ID:KEY_SECRET.',
      );
    }
    const already = state.keys.find((key) => key.id === id && key.stored);
    let key = already ?? state.keys.find((each) => each.id === id);
    if (!key) {
      key = {
        id,
        alias,
        scope: 'API',
        account: { id: 'user-ada', nickname: 'ada' },
        createdAt: null,
        stored: true,
        atFal: true,
        verdict: null,
      };
      state.keys.push(key);
    }
    key.stored = true;
    key.verdict = verdictOf(key);
    if (profile !== null) pointAt(profile, key);
    log('key_added', { keyId: id });
    changed('keys', 'profiles');
    return { key: keyRow(key, false), already: Boolean(already), unusual: false, verdict: key.verdict };
  }

  function forget(id: string): string[] {
    const bereft = state.profiles.filter((profile) => profile.keyId === id);
    for (const profile of bereft) profile.keyId = null;
    return bereft.map(({ name }) => name);
  }

  return {
    'keys.list': () => state.keys.filter(({ stored }) => stored).map((key) => keyRow(key, false)),
    'keys.refresh': () => {
      needSomebody();
      const ids = new Set(memory.reached().map(({ id }) => id));
      const seen = state.keys.filter((key) => key.stored || (key.atFal && ids.has(key.account?.id ?? '')));
      return { keys: seen.map((key) => keyRow(key, ids.has(key.account?.id ?? ''))), problems: [] };
    },
    'keys.create': ({ alias, scope, accountId, profile }) => {
      needVault();
      needSomebody();
      const account = accounts.find(({ id }) => id === accountId);
      if (!account) throw new Refusal('not_found', 'There is no such account.', 'Refresh the accounts.');
      if (account.lockReason !== null) {
        throw new Refusal('locked', account.lockReason, 'Top up the account’s balance.');
      }
      const key: FakeKey = {
        id: keyId(made++),
        alias,
        scope,
        account: { id: account.id, nickname: account.nickname },
        createdAt: Date.now(),
        stored: !state.storeFails,
        atFal: true,
        verdict: null,
      };
      state.keys.push(key);
      if (state.storeFails) {
        state.storeFails = false;
        const message = 'The keychain stopped answering.';
        return {
          outcome: 'not_stored',
          key: keyRow(key, true),
          secret: `${key.id}:${canary}`,
          message,
          hint: 'Unlock it.',
        };
      }
      if (profile !== null) pointAt(profile, key);
      log('key_created', { keyId: key.id, account: account.nickname, detail: `${scope} ${alias}` });
      changed('keys');
      return { outcome: 'stored', key: keyRow(key, true), profile };
    },
    'keys.add': ({ text, alias, profile }) => add(text, alias, profile),
    'keys.addFromClipboard': ({ alias, profile }) => add(state.clipboard, alias, profile),
    'keys.copy': ({ id }) => {
      needVault();
      state.clipboard = `${keyOf(id).id}:${canary}`;
      return { seconds: state.settings.clipboardSeconds };
    },
    'keys.reveal': ({ id }) => {
      needVault();
      log('key_revealed', { keyId: id });
      changed();
      return { key: `${keyOf(id).id}:${canary}` };
    },
    'keys.test': ({ run, ids }) =>
      work(run, async (signal) => {
        needVault();
        const tested = state.keys.filter((key) => key.stored && (ids === null || ids.includes(key.id)));
        const results: { keyId: string; verdict: Verdict }[] = [];
        for (const key of tested) {
          await wait(options.testTime ?? 120, signal);
          const verdict = verdictOf(key);
          key.verdict = verdict;
          results.push({ keyId: key.id, verdict });
          log('key_tested', { keyId: key.id, account: key.account?.nickname ?? null, detail: verdict.kind });
          emit('tested', { run, keyId: key.id, verdict, done: results.length, total: tested.length });
          changed('keys');
        }
        return results;
      }),
    'keys.price': () => ({ amount: 0.003, currency: 'USD', unit: 'megapixels' }),
    'keys.generate': ({ run, id }) =>
      work(run, async (signal) => {
        needVault();
        await wait(400, signal);
        const key = keyOf(id);
        key.verdict = {
          ...verdictOf(key),
          ...(key.atFal && {
            message:
              verdictOf(key).kind === 'valid' ? 'Made a picture.' : (lockReasonOf(key) ?? 'Made a picture.'),
          }),
        };
        changed('keys');
        return { verdict: key.verdict, picture: key.verdict.kind === 'valid' ? picture() : null };
      }),
    'keys.revoke': ({ id }) => {
      needSomebody();
      const key = keyOf(id);
      const wasAtFal = key.atFal;
      state.keys = state.keys.filter((each) => each.id !== id);
      log('key_revoked', { keyId: id, account: key.account?.nickname ?? null, detail: key.alias ?? '' });
      changed('keys', 'profiles');
      return { profiles: forget(id), wasAtFal };
    },
    'keys.forget': ({ id }) => {
      const key = keyOf(id);
      key.stored = false;
      if (!key.atFal) state.keys = state.keys.filter((each) => each.id !== id);
      log('key_forgotten', { keyId: id });
      changed('keys', 'profiles');
      return { profiles: forget(id) };
    },
  };
}

/** A picture of a few pixels, drawn where the page runs. */
function picture(): string {
  const canvas = document.createElement('canvas');
  canvas.width = 512;
  canvas.height = 384;
  const pen = canvas.getContext('2d');
  if (pen) {
    const sky = pen.createLinearGradient(0, 0, 0, 384);
    sky.addColorStop(0, '#27364a');
    sky.addColorStop(1, '#e2b65f');
    pen.fillStyle = sky;
    pen.fillRect(0, 0, 512, 384);
    pen.lineWidth = 34;
    pen.strokeStyle = '#8a5d0c';
    pen.beginPath();
    pen.arc(256, 200, 92, 0, Math.PI * 2);
    pen.stroke();
  }
  return canvas.toDataURL('image/png');
}
