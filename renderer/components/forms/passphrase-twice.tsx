import { useState } from 'react';
import { TextField } from './field.tsx';

interface Fields {
  passphrase: string;
  repeated: string;
  differs: boolean;
  onPassphrase: (text: string) => void;
  onRepeated: (text: string) => void;
}

/** A new passphrase, typed twice: nobody can recover it. It stays in no state but these fields'. */
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
    /** Whether it can be taken; says below the fields why not. */
    chosen: (): boolean => {
      setTried(true);
      return passphrase !== '' && !differs;
    },
    empty: (): void => {
      setPassphrase('');
      setRepeated('');
      setTried(false);
    },
  };
}

export function PassphraseTwice({ passphrase, repeated, differs, onPassphrase, onRepeated }: Fields) {
  return (
    <>
      <TextField
        label="New passphrase"
        type="password"
        autoComplete="new-password"
        value={passphrase}
        hint={strength(passphrase)}
        onChange={(event) => onPassphrase(event.target.value)}
      />
      <TextField
        label="The same again"
        type="password"
        autoComplete="new-password"
        value={repeated}
        wrong={differs ? 'The two are not the same.' : ''}
        onChange={(event) => onRepeated(event.target.value)}
      />
    </>
  );
}

/** What its length says of a passphrase; more can't be known of it. */
export function strength(passphrase: string): string {
  const { length } = [...passphrase];
  if (length === 0) return 'Four or five random words are strong, and can be kept in mind.';
  if (length < 10) return `Weak: ${length} characters are soon guessed. Make it longer.`;
  if (length < 18) return `Fair: ${length} characters. A word or two more make it strong.`;
  return `Strong by its length: ${length} characters, if it is no known saying.`;
}
