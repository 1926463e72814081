import type { Which } from '../../../../contract/rows.ts';
import type { FakeHandlers, Memory } from './memory.ts';

/** What a program sees that is started as this window's was. */
export function fakeWhich({ state }: Memory): FakeHandlers<'which'> {
  function chain(handSet: string | null): Which['here'] {
    const { current } = state;
    const id = state.profiles.find(({ name }) => name === current)?.keyId ?? null;
    const falKey = {
      source: 'FAL_KEY',
      value: handSet,
      wins: handSet !== null,
      reason: handSet === null ? 'Not set.' : 'Set in this shell.',
    };
    const ours = {
      source: 'current',
      value: current,
      wins: handSet === null && current !== null,
      reason: handSet === null ? 'The profile that was chosen last.' : 'FAL_KEY comes first.',
    };
    const won = [falKey, ours].find(({ wins }) => wins);
    return {
      winner: {
        source: won?.source ?? null,
        profile: won === ours ? current : null,
        keyId: won === ours ? id : handSet,
      },
      chain: [
        { source: 'FAL_FORCE_AUTH_BY_USER', value: null, wins: false, reason: 'Not set to 1.' },
        falKey,
        ours,
        { source: '__internal__.profile', value: null, wins: false, reason: 'Names no profile.' },
      ],
    };
  }
  const stray = '5d1f2c3b-0a1b-4c2d-8e3f-405162738495';
  return {
    'which.explain': () => ({
      folder: '/home/ada',
      here: chain(null),
      tools: [
        { name: 'fal', verdict: chain(null) },
        { name: 'fal_client', verdict: chain(stray) },
        { name: '@fal-ai/client', verdict: chain(stray) },
      ],
      advice: [
        'FAL_KEY is set by hand and beats the profile: `unset FAL_KEY` where it is not meant.',
        'FAL_KEY_ID stands alone: it takes FAL_KEY_SECRET too.',
      ],
    }),
  };
}
