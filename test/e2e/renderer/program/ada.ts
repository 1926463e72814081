import { randomBytes, randomUUID } from 'node:crypto';
import type { ActivityKind } from '../../../../core/model/activity.ts';
import type { StoredKey } from '../../../../core/model/fal/key.ts';
import type { Verdict } from '../../../../core/model/fal/verdict.ts';
import type { State } from '../../../../core/ports/state.ts';
import { type SecretStore, secretName } from '../../../../core/ports.ts';
import { exhaustedBalance } from '../../../../sandbox/accounts.ts';
import type { ControlKey } from '../../../integration/sandbox/running.ts';

const minute = 60_000;
const day = 24 * 60 * minute;

interface Draft {
  name: string;
  color: string;
  note: string | null;
  /** The nickname of an account and the alias of its key; null for a profile without a key. */
  key: readonly [account: string, alias: string] | null;
  /** How long ago its key was tested, in minutes; null when it never was. */
  tested: number | null;
}

/** Ada's profiles, as they stand in the list. */
const drafts: readonly Draft[] = [
  {
    name: 'client-kestrel',
    color: 'red',
    note: 'Their invoice, their key',
    key: ['grace', 'compiler'],
    tested: 675,
  },
  { name: 'mews-admin', color: 'violet', note: null, key: ['mews', 'deploy'], tested: 192 },
  {
    name: 'night-shift',
    color: 'teal',
    note: 'Batch jobs after 22:00',
    key: ['night-shift', 'build-bots'],
    tested: null,
  },
  { name: 'personal', color: 'indigo', note: null, key: ['ada', 'notebook'], tested: null },
  {
    name: 'production',
    color: 'brass',
    note: 'Deploys only from CI. Ask Grace before you rotate it.',
    key: ['falconers', 'deploy'],
    tested: null,
  },
  { name: 'sketchbook', color: 'slate', note: 'No key yet', key: null, tested: null },
  {
    name: 'staging',
    color: 'green',
    note: 'For the shop’s staging site',
    key: ['falconers', 'build-bots'],
    tested: 27,
  },
];

/** Keys of the sandbox, as Varvel stores them. */
export interface KnownKeys {
  of(account: string, alias: string): { key: StoredKey; text: string };
  all: { key: StoredKey; text: string }[];
}

/** @param accountIds by their nicknames */
export function knownKeys(listed: ControlKey[], accountIds: Map<string, string>): KnownKeys {
  const all = listed.map(({ key_id: id, key: text, alias, scope, account: nickname, created_at }) => {
    const account = { id: accountIds.get(nickname) ?? '', nickname };
    return { text, key: { id, alias, scope, account, createdAt: Date.parse(created_at) } };
  });
  return {
    all,
    of(account, alias) {
      const found = all.find(({ key }) => key.account?.nickname === account && key.alias === alias);
      if (!found) throw new Error(`${account} has no key ${alias}`);
      return found;
    },
  };
}

const verdictOf = ({ scope, account }: StoredKey, testedAt: number): Verdict => {
  const locked = account?.nickname === 'grace';
  return {
    kind: locked ? 'locked' : 'valid',
    scope,
    account,
    latencyMs: 84,
    message: locked
      ? exhaustedBalance
      : scope === 'ADMIN'
        ? 'Works, with all rights.'
        : 'Works for calling models.',
    testedAt,
  };
};

const done: readonly ActivityKind[] = ['switched', 'key_tested', 'exported', 'ran', 'key_revealed'];

/** Puts Ada's profiles, with their keys and sixty lines of her log, where the program keeps them. */
export async function fillWithProfiles(state: State, secrets: SecretStore, keys: KnownKeys): Promise<void> {
  const now = Date.now();
  // fal has forgotten it
  const oldLaptop: StoredKey = {
    id: randomUUID(),
    alias: 'old-laptop',
    scope: 'API',
    account: keys.of('ada', 'notebook').key.account,
    createdAt: now - 400 * day,
  };
  const used = drafts.flatMap(({ key }) => (key ? [keys.of(...key)] : []));
  for (const { key, text } of used) await secrets.set(secretName.key(key.id), text);
  await secrets.set(secretName.key(oldLaptop.id), `${oldLaptop.id}:${randomBytes(16).toString('hex')}`);
  state.transaction(() => {
    for (const { key } of used) state.keys.put(key);
    state.keys.put(oldLaptop);
    for (const { name, color, note, key: draft, tested } of drafts) {
      const key = draft && keys.of(...draft).key;
      state.profiles.put({
        name,
        account: key?.account ?? null,
        keyId: key?.id ?? null,
        host: null,
        color,
        note,
      });
      if (key && tested !== null) state.verdicts.put(key.id, verdictOf(key, now - tested * minute));
    }
    state.profiles.setCurrent('staging');
    for (let index = 60; index > 0; index -= 1) {
      const kind = done[index % done.length] ?? 'ran';
      const { name, key } = drafts[index % drafts.length] ?? { name: null, key: null };
      const known = key && keys.of(...key).key;
      state.activity.add({
        at: now - index * index * 2 * minute,
        kind,
        identityId: null,
        account: known?.account?.nickname ?? null,
        keyId: known?.id ?? null,
        profile: kind === 'key_tested' ? null : name,
        detail: kind === 'ran' ? 'npm run dev' : '',
      });
    }
  });
}
