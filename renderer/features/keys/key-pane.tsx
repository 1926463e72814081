import {
  Activity,
  CircleMinus,
  FileSearch,
  KeyRound,
  RefreshCw,
  Sparkles,
  TimerOff,
  Trash2,
} from 'lucide-react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { useNow } from '../../components/facts/clock.ts';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Editable } from '../../components/forms/editable.tsx';
import { Note } from '../../components/layout/note.tsx';
import { Fact, Facts, Pane, PaneTitle } from '../../components/layout/pane.tsx';
import { date, dateAndTime } from '../../format/age.ts';
import { formatMoney } from '../../format/money.ts';
import { accountKindLabel, keyName, scopeMeaning } from '../../format/words.ts';
import { renameKey, useKey } from '../../stores/keys/keys.ts';
import { useTests } from '../../stores/keys/tests.ts';
import { openOverlay, openProfile } from '../../stores/window/view.ts';
import { KeyWhereUsed } from '../exports/used/where-used.tsx';
import { BudgetFact } from '../money/budget-fact.tsx';
import { useAccountKinds } from '../profiles/account-kinds.ts';
import { RotationPanel } from '../rotation/rotation-panel.tsx';
import { KeySpend } from '../spend/key-spend.tsx';
import { copyKey } from './copy-key.ts';
import { ageWords, leftWords } from './facts/key-due.tsx';
import { LocationLabel, locationMeaning } from './facts/location-label.tsx';
import { MaskedKey } from './facts/masked-key.tsx';
import { keyMenu } from './key-menu.ts';
import { usePrice } from './price.ts';
import { RotateByValue } from './rotate-by.tsx';
import { testNow } from './test-now.ts';
import { VerdictPanel } from './verdict-panel.tsx';

export function KeyPane({ id, focused, onClose }: { id: string; focused: boolean; onClose: () => void }) {
  const row = useKey(id);
  if (!row) return null;
  const { stored, remote, account, verdict, expiresAt } = row;
  return (
    <Pane label={`Key ${keyName(row)}`} menu={keyMenu(row)} onClose={onClose}>
      <PaneTitle focused={focused}>
        <KeyRound size={20} strokeWidth={1.7} aria-hidden="true" className="soft" />
        {keyName(row)}
      </PaneTitle>
      {stored ? (
        <>
          <StoredKeyActions id={id} />
          <RotationPanel keyId={id} />
          <VerdictPanel keyId={id} verdict={verdict} accountId={account?.id ?? null} />
        </>
      ) : expiresAt !== null ? (
        <Note>
          A temporary key: its secret was given to one program, or is on another machine. Varvel revokes it.
        </Note>
      ) : (
        <Note
          actions={
            <>
              <Button onClick={() => openOverlay({ kind: 'add_key' })}>Add secret…</Button>
              <Button onClick={() => openOverlay({ kind: 'create_key', accountId: account?.id ?? null })}>
                Create new key…
              </Button>
            </>
          }
        >
          {locationMeaning(row)}
        </Note>
      )}
      <KeyFacts row={row} />
      <KeyWhereUsed keyId={id} profiles={row.profiles} />
      <KeySpend keyId={id} accountId={account?.id ?? null} />
      <div className="pane-actions">
        {stored && expiresAt === null && (
          <Button tone="quiet" icon={RefreshCw} onClick={() => openOverlay({ kind: 'rotate', keyId: id })}>
            Rotate key…
          </Button>
        )}
        {stored && (
          <Button
            tone="quiet"
            icon={FileSearch}
            onClick={() => openOverlay({ kind: 'find_copies', keyId: id })}
          >
            Find copies…
          </Button>
        )}
        {stored && (
          <Button tone="quiet" icon={CircleMinus} onClick={() => openOverlay({ kind: 'forget', keyId: id })}>
            Forget key…
          </Button>
        )}
        {expiresAt !== null && (
          <Button tone="quiet" icon={TimerOff} onClick={() => openOverlay({ kind: 'end_key', keyId: id })}>
            End now…
          </Button>
        )}
        {expiresAt === null && remote !== false && (
          <Button tone="quiet" icon={Trash2} onClick={() => openOverlay({ kind: 'revoke', keyId: id })}>
            Revoke key…
          </Button>
        )}
      </div>
    </Pane>
  );
}

function StoredKeyActions({ id }: { id: string }) {
  const testing = useTests(({ running }) => id in running);
  const price = usePrice(id);
  return (
    <div className="pane-actions">
      <Button tone="go" icon={Activity} busy={testing} disabled={testing} onClick={() => void testNow(id)}>
        Test
      </Button>
      <Button onClick={() => void copyKey(id)}>Copy</Button>
      <Button onClick={() => openOverlay({ kind: 'reveal', keyId: id })}>Reveal…</Button>
      <Button icon={Sparkles} onClick={() => openOverlay({ kind: 'generate', keyId: id })}>
        Generate picture{price ? ` · ${formatMoney(price.amount, price.currency)}` : '…'}
      </Button>
      <Button onClick={() => openOverlay({ kind: 'create_profile', keyId: id })}>Create profile…</Button>
    </div>
  );
}

function KeyFacts({ row }: { row: KeyView }) {
  const { id, alias, account, scope, createdAt, expiresAt, profiles, stored } = row;
  const now = useNow();
  const kind = useAccountKinds().get(account?.id ?? '');
  return (
    <Facts>
      {stored && (
        <Fact name="Name">
          <Editable
            name="Name"
            value={alias ?? ''}
            shown={alias ?? <span className="soft">None</span>}
            save={(to) => renameKey(row, to)}
          />
        </Fact>
      )}
      <Fact name="Key ID">
        <span className="mono">{id}</span>
      </Fact>
      {stored && (
        <Fact name="Key">
          <MaskedKey id={id} />
        </Fact>
      )}
      <Fact name="Account">
        {account ? account.nickname : <span className="soft">Unknown until tested</span>}{' '}
        {kind && <span className="soft small">{accountKindLabel[kind]}</span>}
      </Fact>
      <Fact name="Scope">
        <ScopeTag scope={scope} />{' '}
        <span className="soft small">{scope ? scopeMeaning[scope] : 'Unknown until tested'}</span>
      </Fact>
      <Fact name="Location">
        <LocationLabel row={row} />
        {stored && <div className="soft small">{locationMeaning(row)}</div>}
      </Fact>
      <Fact name="Budget">
        <BudgetFact subject={{ kind: 'key', keyId: id }} />
      </Fact>
      {createdAt !== null && (
        <Fact name="Created">
          {date(createdAt)} <span className="soft small">{ageWords(createdAt, now)}</span>
        </Fact>
      )}
      {expiresAt !== null && (
        <Fact name="Ends">
          {dateAndTime(expiresAt)} <span className="soft small">temporary, {leftWords(expiresAt, now)}</span>
        </Fact>
      )}
      {stored && expiresAt === null && (
        <Fact name="Rotate by">
          <RotateByValue row={row} />
        </Fact>
      )}
      <Fact name="Profiles">
        {profiles.length === 0 && <span className="soft">None</span>}
        <span className="links">
          {profiles.slice(0, 20).map((name) => (
            <button key={name} type="button" className="link" onClick={() => openProfile(name)}>
              {name}
            </button>
          ))}
          {profiles.length > 20 && <span className="soft">and {profiles.length - 20} more</span>}
        </span>
      </Fact>
    </Facts>
  );
}
