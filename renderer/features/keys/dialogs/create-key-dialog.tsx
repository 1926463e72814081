import { type FormEvent, useEffect, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { checkAlias } from '../../../../core/model/fal/alias.ts';
import type { Scope } from '../../../../core/model/fal/key.ts';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { Choices, SelectField, TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { accountKindLabel } from '../../../format/words.ts';
import { distinctAccounts, refreshAccounts, useAccountsRefresh } from '../../../stores/accounts.ts';
import { putKey } from '../../../stores/keys/keys.ts';
import { closeOverlay, openOverlay, useView } from '../../../stores/window/view.ts';
import { useAccountRows } from '../../profiles/account-kinds.ts';
import { validationError } from '../../profiles/validate.ts';
import { CreatedKeyPanel } from './created-key.tsx';

type Created = Output<'keys.create'>;

const scopes = [
  {
    value: 'API',
    title: 'API',
    text: 'Calls models and reads their prices. For apps, scripts and notebooks.',
  },
  {
    value: 'ADMIN',
    title: 'ADMIN',
    text: 'Everything in API, plus deploying with the CLI and managing apps and keys. Anyone who has it can do nearly everything you can. Choose it only to deploy or administer.',
  },
] as const satisfies { value: Scope; title: string; text: string }[];

const hourMs = 3_600_000;
const lifetimes = [
  { word: 'Until revoked', ms: '' },
  { word: '1 hour', ms: hourMs },
  { word: '8 hours', ms: 8 * hourMs },
  { word: '1 day', ms: 24 * hourMs },
  { word: '7 days', ms: 7 * 24 * hourMs },
  { word: '30 days', ms: 30 * 24 * hourMs },
];

interface NewKey {
  accountId: string | null;
  /** The profile that will use the key. */
  profile?: string | undefined;
  scope?: Scope;
}

export function CreateKeyDialog(wanted: NewKey) {
  const [created, setCreated] = useState<Created | null>(null);
  if (created) return <CreatedKeyPanel created={created} />;
  return (
    <Dialog
      title={wanted.profile === undefined ? 'Create key' : `Create key for ${wanted.profile}`}
      onClose={closeOverlay}
    >
      <CreateKeyForm {...wanted} onCreated={setCreated} />
    </Dialog>
  );
}

function CreateKeyForm({
  accountId: given,
  profile,
  scope: wantedScope = 'API',
  onCreated,
}: NewKey & { onCreated: (created: Created) => void }) {
  const accounts = distinctAccounts(useAccountRows());
  const shown = useView(({ keysOf }) => keysOf);
  const [alias, setAlias] = useState(profile ?? '');
  const [chosen, setChosen] = useState(given ?? shown);
  const [scope, setScope] = useState(wantedScope);
  const [lifetime, setLifetime] = useState('');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const wrong = tried ? validationError(checkAlias, alias) : '';

  if (!account) return <NoAccounts />;

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (validationError(checkAlias, alias)) return;
    await run(async () => {
      const created = await call('keys.create', {
        alias,
        scope,
        accountId: account.id,
        profile: profile ?? null,
        ttlMs: lifetime === '' ? null : Number(lifetime),
      });
      if (created.outcome === 'stored') putKey({ ...created.key, remote: created.key.remote ?? true });
      onCreated(created);
    });
  };

  return (
    <form className="dialog-form" onSubmit={(event) => void create(event)} noValidate>
      <TextField
        label="Name"
        value={alias}
        maxLength={300}
        placeholder="build-bots"
        hint="What will use the key. fal calls this its alias."
        wrong={wrong}
        data-first
        onChange={(event) => setAlias(event.target.value)}
      />
      <SelectField label="Account" value={account.id} onChange={(event) => setChosen(event.target.value)}>
        {accounts.map(({ id, nickname, kind, lockReason }) => (
          <option key={id} value={id}>
            {nickname} · {accountKindLabel[kind]}
            {lockReason === null ? '' : ' · locked'}
          </option>
        ))}
      </SelectField>
      {account.lockReason !== null && (
        <Note tone="warn">
          fal has locked {account.nickname}: {account.lockReason}
        </Note>
      )}
      <Choices label="Scope" choices={scopes} value={scope} onChange={setScope} />
      {profile === undefined && (
        <SelectField
          label="Lifetime"
          value={lifetime}
          hint={lifetime === '' ? undefined : 'A temporary key. Varvel revokes it when its time is over.'}
          onChange={(event) => setLifetime(event.target.value)}
        >
          {lifetimes.map(({ word, ms }) => (
            <option key={word} value={ms}>
              {word}
            </option>
          ))}
        </SelectField>
      )}
      {profile !== undefined && <p className="soft">{profile} will use the new key.</p>}
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy}>
          {scope === 'ADMIN' ? 'Create ADMIN key' : 'Create key'}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Shown when nobody is signed in, or accounts haven't loaded. */
function NoAccounts() {
  const { refresh } = useAccountsRefresh();
  useEffect(() => {
    void refreshAccounts();
  }, []);
  if (refresh.state === 'running') return <p className="soft">Loading your accounts…</p>;
  return (
    <>
      <p>A key belongs to an account. Sign in to see your accounts here.</p>
      {refresh.state === 'failed' && refresh.problem.code !== 'not_signed_in' && (
        <ProblemNote problem={refresh.problem} />
      )}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" onClick={() => openOverlay({ kind: 'sign_in' })}>
          Sign in…
        </Button>
      </DialogActions>
    </>
  );
}
