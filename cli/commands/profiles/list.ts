import { verdictWord } from '../../../core/model/fal/verdict.ts';
import { defineCommand } from '../../framework/command.ts';
import { age, verdictStyle } from '../../framework/words.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'List profiles',
  examples: ['varvel profiles list', 'varvel profiles list --json'],
  options: {},
  positionals: [],
  async run({ output, open }) {
    const varvel = await open();
    const { current, profiles } = varvel.profiles.list();
    if (output.json) {
      output.document({ current, profiles: profiles.map(profileRow) });
      return 0;
    }
    if (profiles.length === 0) {
      output.note(
        'No profiles. Create one with `varvel profiles create NAME`, or with a new key: `varvel keys create ALIAS --profile NAME`.',
      );
      return 0;
    }
    const now = Date.now();
    output.table(
      [
        { title: '', text: ({ name }) => (name === current ? '●' : ' '), style: () => 'green' },
        {
          title: 'PROFILE',
          text: ({ name }) => name,
          style: ({ name }) => (name === current ? ['bold', 'green'] : 'bold'),
        },
        { title: 'ACCOUNT', text: ({ account }) => account?.nickname ?? '–' },
        {
          title: 'SCOPE',
          text: ({ scope, keyId }) => scope ?? (keyId ? '?' : 'no key'),
          style: ({ scope }) => (scope === 'ADMIN' ? 'yellow' : null),
        },
        {
          title: 'VERDICT',
          text: ({ verdict }) =>
            verdict ? `${verdictWord(verdict.kind)}, ${age(verdict.testedAt, now)}` : 'not tested',
          style: ({ verdict }) => verdictStyle(verdict),
        },
        { title: 'NOTE', text: ({ note }) => note?.split('\n')[0]?.slice(0, 40) ?? '', style: () => 'dim' },
      ],
      profiles,
    );
    return 0;
  },
});
