import { Lock, Plus, Wallet } from 'lucide-react';
import { useEffect, useRef } from 'react';
import type { Account } from '../../../core/model/fal/account.ts';
import { call } from '../../bridge.ts';
import { problemOf } from '../../call-error.ts';
import { Button } from '../../components/forms/button.tsx';
import { MoreMenu } from '../../components/overlays/menu.tsx';
import { countOf } from '../../format/count.ts';
import { hintWords } from '../../format/hint-words.ts';
import { formatMoney } from '../../format/money.ts';
import { accountKindLabel } from '../../format/words.ts';
import { loadBalance, useBalances, useRotatePolicies } from '../../stores/accounts.ts';
import { useKeys } from '../../stores/keys/keys.ts';
import { useBudget } from '../../stores/money/money.ts';
import { useSettings } from '../../stores/settings.ts';
import { known } from '../../stores/snapshots/resource.ts';
import { showProblem } from '../../stores/window/toasts.ts';
import { openOverlay, showKeysOf } from '../../stores/window/view.ts';
import { RotateAfterOptions, rotateAfterOf } from '../keys/rotate-by.tsx';
import { BudgetMeter } from '../money/budget-meter.tsx';
import styles from './account-line.module.css';

export function AccountLine({ account, reachable }: { account: Account; reachable: boolean }) {
  const { id, nickname, name, kind, lockReason } = account;
  const keys = useKeys(
    ({ resource }) => known(resource)?.filter(({ account: owner }) => owner?.id === id).length ?? 0,
  );
  const keyHere = useKeys(
    ({ resource }) => known(resource)?.find(({ account: owner, stored }) => stored && owner?.id === id)?.id,
  );
  const budget = useBudget({ kind: 'account', account: { id, nickname } });
  return (
    <li className={styles.account}>
      <div className={styles.name}>
        <b className="clip">{nickname}</b>
        <span className="soft small clip">
          {accountKindLabel[kind]}
          {name && name !== nickname && ` · ${name}`}
        </span>
        {lockReason !== null && (
          <span className={`small ${styles.lock}`}>
            <Lock size={13} aria-hidden="true" />
            <span>
              <b>Locked.</b> {lockReason}{' '}
              {keyHere && (
                <button
                  type="button"
                  className="link"
                  aria-label={`Why is ${nickname} locked?`}
                  onClick={() => openOverlay({ kind: 'diagnose', keyId: keyHere })}
                >
                  Why?
                </button>
              )}
            </span>
          </span>
        )}
      </div>
      {budget && (
        <div className={styles.budget}>
          <BudgetMeter budget={budget} />
        </div>
      )}
      <RotatePolicy account={account} />
      <AccountBalance accountId={id} wanted={reachable} />
      <div className={styles.actions}>
        <button
          type="button"
          className={`link ${styles.keys}`}
          onClick={() => showKeysOf(id)}
          aria-label={`${countOf(keys, 'key')} in ${nickname}`}
        >
          {countOf(keys, 'key')}
        </button>
        <MoreMenu
          name={`More actions for ${nickname}`}
          items={() => [
            {
              label: budget ? 'Change budget…' : 'Set budget…',
              icon: Wallet,
              run: () =>
                openOverlay({ kind: 'budget', subject: { kind: 'account', account: { id, nickname } } }),
            },
          ]}
        />
        <Button
          icon={Plus}
          disabled={!reachable}
          aria-label={`Create key for ${nickname}`}
          onClick={() => openOverlay({ kind: 'create_key', accountId: id })}
        >
          Create key
        </Button>
      </div>
    </li>
  );
}

/** By when the account's keys are to be rotated. */
function RotatePolicy({ account: { id, nickname } }: { account: Account }) {
  const after = useRotatePolicies(
    ({ resource }) => known(resource)?.find(({ accountId }) => accountId === id)?.after ?? null,
  );
  const general = useSettings(({ resource }) => known(resource)?.rotateAfterDays ?? null);
  const change = (value: string): void =>
    void call('accounts.setRotateBy', { accountId: id, after: rotateAfterOf(value) }).catch(
      (error: unknown) => showProblem(problemOf(error)),
    );
  return (
    <label className={styles.policy}>
      <span className="soft small">Rotate keys</span>
      <select
        className="input select"
        aria-label={`Rotate the keys of ${nickname}`}
        value={after === null ? '' : String(after)}
        onChange={(event) => change(event.target.value)}
      >
        <RotateAfterOptions none={general === null ? 'No reminder' : 'As in Settings'} value={after} />
      </select>
    </label>
  );
}

/** The balance, loaded once the account is visible. */
function AccountBalance({ accountId, wanted }: { accountId: string; wanted: boolean }) {
  const place = useRef<HTMLDivElement>(null);
  const balance = useBalances(({ balances }) => balances[accountId]);
  const missing = balance === undefined;
  useEffect(() => {
    const element = place.current;
    if (!element || !wanted || !missing) return;
    const observer = new IntersectionObserver((entries) => {
      if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
      observer.disconnect();
      void loadBalance(accountId);
    });
    observer.observe(element);
    return () => observer.disconnect();
  }, [accountId, wanted, missing]);

  return (
    <div className={styles.balance} ref={place}>
      <span className="soft small">Balance</span>
      {balance?.state === 'known' && (
        <span>
          {balance.amount === null ? (
            <span className="soft">Not available</span>
          ) : (
            formatMoney(balance.amount, 'USD')
          )}
        </span>
      )}
      {balance?.state === 'loading' && <span className="soft">…</span>}
      {balance?.state === 'failed' && (
        <span className="soft" title={`${balance.problem.message} ${hintWords(balance.problem.hint)}`}>
          Couldn’t load
        </span>
      )}
      {missing && <span className="soft">–</span>}
    </div>
  );
}
