import { useState } from 'react';
import { TextField } from './field.tsx';

interface Fields {
  passphrase: string;
  repeated: string;
  differs: boolean;
  onPassphrase: (text: string) => void;
  onRepeated: (text: string) => void;
}

/** A new passphrase, typed twice because nobody can recover it. It is kept in these fields only. */
export function usePassphraseTwice() {
  const [passphrase, setPassphrase] = useState('');
  const [repeated, setRepeated] = useState('');
  const [tried, setTried] = useState(false);
  const differs = passphrase !== repeated;
  const fields: Fields = {
    passphrase,
    repeated,
    differs: tried && differs,
    onPassphrase: setPassphrase,
    onRepeated: setRepeated,
  };
  return {
    fields,
    passphrase,
    /** Returns whether the passphrase is valid. Shows why not below the fields. */
    validate: (): boolean => {
      setTried(true);
      return passphrase !== '' && !differs;
    },
    clear: (): void => {
      setPassphrase('');
      setRepeated('');
      setTried(false);
    },
  };
}

export function PassphraseTwice({
  passphrase,
  repeated,
  differs,
  onPassphrase,
  onRepeated,
  fieldClassName,
}: Fields & { fieldClassName?: string | undefined }) {
  return (
    <>
      <TextField
        className={fieldClassName}
        label="New passphrase"
        type="password"
        autoComplete="new-password"
        value={passphrase}
        hint={passphraseStrength(passphrase)}
        onChange={(event) => onPassphrase(event.target.value)}
      />
      <TextField
        className={fieldClassName}
        label="Repeat passphrase"
        type="password"
        autoComplete="new-password"
        value={repeated}
        wrong={differs ? 'The passphrases don’t match.' : ''}
        onChange={(event) => onRepeated(event.target.value)}
      />
    </>
  );
}

/** Rates a passphrase by its length only. */
export function passphraseStrength(passphrase: string): string {
  const { length } = [...passphrase];
  if (length === 0) return 'Four or five random words are strong and easy to remember.';
  if (length < 10) return `Weak: ${length} characters are easy to guess. Make it longer.`;
  if (length < 18) return `Fair: ${length} characters. Add a word or two to make it strong.`;
  return `Strong: ${length} characters, unless it’s a well-known phrase.`;
}
