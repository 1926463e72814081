import type { FalcliRow } from '../../../core/model/machine/falcli.ts';
import { defineCommand } from '../../framework/command.ts';
import { count, idStart } from '../../framework/words.ts';

const inStepWord = { off: 'off', profile: 'on, without keys', key: 'on, with the key' } as const;

export const command = defineCommand({
  summary: 'Compare the fal CLI’s profiles with Varvel’s',
  details:
    'Reads the fal CLI’s config.toml and changes nothing. FAL_CONFIG_PATH sets another path. Keys in that file are plain text; this shows only their ids.',
  examples: ['varvel falcli status'],
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
        {
          title: 'FAL CLI KEY',
          text: ({ keyId, plainText }) => keyId ?? (plainText ? 'not a key' : '–'),
          short: ({ keyId, plainText }) => (keyId ? idStart(keyId) : plainText ? 'not a key' : '–'),
        },
        {
          title: 'VARVEL KEY',
          text: ({ ourKeyId }) => ourKeyId ?? '–',
          short: ({ ourKeyId }) => idStart(ourKeyId ?? '–'),
        },
        { title: 'DIFFERS', text: ({ differs }) => differs.join(', ') || '–', style: () => 'yellow' },
      ],
      status.rows,
    );
    const link = status.target === status.path ? '' : `, a link to ${status.target}`;
    output.note(
      status.exists
        ? `${status.path}${link}. Sync: ${inStepWord[status.inStep]}.`
        : `The fal CLI has no ${status.path}.`,
    );
    if (
      status.profile !== null &&
      !status.rows.some(({ name, where }) => name === status.profile && where !== 'varvel')
    )
      output.warn(`The fal CLI is set to use ${status.profile}, which doesn’t exist. It uses no profile.`);
    const inUse = status.rows.find(({ name, where }) => name === status.profile && where !== 'varvel');
    if (status.exists && !inUse?.keyId) {
      output.note(
        `Without a key, the fal CLI acts for ${status.team ?? 'the personal account of its sign-in'}.`,
      );
    }
    if (plain.length > 0) {
      output.warn(
        `${count(plain.length, 'key')} in plain text${status.openToOthers ? ', in a file that others can read' : ''}.`,
      );
    }
    return 0;
  },
});
