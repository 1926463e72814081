import { Activity, CircleOff, KeyRound, Sparkles, Trash2 } from 'lucide-react';
import type { ProfileView } from '../../../core/model/profile.ts';
import { checkHost, checkNote, checkProfileName } from '../../../core/model/profile.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Ring } from '../../components/facts/ring.tsx';
import { ScopeTag } from '../../components/facts/scope-tag.tsx';
import { Tag } from '../../components/facts/tag.tsx';
import { Button } from '../../components/forms/button.tsx';
import { Editable } from '../../components/forms/editable.tsx';
import { Swatches } from '../../components/forms/swatches.tsx';
import { Note } from '../../components/layout/note.tsx';
import { Fact, Facts, Pane, PaneTitle } from '../../components/layout/pane.tsx';
import { date } from '../../format/age.ts';
import { formatMoney } from '../../format/money.ts';
import { accountKindLabel, keyName, scopeMeaning } from '../../format/words.ts';
import { useKey } from '../../stores/keys/keys.ts';
import { useTests } from '../../stores/keys/tests.ts';
import { useCurrentName, useIsStarred, useProfile, useProfiles, withColor } from '../../stores/profiles.ts';
import { showProblem, showToast } from '../../stores/window/toasts.ts';
import { openKey, openOverlay, useView } from '../../stores/window/view.ts';
import { ProfileWhereUsed } from '../exports/used/where-used.tsx';
import { copyKey } from '../keys/copy-key.ts';
import { MaskedKey } from '../keys/facts/masked-key.tsx';
import { KeyOptions } from '../keys/key-options.tsx';
import { usePrice } from '../keys/price.ts';
import { testNow } from '../keys/test-now.ts';
import { VerdictPanel } from '../keys/verdict-panel.tsx';
import { BalanceFact } from '../money/balance-fact.tsx';
import { BudgetFact } from '../money/budget-fact.tsx';
import { KeySpend } from '../spend/key-spend.tsx';
import { useAccountKinds } from './account-kinds.ts';
import { switchTo } from './profile-actions.ts';
import { profileMenu } from './profile-menu.ts';
import styles from './profile-pane.module.css';
import { validate } from './validate.ts';

export function ProfilePane({
  name,
  focused,
  onClose,
}: {
  name: string;
  focused: boolean;
  onClose: () => void;
}) {
  const profile = useProfile(name);
  const current = useCurrentName() === name;
  const starred = useIsStarred(name);
  if (!profile) return null;
  const { color, keyId, verdict, account } = profile;
  return (
    <Pane label={`Profile ${name}`} menu={profileMenu(profile, { current, starred })} onClose={onClose}>
      <PaneTitle focused={focused}>
        <Ring color={color} size={24} current={current} />
        {name}
        {current && (
          <Tag look="current" className={styles.current}>
            Current
          </Tag>
        )}
      </PaneTitle>
      <div className="pane-actions">
        {!current && (
          <Button tone="go" onClick={() => void switchTo(name)}>
            Use
          </Button>
        )}
        {keyId !== null && <KeyActions keyId={keyId} name={name} prominent={current} />}
      </div>
      {keyId === null ? (
        <NoKey name={name} accountId={account?.id ?? null} />
      ) : (
        <VerdictPanel keyId={keyId} verdict={verdict} accountId={account?.id ?? null} profile={name} />
      )}
      <ProfileFacts profile={profile} />
      <ProfileWhereUsed name={name} />
      {keyId !== null && <KeySpend keyId={keyId} accountId={account?.id ?? null} />}
      <div className="pane-actions">
        {keyId !== null && (
          <Button tone="quiet" icon={KeyRound} onClick={() => openKey(keyId)}>
            Show key
          </Button>
        )}
        {current && (
          <Button tone="quiet" icon={CircleOff} onClick={() => void switchTo(null)}>
            Use no profile
          </Button>
        )}
        <Button
          tone="quiet"
          icon={Trash2}
          onClick={() => openOverlay({ kind: 'delete_profiles', names: [name] })}
        >
          Delete profile…
        </Button>
      </div>
    </Pane>
  );
}

function KeyActions({ keyId, name, prominent }: { keyId: string; name: string; prominent: boolean }) {
  const testing = useTests(({ running }) => keyId in running);
  const price = usePrice(keyId);
  return (
    <>
      <Button
        tone={prominent ? 'go' : 'plain'}
        icon={Activity}
        busy={testing}
        disabled={testing}
        onClick={() => void testNow(keyId)}
      >
        Test
      </Button>
      <Button onClick={() => void copyKey(keyId)}>Copy</Button>
      <Button onClick={() => openOverlay({ kind: 'export', name, target: null })}>Export…</Button>
      <Button onClick={() => openOverlay({ kind: 'snippet', name })}>Code…</Button>
      <Button icon={Sparkles} onClick={() => openOverlay({ kind: 'generate', keyId })}>
        Generate picture{price ? ` · ${formatMoney(price.amount, price.currency)}` : '…'}
      </Button>
    </>
  );
}

function NoKey({ name, accountId }: { name: string; accountId: string | null }) {
  return (
    <Note
      tone="warn"
      actions={
        <Button onClick={() => openOverlay({ kind: 'create_key', accountId, profile: name })}>
          Create key…
        </Button>
      }
    >
      {name} has no key and can’t call fal. Choose a key below, or create one.
    </Note>
  );
}

function ProfileFacts({ profile }: { profile: ProfileView }) {
  const { name, account, keyId, host, note, color, scope } = profile;
  const key = useKey(keyId);
  const kind = useAccountKinds().get(account?.id ?? '');
  return (
    <Facts>
      <Fact name="Name">
        <Editable name="Name" value={name} shown={name} save={(to) => rename(name, to)} />
      </Fact>
      <Fact name="Account">
        {account ? account.nickname : <span className="soft">None</span>}{' '}
        {kind && <span className="soft small">{accountKindLabel[kind]}</span>}
      </Fact>
      {account && (
        <Fact name="Balance">
          <BalanceFact accountId={account.id} />
        </Fact>
      )}
      <Fact name="Budget">
        <BudgetFact subject={{ kind: 'profile', profile: name }} />
      </Fact>
      <Fact name="Key">
        <Editable
          name="Key"
          value={keyId ?? ''}
          choices={<KeyOptions none="No key" />}
          save={async (id) => {
            const { followed } = await call('profiles.change', { name, change: { keyId: id || null } });
            if (followed)
              showToast({ text: `The account of ${name} is now ${followed.to}, the key’s account.` });
          }}
          shown={
            keyId === null ? (
              <span className="soft">None</span>
            ) : (
              <>
                {key ? keyName(key) : 'Not here'} <MaskedKey id={keyId} />
              </>
            )
          }
        />
      </Fact>
      {keyId !== null && (
        <Fact name="Scope">
          <ScopeTag scope={scope} />{' '}
          <span className="soft small">{scope ? scopeMeaning[scope] : 'Unknown until tested'}</span>
        </Fact>
      )}
      {key?.createdAt != null && <Fact name="Created">{date(key.createdAt)}</Fact>}
      <Fact name="Host">
        <Editable
          name="Host"
          value={host ?? ''}
          shown={host ?? <span className="soft">Default</span>}
          placeholder="api.alpha.fal.ai"
          save={(text) => {
            if (text !== '') validate(checkHost, text);
            return change(name, { host: text || null });
          }}
        />
      </Fact>
      <Fact name="Colour">
        <Swatches value={color} onChange={(to) => void recolor(name, to)} />
      </Fact>
      <Fact name="Note">
        <Editable
          name="Note"
          value={note ?? ''}
          shown={note ?? <span className="soft">None</span>}
          lines={4}
          save={(text) => {
            validate(checkNote, text);
            return change(name, { note: text || null });
          }}
        />
      </Fact>
    </Facts>
  );
}

async function change(
  name: string,
  to: { host?: string | null; color?: string; note?: string | null },
): Promise<void> {
  await call('profiles.change', { name, change: to });
}

/** Shows the colour before it is saved. */
async function recolor(name: string, color: string): Promise<void> {
  try {
    await useProfiles.getState().showDuring(
      (list) => withColor(list, name, color),
      () => change(name, { color }),
    );
  } catch (error) {
    showProblem(problemOf(error));
  }
}

async function rename(from: string, to: string): Promise<void> {
  validate(checkProfileName, to);
  await call('profiles.rename', { from, to });
  useView.setState(({ profile }) => ({ profile: profile === from ? to : profile }));
}
