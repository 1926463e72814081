import { VarvelError } from '../../core/model/error.ts';
import { lengthOfUnusual } from '../../core/model/fal/key.ts';
import type { KeyView } from '../../core/model/key-view.ts';
import type { Varvel } from '../../core/varvel.ts';
import { partProblemRow } from './accounts.ts';
import type { HandlerContext, Handlers, MethodsOf } from './handler.ts';
import { copySecret } from './profiles.ts';

export function keyHandlers(context: HandlerContext): Handlers<MethodsOf<'keys'>> {
  const { session, face, jobs, secretCopy } = context;

  function keyHere(varvel: Varvel, id: string): KeyView {
    const key = varvel.keys.here().find((row) => row.id === id);
    if (key) return key;
    throw new VarvelError(
      'not_found',
      `Key ${id} was not found.`,
      'It may have been revoked or deleted in the meantime.',
    );
  }

  async function add(text: string, alias: string | null, profile: string | null) {
    const varvel = session.varvel();
    const added = await varvel.keys.add(text, alias, profile);
    const { already, unusual, verdict } = added;
    return { key: keyHere(varvel, added.key.id), already, unusual, verdict };
  }

  return {
    'keys.list': () => session.varvel().keys.here(),

    'keys.refresh': async ({ accountId }) => {
      const { keys, problems } = await session.varvel().keys.list(accountId);
      return { keys, problems: problems.map(partProblemRow) };
    },

    'keys.create': async ({ alias, scope, accountId, profile, ttlMs }) => {
      const varvel = session.varvel();
      const created = await varvel.keys.create({ alias, scope, account: accountId, profile, ttlMs });
      if (created.outcome === 'stored') {
        return {
          outcome: 'stored',
          key: keyHere(varvel, created.key.id),
          profile: created.profile?.name ?? null,
        };
      }
      const { key, secret, error } = created;
      return {
        outcome: 'not_stored',
        key: {
          ...key,
          stored: false,
          remote: true,
          profiles: [],
          verdict: null,
          expiresAt: varvel.keys.expiryOf(key.id),
          rotateBy: varvel.reminders.ruleOf()(key),
        },
        secret,
        message: error.message,
        hint: error.hint,
      };
    },

    'keys.add': ({ text, alias, profile }) => add(text, alias, profile),

    'keys.addFromClipboard': async ({ alias, profile, force }) => {
      if (!face.clipboard)
        throw new VarvelError(
          'usage',
          'The clipboard is not available here.',
          'Paste the key into the field.',
        );
      const text = await face.clipboard.read();
      const length = force ? null : lengthOfUnusual(text);
      if (length !== null) return { outcome: 'unusual', length };
      return { outcome: 'added', added: await add(text, alias, profile) };
    },

    'keys.addFromLine': async ({ place, alias }) =>
      add(await (await session.varvel().shellHooks()).keyAt(place), alias, null),

    'keys.rename': async ({ id, name }) => {
      const { keys } = session.varvel();
      const key = await keys.rename(keys.find(id), name);
      return { alias: key.alias, namesakes: keys.namesakes(key).map((other) => other.id) };
    },

    'keys.setRotateBy': ({ id, after }) => {
      const { keys, reminders } = session.varvel();
      reminders.setForKey(keys.find(id), after);
      return null;
    },

    'keys.copy': async ({ id }) => {
      const varvel = session.varvel();
      return {
        seconds: await copySecret(secretCopy, await varvel.keys.reveal(varvel.keys.find(id)), varvel),
      };
    },

    'keys.reveal': async ({ id }) => {
      const { keys } = session.varvel();
      return { key: await keys.reveal(keys.find(id)) };
    },

    'keys.test': ({ run, ids }) =>
      jobs.run(run, async (signal) => {
        const { keys, keyTest } = session.varvel();
        const chosen = ids === null ? keys.all() : ids.map((id) => keys.find(id));
        const results = await keyTest.several(
          chosen,
          ({ key, verdict }, done) =>
            face.emit('tested', { run, keyId: key.id, verdict, done, total: chosen.length }),
          signal,
        );
        return results.map(({ key, verdict }) => ({ keyId: key.id, verdict }));
      }),

    'keys.price': ({ id }) => {
      const { keys, keyTest } = session.varvel();
      return keyTest.price(keys.find(id));
    },

    'keys.generate': ({ run, id, prompt }) =>
      jobs.run(run, async (signal) => {
        const { keys, keyTest, pictureData } = session.varvel();
        const { verdict, pictureUrl } = await keyTest.generate(keys.find(id), prompt, signal);
        return {
          verdict,
          picture: pictureUrl === null ? null : await pictureData(pictureUrl, signal),
        };
      }),

    'keys.revoke': async ({ id }) => {
      const { keys } = session.varvel();
      const { profilesWithoutKey, wasAtFal } = await keys.revoke(await keys.findAnywhere(id, null));
      return { profiles: profilesWithoutKey.map(({ name }) => name), wasAtFal };
    },

    'keys.endTemporary': async ({ id }) => {
      await session.varvel().temporaryKeys.endNow(id);
      return null;
    },

    'keys.forget': async ({ id }) => {
      const { keys } = session.varvel();
      return { profiles: (await keys.forget(keys.find(id))).map(({ name }) => name) };
    },

    'keys.reconcile': async () => {
      const { keys, recovered, problems } = await session.varvel().compareKeys(null);
      return { keys, recovered, problems: problems.map(partProblemRow) };
    },
  };
}
