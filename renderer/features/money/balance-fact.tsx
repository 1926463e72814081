import { useEffect } from 'react';
import { useNow } from '../../components/facts/clock.ts';
import { ageAgo } from '../../format/age.ts';
import { formatMoney } from '../../format/money.ts';
import { useKnownBalance, wantBalance } from '../../stores/money.ts';

/** A pane must stay open this long before it asks for a balance, in milliseconds. */
const delayMs = 400;

/** The balance of a pane's account, with its age. */
export function BalanceFact({ accountId }: { accountId: string }) {
  const balance = useKnownBalance(accountId);
  const now = useNow();
  useEffect(() => {
    const timer = setTimeout(() => void wantBalance(accountId), delayMs);
    return () => clearTimeout(timer);
  }, [accountId]);
  if (!balance) return <span className="soft">Not known. It needs a sign-in or an ADMIN key.</span>;
  return (
    <>
      {formatMoney(balance.amount, balance.currency)}{' '}
      <span className="soft small">{ageAgo(balance.readAt, now)}</span>
    </>
  );
}
