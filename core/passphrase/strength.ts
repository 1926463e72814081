import { VarvelError } from '../model/error.ts';
import type { PassphraseStrength } from '../model/machine/vault.ts';

type Estimate = (passphrase: string) => { score: number; warning: string };

let estimate: Promise<Estimate> | undefined;

/** Loaded when a passphrase is chosen: the dictionaries take about 0.4 s. */
async function load(): Promise<Estimate> {
  const [{ ZxcvbnFactory }, common, english] = await Promise.all([
    import('@zxcvbn-ts/core'),
    import('@zxcvbn-ts/language-common'),
    import('@zxcvbn-ts/language-en'),
  ]);
  const zxcvbn = new ZxcvbnFactory({
    dictionary: { ...common.dictionary, ...english.dictionary },
    graphs: common.adjacencyGraphs,
    translations: english.translations,
  });
  return (passphrase) => {
    const { score, feedback } = zxcvbn.check(passphrase, ['varvel', 'fal', 'falcon', 'vault', 'backup']);
    return { score, warning: feedback.warning ?? '' };
  };
}

/** How many characters are judged: more takes seconds, and hides no weakness of the beginning. */
const judged = 100;

/**
 * How hard a new passphrase is to guess, by zxcvbn's estimate. Weak is less than 10^8 guesses: zxcvbn's own limit for a
 * secret behind a slow hash, as a vault and a backup are behind scrypt.
 */
export async function passphraseStrength(passphrase: string): Promise<PassphraseStrength> {
  estimate ??= load();
  const { score, warning } = (await estimate)(passphrase.slice(0, judged));
  const { length } = [...passphrase];
  const size = `${length} ${length === 1 ? 'character' : 'characters'}`;
  if (score >= 4) return { level: 'strong', message: `Strong: ${size}.` };
  if (score === 3) return { level: 'fair', message: `Fair: ${size}. One more word makes it strong.` };
  return { level: 'weak', message: `Weak: ${size}. ${warning || 'Add words that are less common.'}` };
}

/** @throws VarvelError `invalid` for a passphrase that is easy to guess */
export async function refuseWeak(passphrase: string): Promise<void> {
  const { level, message } = await passphraseStrength(passphrase);
  if (level === 'weak')
    throw new VarvelError(
      'invalid',
      `The passphrase is too easy to guess. ${message}`,
      'Use four or five random words.',
    );
}
