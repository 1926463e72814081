import { Activity, Copy, FileOutput, KeyRound, PanelRight, Pencil, Plus, Tag } from 'lucide-react';
import type { Account } from '../../../core/model/fal/account.ts';
import type { KeyView } from '../../../core/model/key-view.ts';
import type { ProfileView } from '../../../core/model/profile.ts';
import { bestMatches } from '../../components/overlays/match.ts';
import { accountKindLabel, keyName, shortId } from '../../format/words.ts';
import { openKey, openOverlay, openProfile, showKeysOf } from '../../stores/window/view.ts';
import { copyKey } from '../keys/copy-key.ts';
import { testNow } from '../keys/test-now.ts';
import { searchableProfile } from '../profiles/filter.ts';
import { switchTo } from '../profiles/profile-actions.ts';
import type { FoundAction } from './action.ts';

export interface Subjects {
  profiles: readonly ProfileView[];
  keys: readonly KeyView[];
  accounts: readonly Account[];
  current: string | null;
}

/** How many profiles, keys and accounts get actions. */
const most = 5;

/** The actions on the profiles, keys and accounts that match best. Verbs count as words of every subject. */
export function foundActions({ profiles, keys, accounts, current }: Subjects, query: string): FoundAction[] {
  const ofProfile = (profile: ProfileView) =>
    searchableProfile(profile, 'profile switch use test copy key export open edit');
  const ofKey = (key: KeyView) => ({
    name: keyName(key),
    also: `${key.id} ${key.account?.nickname ?? ''} ${key.scope ?? ''} key test copy rename open`,
  });
  const ofAccount = ({ nickname, kind }: Account) => ({
    name: nickname,
    also: `${kind} account keys create`,
  });
  return [
    ...bestMatches(profiles, query, ofProfile, most)
      // the current one has its own group of actions
      .filter(({ name }) => name !== current)
      .flatMap(profileActions),
    ...bestMatches(keys, query, ofKey, most).flatMap(keyActions),
    ...bestMatches(accounts, query, ofAccount, most).flatMap(accountActions),
  ];
}

function profileActions({ name, keyId, account, color }: ProfileView): FoundAction[] {
  const aside = account?.nickname ?? '';
  const also = `profile ${aside}`;
  const actions: FoundAction[] = [
    {
      id: `profile ${name} use`,
      name: `Switch to ${name}`,
      also: `${also} use`,
      aside,
      icon: Tag,
      color,
      run: () => void switchTo(name),
    },
    {
      id: `profile ${name} open`,
      name: `Open ${name}`,
      also: `${also} edit`,
      aside,
      icon: PanelRight,
      run: () => openProfile(name),
    },
  ];
  if (keyId === null) return actions;
  actions.push(
    {
      id: `profile ${name} test`,
      name: `Test ${name}`,
      also,
      aside,
      icon: Activity,
      run: () => void testNow(keyId),
    },
    {
      id: `profile ${name} copy`,
      name: `Copy key of ${name}`,
      also,
      aside,
      icon: Copy,
      run: () => void copyKey(keyId),
    },
    {
      id: `profile ${name} export`,
      name: `Export ${name}…`,
      also: `${also} file env`,
      aside,
      icon: FileOutput,
      run: () => openOverlay({ kind: 'export', name, target: null }),
    },
  );
  return actions;
}

function keyActions(key: KeyView): FoundAction[] {
  const { id, account, scope, stored } = key;
  const name = keyName(key);
  const aside = [account?.nickname, scope, key.alias === null ? '' : shortId(id)].filter(Boolean).join(' · ');
  const also = `${id} ${aside}`;
  const open = { id: `key ${id} open`, name: `Open key ${name}`, also, aside, icon: KeyRound };
  return [
    { ...open, run: () => openKey(id) },
    ...(stored
      ? [
          {
            id: `key ${id} test`,
            name: `Test key ${name}`,
            also,
            aside,
            icon: Activity,
            run: () => void testNow(id),
          },
          {
            id: `key ${id} copy`,
            name: `Copy key ${name}`,
            also,
            aside,
            icon: Copy,
            run: () => void copyKey(id),
          },
          {
            id: `key ${id} rename`,
            name: `Rename key ${name}…`,
            also,
            aside,
            icon: Pencil,
            run: () => openOverlay({ kind: 'rename_key', keyId: id }),
          },
        ]
      : []),
  ];
}

function accountActions({ id, nickname, kind }: Account): FoundAction[] {
  const aside = accountKindLabel[kind];
  return [
    {
      id: `account ${id} keys`,
      name: `Show keys of ${nickname}`,
      also: 'account open',
      aside,
      icon: KeyRound,
      run: () => showKeysOf(id),
    },
    {
      id: `account ${id} create`,
      name: `Create key in ${nickname}…`,
      also: 'account new',
      aside,
      icon: Plus,
      run: () => openOverlay({ kind: 'create_key', accountId: id }),
    },
  ];
}
