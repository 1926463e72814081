import { hasCode } from '../../../core/model/error.ts';
import type { StoredKey } from '../../../core/model/fal/key.ts';
import { localTime } from '../../../core/model/local-time.ts';
import { githubPlace } from '../../../core/model/machine/github-secret.ts';
import type { Varvel } from '../../../core/varvel.ts';
import { defineCommand } from '../../framework/command.ts';
import { keysAccountOption } from '../../framework/name-options.ts';
import { ago, isoTime } from '../../framework/words.ts';
import { rotateByWords } from './rotate-by-words.ts';

/** The stored key, or the one at fal. */
async function keyOf(
  varvel: Varvel,
  wanted: string,
  account: string | null,
  signal: AbortSignal,
): Promise<StoredKey> {
  try {
    return varvel.keys.find(wanted, account);
  } catch (error) {
    if (!hasCode(error, 'not_found')) throw error;
    return varvel.keys.findAnywhere(wanted, account, signal).catch((unfound: unknown) => {
      throw hasCode(unfound, 'not_found', 'ambiguous') ? unfound : error;
    });
  }
}

const stateWords = {
  fresh: 'up to date',
  stale: 'outdated: old key',
  gone: 'no longer has the key',
  unknown: 'can’t be checked: it may have the key',
} as const;

export const command = defineCommand({
  summary: 'Show a key and the files that hold it',
  details:
    'Shows a key, the profiles that use it, the files and GitHub secrets that `varvel export` wrote it to, and other tools’ files that hold it. Asks fal only for a key that is not here.',
  examples: ['varvel keys show build-bots'],
  options: {
    account: keysAccountOption,
  },
  positionals: [{ name: 'KEY', completes: 'keys' }],
  async run({ output, open, cwd, signal }, { account }, [wanted = '']) {
    const varvel = await open();
    const {
      id,
      alias,
      scope,
      account: owner,
      createdAt,
    } = await keyOf(varvel, wanted, account ?? null, signal);
    const expiresAt = varvel.keys.expiryOf(id);
    const { dueAt, ...rule } = varvel.reminders.ruleOf()({ id, account: owner, createdAt });
    const stored = varvel.keys.all().some((key) => key.id === id);
    const profiles = varvel.keys.usersOf(id).map(({ name }) => name);
    const files = await varvel.exports.whereUsed(id);
    const github = (await varvel.exports.github()).list(id);
    const tools = (await varvel.toolKeys(cwd())).filter(({ keyId }) => keyId === id);
    if (output.json) {
      output.document({
        id,
        alias,
        scope,
        account: owner?.nickname ?? null,
        created_at: isoTime(createdAt),
        expires_at: isoTime(expiresAt),
        rotate_by: isoTime(dueAt),
        stored,
        profiles,
        files: files.map(({ path, variable, profile, state, at }) => ({
          path,
          variable,
          profile,
          state,
          exported_at: isoTime(at),
        })),
        github: github.map(({ repository, environment, variable, profile, state, at }) => ({
          repository,
          environment,
          variable,
          profile,
          state,
          exported_at: isoTime(at),
        })),
        other_tools: tools.map(({ tool, path, server }) => ({ tool, path, server })),
      });
      return 0;
    }
    const facts: [string, string][] = [
      ['Key', id],
      ['Alias', alias ?? '–'],
      ['Scope', scope ?? 'unknown'],
      ['Account', owner?.nickname ?? 'unknown'],
      ['Secret', stored ? 'here' : 'not here: only at fal'],
      ['Profiles', profiles.join(', ') || 'none'],
    ];
    if (createdAt !== null) facts.push(['Created', `${localTime(createdAt)}, ${ago(createdAt, Date.now())}`]);
    if (expiresAt !== null) facts.push(['Temporary', `revoked at ${localTime(expiresAt)}`]);
    else if (rule.own !== null || rule.account !== null || rule.general !== null)
      facts.push(['Rotate', `${rotateByWords(rule)}${dueAt === null ? '' : `, by ${localTime(dueAt)}`}`]);
    for (const { path, variable, profile, state } of files)
      facts.push(['File', `${path}  ${variable} of ${profile}, ${stateWords[state]}`]);
    for (const secret of github)
      facts.push([
        'GitHub',
        `${githubPlace(secret)}  ${secret.variable} of ${secret.profile}, ${stateWords[secret.state]}`,
      ]);
    for (const { tool, path, server } of tools)
      facts.push(['Tool', `${path}  ${server === null ? tool : `${tool}: ${server}`}`]);
    output.table(
      [
        { title: '', text: ([name]) => name, style: () => 'dim' },
        { title: '', text: ([, text]) => text },
      ],
      facts,
    );
    return 0;
  },
});
