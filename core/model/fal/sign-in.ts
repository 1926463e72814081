/** What a face shows while a sign-in waits for the person. */
export type SignInStep =
  | { step: 'confirm_code'; userCode: string; verificationUri: string; url: string; opened: boolean }
  | { step: 'open_page'; url: string; opened: boolean };
