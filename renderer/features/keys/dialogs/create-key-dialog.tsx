import { type FormEvent, useEffect, useState } from 'react';
import type { Output } from '../../../../contract/methods.ts';
import { checkAlias, type Scope } from '../../../../core/model/key.ts';
import { call } from '../../../bridge.ts';
import { useAction } from '../../../components/forms/action.ts';
import { Button } from '../../../components/forms/button.tsx';
import { Choices, SelectField, TextField } from '../../../components/forms/field.tsx';
import { Note, ProblemNote } from '../../../components/layout/note.tsx';
import { Dialog, DialogActions } from '../../../components/overlays/dialog.tsx';
import { kindWord } from '../../../format/words.ts';
import { distinctAccounts, refreshAccounts, useAccountsAsking } from '../../../stores/accounts.ts';
import { putKey } from '../../../stores/keys.ts';
import { closeOverlay, openOverlay, useView } from '../../../stores/window/view.ts';
import { useAccountRows } from '../../profiles/account-kinds.ts';
import { wrongWith } from '../../profiles/checked.ts';
import { CreatedKey } from './created-key.tsx';
import '../keys.css';

type Created = Output<'keys.create'>;

const scopes = [
  {
    value: 'API',
    title: 'API',
    text: 'Calls models and reads what they cost. Right for apps, scripts and notebooks.',
  },
  {
    value: 'ADMIN',
    title: 'ADMIN',
    text: 'All of API, and deploying with the CLI, managing apps and keys. Whoever has it can do nearly all you can: choose it only to deploy or administer.',
  },
] as const satisfies { value: Scope; title: string; text: string }[];

export function CreateKeyDialog({ accountId }: { accountId: string | null }) {
  const [created, setCreated] = useState<Created | null>(null);
  if (created) return <CreatedKey created={created} />;
  return (
    <Dialog title="Create a key" onClose={closeOverlay}>
      <CreateKeyForm accountId={accountId} onCreated={setCreated} />
    </Dialog>
  );
}

function CreateKeyForm({
  accountId: given,
  onCreated,
}: {
  accountId: string | null;
  onCreated: (created: Created) => void;
}) {
  const accounts = distinctAccounts(useAccountRows());
  const shown = useView(({ keysOf }) => keysOf);
  const [alias, setAlias] = useState('');
  const [chosen, setChosen] = useState(given ?? shown);
  const [scope, setScope] = useState<Scope>('API');
  const [tried, setTried] = useState(false);
  const { busy, problem, run } = useAction();
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  const wrong = tried ? wrongWith(checkAlias, alias) : '';

  if (!account) return <NoAccounts />;

  const create = async (event: FormEvent): Promise<void> => {
    event.preventDefault();
    setTried(true);
    if (wrongWith(checkAlias, alias)) return;
    await run(async () => {
      const created = await call('keys.create', { alias, scope, accountId: account.id, profile: null });
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
        hint="fal calls it the key’s alias. Say what will use it."
        wrong={wrong}
        data-first
        onChange={(event) => setAlias(event.target.value)}
      />
      <SelectField label="Account" value={account.id} onChange={(event) => setChosen(event.target.value)}>
        {accounts.map(({ id, nickname, kind, lockReason }) => (
          <option key={id} value={id}>
            {nickname} · {kindWord[kind]}
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
      {problem && <ProblemNote problem={problem} />}
      <DialogActions>
        <Button onClick={closeOverlay}>Cancel</Button>
        <Button tone="go" type="submit" busy={busy} disabled={busy}>
          {scope === 'ADMIN' ? 'Create an ADMIN key' : 'Create the key'}
        </Button>
      </DialogActions>
    </form>
  );
}

/** Nobody is signed in, or fal has not told of any account yet. */
function NoAccounts() {
  const { asking } = useAccountsAsking();
  useEffect(() => {
    void refreshAccounts();
  }, []);
  if (asking.state === 'asking') return <p className="soft">Asking fal for your accounts…</p>;
  return (
    <>
      <p>A key belongs to an account. Sign in, and your accounts are listed here.</p>
      {asking.state === 'failed' && asking.problem.code !== 'not_signed_in' && (
        <ProblemNote problem={asking.problem} />
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
