import { type FormEvent, useState } from 'react';
import type { FileFormat } from '../../../core/exports/formats/formats.ts';
import { useAction } from '../../components/forms/action.ts';

/** The state of a form that exports to a file. @param start what its fields have at first */
export function useExportForm(start: { path: string; format: FileFormat | null }) {
  const [path, setPath] = useState(start.path);
  const [format, setFormat] = useState(start.format);
  const [confirmed, setConfirmed] = useState(false);
  const [tried, setTried] = useState(false);
  const [failures, setFailures] = useState(0);
  const { busy, problem, run, clear } = useAction();
  const file = path.trim();

  /** Changes a field. What was confirmed or failed before was about another file. */
  const changing = (change: () => void): void => {
    change();
    setConfirmed(false);
    clear();
  };

  /** Writes when the form is sent and its plan may be written. */
  async function send(
    event: FormEvent,
    ready: boolean,
    write: (force: boolean) => Promise<void>,
  ): Promise<void> {
    event.preventDefault();
    setTried(true);
    if (!ready || busy) return;
    await run(async () => {
      try {
        await write(confirmed);
      } catch (error) {
        setFailures((before) => before + 1);
        throw error;
      }
    });
  }

  return {
    file,
    format,
    confirmed,
    setConfirmed,
    tried,
    /** Part of what a plan answers: after a failure the file may have changed, so plan again. */
    failures,
    busy,
    problem,
    changing,
    send,
    pathField: {
      label: 'File',
      kind: 'file_to_write',
      value: path,
      placeholder: '~/shop/.env',
      wrong: tried && file === '' ? 'Enter a file, such as ~/shop/.env.' : '',
      onChange: (to: string) => changing(() => setPath(to)),
    } as const,
    formatField: {
      format,
      onChange: (to: FileFormat | null) => changing(() => setFormat(to)),
    },
  };
}
