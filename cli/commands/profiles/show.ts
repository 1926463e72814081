import { verdictWord } from '../../../core/model/fal/verdict.ts';
import { defineCommand } from '../../framework/command.ts';
import { age } from '../../framework/words.ts';
import { profileRow } from './profile-row.ts';

export const command = defineCommand({
  summary: 'Show one profile',
  examples: ['varvel profiles show staging'],
  options: {},
  positionals: [{ name: 'PROFILE', completes: 'profiles' }],
  async run({ output, open }, _, [name = '']) {
    const varvel = await open();
    const profile = varvel.profiles.show(name);
    if (output.json) {
      output.document({ ...profileRow(profile), current: profile.current });
      return 0;
    }
    const { key, verdict } = profile;
    const rows: [string, string][] = [
      ['Profile', `${profile.name}${profile.current ? ' (current)' : ''}`],
      ['Account', profile.account?.nickname ?? 'none'],
      ['Key', profile.keyId === null ? 'none' : [key?.alias, profile.keyId].filter(Boolean).join('  ')],
      ['Scope', profile.scope ?? '?'],
      [
        'Verdict',
        verdict
          ? `${verdictWord(verdict.kind)}, ${age(verdict.testedAt, Date.now())}: ${verdict.message}`
          : 'not tested',
      ],
      ['Host', profile.host ?? 'default'],
      ['Color', profile.color],
      ['Note', profile.note ?? ''],
    ];
    output.table(
      [
        { title: '', text: ([title]) => title, style: () => 'dim' },
        { title: '', text: ([, text]) => text },
      ],
      rows.filter(([, text]) => text !== ''),
    );
    return 0;
  },
});
