import type { FalcliRow } from '../../../core/model/falcli.ts';
import { defineCommand } from '../../framework/command.ts';
import { count } from '../../framework/words.ts';

const inStepWord = { off: 'no', profile: 'yes, without keys', key: 'yes, with the key' } as const;

export const command = defineCommand({
  summary: 'Show fal’s CLI’s profiles beside ours',
  details:
    'Reads fal’s config.toml (FAL_CONFIG_PATH moves it) and changes nothing. A key in it stands there in plain text; here it is shown as its id.',
  options: {},
  positionals: [],
  async run({ output, open }) {
    const varvel = await open();
    const status = await (await varvel.falcli()).status();
    const plain = status.rows.filter(({ plainText }) => plainText);
    if (output.json) {
      output.document({
        path: status.path,
        exists: status.exists,
        open_to_others: status.openToOthers,
        profile: status.profile,
        current: status.current,
        team: status.team,
        in_step: status.inStep,
        comments_remembered: status.commentsRemembered,
        profiles: status.rows.map(({ name, where, keyId, ourKeyId, host, differs, plainText }) => ({
          name,
          where,
          key: keyId,
          our_key: ourKeyId,
          host,
          differs,
          plain_text: plainText,
        })),
      });
      return 0;
    }
    output.table<FalcliRow>(
      [
        { title: 'PROFILE', text: ({ name }) => name },
        {
          title: 'IN USE',
          text: ({ name }) =>
            [name === status.profile && 'fal', name === status.current && 'varvel']
              .filter(Boolean)
              .join(', ') || '–',
        },
        { title: 'WHERE', text: ({ where }) => where },
        { title: 'FAL’S KEY', text: ({ keyId, plainText }) => keyId ?? (plainText ? 'not a key' : '–') },
        { title: 'OUR KEY', text: ({ ourKeyId }) => ourKeyId ?? '–' },
        { title: 'DIFFERS', text: ({ differs }) => differs.join(', ') || '–', style: () => 'yellow' },
      ],
      status.rows,
    );
    const link = status.target === status.path ? '' : `, a link to ${status.target}`;
    output.note(
      status.exists
        ? `${status.path}${link}. Kept in step: ${inStepWord[status.inStep]}.`
        : `fal’s CLI has no ${status.path}.`,
    );
    if (
      status.profile !== null &&
      !status.rows.some(({ name, where }) => name === status.profile && where !== 'varvel')
    )
      output.warn(`fal’s CLI is told to use ${status.profile}, which it doesn’t have; it then uses none.`);
    if (plain.length > 0) {
      output.warn(
        `${count(plain.length, 'key')} in plain text there${status.openToOthers ? ', in a file that others can read' : ''}.`,
      );
    }
    return 0;
  },
});
