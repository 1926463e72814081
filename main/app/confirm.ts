import { dialog } from 'electron';
import { printable } from '../../core/model/printable.ts';

export interface Question {
  message: string;
  detail: string;
  /** The button that goes on. */
  action: string;
}

export type Confirm = (question: Question) => Promise<boolean>;

/** Asks in a dialog of the system, where no window needs to be open. Cancel is the default. */
export const confirmInDialog: Confirm = async ({ message, detail, action }) => {
  const { response } = await dialog.showMessageBox({
    type: 'warning',
    message: printable(message),
    detail: printable(detail),
    buttons: ['Cancel', action],
    defaultId: 0,
    cancelId: 0,
  });
  return response === 1;
};
