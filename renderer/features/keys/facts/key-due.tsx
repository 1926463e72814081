import type { KeyView } from '../../../../core/model/key-view.ts';
import { useNow } from '../../../components/facts/clock.ts';
import { Tag } from '../../../components/facts/tag.tsx';
import { dateAndTime, shortAge, timeLeft } from '../../../format/age.ts';

type Dated = Pick<KeyView, 'createdAt' | 'expiresAt' | 'rotateBy'>;

/** In a row: how old a key is, and whether it ends or is to be rotated. */
export function KeyDue({ row }: { row: Dated }) {
  const now = useNow();
  const { createdAt, expiresAt, rotateBy } = row;
  if (expiresAt !== null)
    return (
      <Tag look="current">
        <span title={`Revoked at ${dateAndTime(expiresAt)}`}>{temporaryWords(expiresAt, now)}</span>
      </Tag>
    );
  if (rotateBy.dueAt !== null && rotateBy.dueAt <= now)
    return (
      <Tag look="admin">
        <span title={`Rotate by ${dateAndTime(rotateBy.dueAt)}`}>{overdueWords(rotateBy.dueAt, now)}</span>
      </Tag>
    );
  if (createdAt === null) return null;
  return <span title={`Created ${dateAndTime(createdAt)}`}>{ageWords(createdAt, now)}</span>;
}

export function ageWords(createdAt: number, now: number): string {
  const age = shortAge(createdAt, now);
  return age === 'now' ? 'new' : `${age} old`;
}

export const temporaryWords = (expiresAt: number, now: number): string =>
  expiresAt <= now ? 'Temporary, ended' : `Temporary, ${timeLeft(expiresAt, now)} left`;

function overdueWords(dueAt: number, now: number): string {
  const late = shortAge(dueAt, now);
  return late === 'now' ? 'Rotate now' : `Rotate: ${late} overdue`;
}
