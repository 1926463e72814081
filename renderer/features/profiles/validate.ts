import { VarvelError } from '../../../core/model/error.ts';
import { CallError } from '../../call-error.ts';
import { hintWords } from '../../format/hint-words.ts';

/** Checks a text against a rule of the model, before a call. @throws CallError */
export function validate(rule: (text: string) => unknown, text: string): void {
  try {
    rule(text);
  } catch (error) {
    if (error instanceof VarvelError) throw new CallError(error);
    throw error;
  }
}

/** The error message for a text. Empty when it is valid. */
export function validationError(rule: (text: string) => unknown, text: string): string {
  try {
    validate(rule, text);
    return '';
  } catch (error) {
    return error instanceof CallError ? `${error.message} ${hintWords(error.hint)}` : '';
  }
}
