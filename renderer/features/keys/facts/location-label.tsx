import { Cloud, CloudOff, HardDrive, KeyRound, type LucideIcon } from 'lucide-react';
import type { KeyView } from '../../../../core/model/key-view.ts';
import { type KeyLocation, keyLocation } from '../../../stores/keys/key-rows.ts';
import styles from './location-label.module.css';

const looks: Record<KeyLocation, { icon: LucideIcon; label: string; meaning: string }> = {
  both: {
    icon: KeyRound,
    label: 'Here and at fal',
    meaning: 'The secret is in your vault, and fal lists the key.',
  },
  only_fal: {
    icon: Cloud,
    label: 'Only at fal',
    meaning:
      'fal lists the key, but its secret isn’t in your vault. fal shows a secret only when the key is created.',
  },
  only_here: {
    icon: CloudOff,
    label: 'Only here',
    meaning:
      'The secret is in your vault, but fal no longer lists the key. It was revoked, or belongs to another account.',
  },
  unchecked: {
    icon: HardDrive,
    label: 'Not checked with fal',
    meaning: 'The secret is in your vault. Varvel hasn’t checked the key with fal.',
  },
};

export function LocationLabel({ row }: { row: Pick<KeyView, 'stored' | 'remote'> }) {
  const where = keyLocation(row);
  const { icon: Icon, label, meaning } = looks[where];
  return (
    <span className={`${styles.location} ${where === 'only_here' ? styles.onlyHere : ''}`} title={meaning}>
      <Icon size={14} strokeWidth={1.9} aria-hidden="true" />
      {label}
    </span>
  );
}

export const locationMeaning = (row: Pick<KeyView, 'stored' | 'remote'>): string =>
  looks[keyLocation(row)].meaning;
