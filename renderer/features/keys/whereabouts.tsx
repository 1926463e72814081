import { Cloud, CloudOff, HardDrive, KeyRound, type LucideIcon } from 'lucide-react';
import type { KeyView } from '../../../core/model/key-view.ts';
import { type Whereabouts, whereabouts } from '../../stores/key-rows.ts';

const looks: Record<Whereabouts, { icon: LucideIcon; word: string; meaning: string }> = {
  both: {
    icon: KeyRound,
    word: 'Here and at fal',
    meaning: 'Its secret is in your vault, and fal lists it.',
  },
  only_fal: {
    icon: Cloud,
    word: 'Only at fal',
    meaning: 'fal lists it, but its secret is not here: fal shows a secret once, when the key is made.',
  },
  only_here: {
    icon: CloudOff,
    word: 'Only here',
    meaning:
      'Its secret is here, but fal does not list it any more: it was revoked, or is of another account.',
  },
  not_asked: { icon: HardDrive, word: 'Here; fal not asked', meaning: 'Its secret is in your vault.' },
};

export function WhereaboutsLine({ row }: { row: Pick<KeyView, 'stored' | 'remote'> }) {
  const where = whereabouts(row);
  const { icon: Icon, word, meaning } = looks[where];
  return (
    <span className={`where where-${where}`} title={meaning}>
      <Icon size={14} strokeWidth={1.9} aria-hidden="true" />
      {word}
    </span>
  );
}

export const whereaboutsMeaning = (row: Pick<KeyView, 'stored' | 'remote'>): string =>
  looks[whereabouts(row)].meaning;
