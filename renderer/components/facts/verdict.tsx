import {
  Ban,
  CircleCheck,
  CircleDashed,
  CircleX,
  Hourglass,
  Lock,
  type LucideIcon,
  ServerCrash,
  WifiOff,
} from 'lucide-react';
import type { ReactNode } from 'react';
import { type Verdict, verdictHint, verdictReason } from '../../../core/model/fal/verdict.ts';
import { ageAgo, shortAge } from '../../format/age.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { verdictTitle } from '../../format/words.ts';
import { useVerdict } from '../../stores/keys/tests.ts';
import { useNow } from './clock.ts';
import { Spinner } from './ring.tsx';
import './verdict.css';

const icons: Record<Verdict['kind'], LucideIcon> = {
  valid: CircleCheck,
  invalid: CircleX,
  locked: Lock,
  forbidden: Ban,
  rate_limited: Hourglass,
  server_error: ServerCrash,
  unreachable: WifiOff,
};

type Tone = 'ok' | 'bad' | 'warn';

/** Bad when the key is at fault, a warning when it may pass by itself. */
export const verdictTone: Record<Verdict['kind'], Tone> = {
  valid: 'ok',
  invalid: 'bad',
  locked: 'bad',
  forbidden: 'bad',
  rate_limited: 'warn',
  server_error: 'warn',
  unreachable: 'warn',
};

/** A key's last test result in a row: icon, word, reason, age. */
export function VerdictLine({
  keyId,
  verdict: known,
  withAge = true,
}: {
  keyId: string | null;
  verdict: Verdict | null;
  withAge?: boolean;
}) {
  const { verdict, testing } = useVerdict(keyId, known);
  const now = useNow();
  if (testing) {
    return (
      <span className="verdict">
        <Spinner size={15} /> Testing…
      </span>
    );
  }
  if (!verdict) {
    return (
      <span className="verdict soft">
        <CircleDashed size={15} strokeWidth={1.8} aria-hidden="true" />
        {keyId === null ? 'No key' : 'Not tested'}
      </span>
    );
  }
  const Icon = icons[verdict.kind];
  const reason = verdictReason(verdict);
  return (
    <span className={`verdict verdict-${verdictTone[verdict.kind]}`} title={verdict.message}>
      <span className="verdict-words">
        <Icon size={15} strokeWidth={2} aria-hidden="true" />
        <span className="clip">
          <span>{verdictTitle[verdict.kind]}</span>
          {reason && <span className="verdict-reason"> · {reason}</span>}
        </span>
      </span>
      <span className="verdict-age">
        {withAge && <span aria-hidden="true">{shortAge(verdict.testedAt, now)}</span>}
        <span className="unseen">, tested {ageAgo(verdict.testedAt, now)}</span>
      </span>
    </span>
  );
}

/** A test result in full: what fal says, and what to do next. */
export function VerdictCard({
  verdict,
  keyId,
  actions,
}: {
  verdict: Verdict;
  keyId: string;
  actions?: ReactNode;
}) {
  const now = useNow();
  const Icon = icons[verdict.kind];
  const next = hintWords(verdictHint(verdict, keyId));
  const found = [
    verdict.account && `Account ${verdict.account.nickname}`,
    verdict.scope && `${verdict.scope} scope`,
    verdict.latencyMs !== null && `${Math.round(verdict.latencyMs)} ms`,
  ].filter(Boolean);
  return (
    <section className={`verdict-card verdict-card-${verdictTone[verdict.kind]}`} aria-label="Test result">
      <div className={`verdict verdict-${verdictTone[verdict.kind]}`}>
        <Icon size={17} strokeWidth={2} aria-hidden="true" />
        <b>{verdictTitle[verdict.kind]}</b>
        <span className="verdict-age">Tested {ageAgo(verdict.testedAt, now)}</span>
      </div>
      <p>
        <Prose text={verdict.message} />
      </p>
      {found.length > 0 && <p className="verdict-found">{found.join(' · ')}</p>}
      {next && <p className="verdict-next">{next}</p>}
      {actions && <div className="verdict-actions">{actions}</div>}
    </section>
  );
}
