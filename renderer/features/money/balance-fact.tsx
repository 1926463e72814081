import { useEffect, useState } from 'react';
import { useNow } from '../../components/facts/clock.ts';
import { ageAgo } from '../../format/age.ts';
import { formatMoney } from '../../format/money.ts';
import { useKnownBalance, wantBalance } from '../../stores/money/money.ts';
import { useReadsMoney } from '../../stores/settings.ts';

/** A pane must stay open this long before it asks for a balance, in milliseconds. */
const delayMs = 400;

/** The balance of a pane's account, with its age. */
export function BalanceFact({ accountId }: { accountId: string }) {
  const balance = useKnownBalance(accountId);
  const now = useNow();
  const isAutomatic = useReadsMoney();
  const [asked, setAsked] = useState(false);
  useEffect(() => {
    if (!isAutomatic) return;
    const timer = setTimeout(() => void wantBalance(accountId), delayMs);
    return () => clearTimeout(timer);
  }, [accountId, isAutomatic]);
  return (
    <>
      {balance ? (
        <>
          {formatMoney(balance.amount, balance.currency)}{' '}
          <span className="soft small">{ageAgo(balance.readAt, now)}</span>
        </>
      ) : (
        <span className="soft">
          {isAutomatic || asked ? 'Not known. It needs a sign-in or an ADMIN key.' : 'Not read yet.'}
        </span>
      )}
      {!isAutomatic && (
        <>
          {' '}
          <button
            type="button"
            className="link small"
            onClick={() => void wantBalance(accountId).then(() => setAsked(true))}
          >
            Read balance
          </button>
        </>
      )}
    </>
  );
}
