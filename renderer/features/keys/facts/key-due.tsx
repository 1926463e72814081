import { RefreshCw, Timer } from 'lucide-react';
import type { KeyView } from '../../../../core/model/key-view.ts';
import { useNow } from '../../../components/facts/clock.ts';
import { Tag } from '../../../components/facts/tag.tsx';
import { dateAndTime, shortAge, timeLeft } from '../../../format/age.ts';
import styles from './key-due.module.css';

/** Whether a key has a badge now: it ends by itself, or is overdue. */
export const hasBadge = ({ expiresAt, rotateBy: { dueAt } }: KeyView, now: number): boolean =>
  expiresAt !== null || (dueAt !== null && dueAt <= now);

/** How long a temporary key has left, or how long another one is overdue. */
export function KeyBadge({ row: { expiresAt, rotateBy } }: { row: KeyView }) {
  const now = useNow();
  if (expiresAt !== null)
    return (
      <Tag look="current" className={styles.badge}>
        <span title={`Temporary key. Ends ${dateAndTime(expiresAt)}`}>
          <Timer size={11} strokeWidth={2.2} aria-hidden="true" />
          <span className="unseen">Temporary, </span>
          {leftWords(expiresAt, now)}
        </span>
      </Tag>
    );
  const { dueAt } = rotateBy;
  if (dueAt === null || dueAt > now) return null;
  const late = shortAge(dueAt, now);
  return (
    <Tag look="admin" className={styles.badge}>
      <span title={`Rotate by ${dateAndTime(dueAt)}`}>
        <RefreshCw size={11} strokeWidth={2.2} aria-hidden="true" />
        <span className="unseen">Rotate: </span>
        {late === 'now' ? 'due' : `${late} overdue`}
      </span>
    </Tag>
  );
}

export function ageWords(createdAt: number, now: number): string {
  const age = shortAge(createdAt, now);
  return age === 'now' ? 'new' : `${age} old`;
}

export const leftWords = (expiresAt: number, now: number): string =>
  expiresAt <= now ? 'ended' : `${timeLeft(expiresAt, now)} left`;
