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
import { type Verdict, verdictHint } from '../../../core/model/verdict.ts';
import { ageAgo, shortAge } from '../../format/age.ts';
import { hintWords } from '../../format/hint-words.ts';
import { Prose } from '../../format/prose.tsx';
import { verdictTitle } from '../../format/words.ts';
import { useVerdict } from '../../stores/tests.ts';
import { useNow } from './clock.ts';
import { Turning } from './ring.tsx';
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

/** What is wrong with the key is bad; what may pass by itself is a warning. */
export const toneOf: Record<Verdict['kind'], Tone> = {
  valid: 'ok',
  invalid: 'bad',
  locked: 'bad',
  forbidden: 'bad',
  rate_limited: 'warn',
  server_error: 'warn',
  unreachable: 'warn',
};

/** The last verdict of a row: icon, word, age. */
export function VerdictLine({ keyId, verdict: known }: { keyId: string | null; verdict: Verdict | null }) {
  const { verdict, testing } = useVerdict(keyId, known);
  const now = useNow();
  if (testing) {
    return (
      <span className="verdict">
        <Turning size={15} /> Testing…
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
  return (
    <span className={`verdict verdict-${toneOf[verdict.kind]}`} title={verdict.message}>
      <Icon size={15} strokeWidth={2} aria-hidden="true" />
      <span>{verdictTitle[verdict.kind]}</span>
      <span className="verdict-age">
        {shortAge(verdict.testedAt, now)}
        <span className="unseen"> since its test</span>
      </span>
    </span>
  );
}

/** A verdict at length: what fal says, and what to do next. */
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
  const next = hintWords(verdictHint(verdict.kind, keyId));
  const found = [
    verdict.account && `account ${verdict.account.nickname}`,
    verdict.scope && `scope ${verdict.scope}`,
    verdict.latencyMs !== null && `${Math.round(verdict.latencyMs)} ms`,
  ].filter(Boolean);
  return (
    <section className={`verdict-card verdict-card-${toneOf[verdict.kind]}`} aria-label="Verdict">
      <div className={`verdict verdict-${toneOf[verdict.kind]}`}>
        <Icon size={17} strokeWidth={2} aria-hidden="true" />
        <b>{verdictTitle[verdict.kind]}</b>
        <span className="verdict-age">{ageAgo(verdict.testedAt, now)}</span>
      </div>
      <p>
        <Prose text={verdict.message} />
      </p>
      {found.length > 0 && <p className="soft small">{found.join(' · ')}</p>}
      {next && <p className="verdict-next">{next}</p>}
      {actions && <div className="verdict-actions">{actions}</div>}
    </section>
  );
}
