import { useEffect, useState } from 'react';
import type { PassphraseStrength } from '../../../core/model/machine/vault.ts';
import { call } from '../../bridge.ts';
import { TextField } from './field.tsx';

interface Fields {
  passphrase: string;
  repeated: string;
  strength: PassphraseStrength | null;
  /** Shows what is wrong: after the first attempt. */
  tried: boolean;
  onPassphrase: (text: string) => void;
  onRepeated: (text: string) => void;
}

/** A new passphrase, typed twice because nobody can recover it. It is kept in these fields only. */
export function usePassphraseTwice() {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const strength = useStrength(passphrase);
  const fields: Fields = {
    passphrase,
    repeated,
    strength,
    tried,
    onPassphrase: setPassphrase,
    onRepeated: setRepeated,
  };
  return {
    fields,
    passphrase,
    /** Returns whether the passphrase may be used. Shows why not below the fields. */
    validate: (): boolean => {
      setTried(true);
      return passphrase !== '' && passphrase === repeated && strength?.level !== 'weak';
    },
    clear: (): void => {
      setPassphrase('');
      setRepeated('');
      setTried(false);
    },
  };
}

/** How long typing must pause before the passphrase is judged, in ms. */
const pauseMs = 120;

/** How hard a passphrase is to guess; null until the program has said so. */
function useStrength(passphrase: string): PassphraseStrength | null {
  const [judged, setJudged] = useState<{ passphrase: string; strength: PassphraseStrength } | null>(null);
  useEffect(() => {
    if (passphrase === '') return;
    let due = true;
    const judge = async (): Promise<void> => {
      // without an answer nothing is said, and the program refuses a weak one
      const strength = await call('vault.judge', { passphrase }).catch(() => null);
      if (due && strength) setJudged({ passphrase, strength });
    };
    const timer = setTimeout(() => void judge(), pauseMs);
    return () => {
      due = false;
      clearTimeout(timer);
    };
  }, [passphrase]);
  return judged?.passphrase === passphrase ? judged.strength : null;
}

export function PassphraseTwice({
  passphrase,
  repeated,
  strength,
  tried,
  onPassphrase,
  onRepeated,
  fieldClassName,
}: Fields & { fieldClassName?: string | undefined }) {
  const advice = passphrase === '' ? 'Four or five random words are strong and easy to remember.' : '';
  const refused = tried && strength?.level === 'weak';
  return (
    <>
      <TextField
        className={fieldClassName}
        label="New passphrase"
        type="password"
        autoComplete="new-password"
        value={passphrase}
        hint={advice || (refused ? '' : (strength?.message ?? '…'))}
        wrong={refused ? strength.message : ''}
        onChange={(event) => onPassphrase(event.target.value)}
      />
      <TextField
        className={fieldClassName}
        label="Repeat passphrase"
        type="password"
        autoComplete="new-password"
        value={repeated}
        wrong={tried && passphrase !== repeated ? 'The passphrases don’t match.' : ''}
        onChange={(event) => onRepeated(event.target.value)}
      />
    </>
  );
}
