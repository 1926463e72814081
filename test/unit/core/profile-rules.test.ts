import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { VarvelError } from '../../../core/model/error.ts';
import {
  checkColor,
  checkHost,
  checkNote,
  checkProfileName,
  colorOf,
  profileColors,
} from '../../../core/model/profile.ts';
import { didYouMean, nearest } from '../../../core/nearest.ts';
import { effectiveProfile } from '../../../core/profiles/effective.ts';
import { parsePin } from '../../../core/profiles/pin.ts';

const code = (work: () => unknown): string => {
  try {
    work();
  } catch (error) {
    return error instanceof VarvelError ? error.code : 'another error';
  }
  return 'none';
};

const profile = (name: string) => ({
  name,
  account: null,
  keyId: null,
  host: null,
  color: 'brass',
  note: null,
});

describe('the profile in force', () => {
  const sources = ['argument', 'variable', 'pin', 'current'] as const;
  type Given = 'absent' | 'known' | 'unknown';
  const states: Given[] = ['absent', 'known', 'unknown'];
  const all = states.flatMap((argument) =>
    states.flatMap((variable) =>
      states.flatMap((pin) =>
        (['absent', 'known'] as const).map((current) => ({ argument, variable, pin, current })),
      ),
    ),
  );

  test.each(all)('argument $argument, variable $variable, pin $pin, current $current', (given) => {
    const known = new Map(sources.map((source) => [`by-${source}`, profile(`by-${source}`)]));
    const name = (source: (typeof sources)[number]) =>
      given[source] === 'absent' ? null : given[source] === 'known' ? `by-${source}` : 'not-there';
    let pinAsked = false;
    const work = () =>
      effectiveProfile(
        {
          argument: name('argument'),
          variable: name('variable'),
          pin: () => {
            pinAsked = true;
            const pinned = name('pin');
            return pinned === null ? null : { profile: pinned, path: '/x/.varvel' };
          },
        },
        {
          current: name('current'),
          get: (wanted) => known.get(wanted) ?? null,
          nameLike: (wanted) => {
            const found = known.get(wanted);
            if (found) return found;
            throw new VarvelError('not_found', `There is no profile “${wanted}”.`, '');
          },
        },
      );
    const strongest = sources.find((source) => given[source] !== 'absent');
    // the strongest that was given decides alone: what it names is there, or nothing is
    if (strongest && given[strongest] === 'known') {
      expect(work()).toEqual({ source: strongest, profile: profile(`by-${strongest}`) });
    } else {
      expect(code(work)).toBe('not_found');
    }
    expect(pinAsked).toBe(given.argument === 'absent' && given.variable === 'absent');
  });

  test('an empty VARVEL_PROFILE is none', () => {
    const known = { current: 'a', get: profile, nameLike: profile };
    expect(effectiveProfile({ argument: null, variable: '', pin: () => null }, known).source).toBe('current');
  });
});

describe('a pin', () => {
  test.each([
    'profile = "p"',
    'profile="p"',
    '\ufeffprofile = "p"\r\n',
    '# ours\n\n  profile   =   "p"   # live\n\n',
  ])('%j names a profile', (text) => {
    expect(parsePin(text, '/x/.varvel')).toEqual({ profile: 'p', path: '/x/.varvel' });
  });

  test.each([
    '',
    '# nothing',
    'p',
    'profile = p',
    "profile = 'p'",
    'profile = ""',
    'profile = "a b"',
    'profile = "../../etc"',
    'profile = "-p"',
    'profile = "p" x',
    'profile = "p"\nprofile = "q"',
    'profile = "p"\nkey = "a:b"',
    `profile = "${'x'.repeat(65)}"`,
    '[profile]\nname = "p"',
    'profile = "p\u0000"',
  ])('%j is refused and not guessed at', (text) => {
    expect(code(() => parsePin(text, '/x/.varvel'))).toBe('invalid');
  });

  test('whatever stands in it, a name it gives is one a profile can have', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string(), (before, name) => {
        let found: string;
        try {
          found = parsePin(`${before}profile = "${name}"`, '/x').profile;
        } catch {
          return;
        }
        expect(checkProfileName(found)).toBe(found);
      }),
      { numRuns: 1000 },
    );
  });
});

test('a profile’s name fits every shell and fal’s own file, or is refused', () => {
  for (const name of ['a', 'A', '0', 'v1.2_3-rc', 'x'.repeat(64)]) expect(checkProfileName(name)).toBe(name);
  for (const name of [
    '',
    ' ',
    'a b',
    '-a',
    '.a',
    '_a',
    '__internal__',
    'a/b',
    'ä',
    'a\n',
    'a"',
    "a'",
    '$a',
    'x'.repeat(65),
  ]) {
    expect({ name, code: code(() => checkProfileName(name)) }).toEqual({ name, code: 'invalid' });
  }
});

test('colours, hosts and notes are checked', () => {
  for (const color of [...profileColors, '#00ffAA']) expect(checkColor(color)).toBe(color);
  for (const color of ['', 'Red', '#fff', 'mauve', '#00ffaag'])
    expect(code(() => checkColor(color))).toBe('invalid');
  for (const host of ['api.alpha.fal.ai', 'api.x', 'api-eu.fal.ai:443']) expect(checkHost(host)).toBe(host);
  for (const host of [
    '',
    'rest.fal.ai',
    'https://api.fal.ai',
    'api.fal.ai/',
    'api fal',
    'x.api.fal.ai',
    'api.x\n',
  ]) {
    expect({ host, code: code(() => checkHost(host)) }).toEqual({ host, code: 'invalid' });
  }
  expect(checkNote('ä\n'.repeat(1000))).toHaveLength(2000);
  for (const note of ['x'.repeat(2001), 'a\0']) expect(code(() => checkNote(note))).toBe('invalid');
});

test('the same name always has the same colour', () => {
  fc.assert(
    fc.property(fc.string(), (name) => {
      expect(colorOf(name)).toBe(colorOf(name));
      expect(checkColor(colorOf(name))).toBe(colorOf(name));
    }),
  );
});

test('the nearest name is offered when it is near enough to be meant', () => {
  expect(nearest('stagign', ['production', 'staging'])).toBe('staging');
  expect(nearest('STAGING', ['staging'])).toBe('staging');
  expect(nearest('x', ['production'])).toBeNull();
  expect(nearest('anything', [])).toBeNull();
  expect(didYouMean('stagign', ['staging'], 'See all.')).toBe('Did you mean “staging”? See all.');
  expect(didYouMean('zzzzzz', ['staging'], 'See all.')).toBe('See all.');
});
