import { signInFlows } from '../../../core/model/fal/fal-environment.ts';
import type { SignInStep } from '../../../core/model/fal/sign-in.ts';
import { defineCommand } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output/output.ts';
import { identityRow } from './identity-row.ts';

export const command = defineCommand({
  summary: 'Sign in through the browser',
  details:
    'Opens fal’s sign-in page in your browser. You can sign in with several identities at once. Signing in again renews a session. The default is the method you used last; the first time, the browser offers all methods.\n\nThe device flow shows a code that you confirm in any browser, also on another machine. Without a browser, the page’s URL and the code are printed; in a pipe, each on its own line. The loopback flow sends the browser back to this machine. It works with the sandbox; fal may not support it.',
  examples: [
    'varvel login --connection github',
    'varvel login --connection example.com',
    'varvel login --no-browser',
  ],
  options: {
    connection: {
      type: 'string',
      value: 'github|google|DOMAIN',
      completes: 'connections',
      describe: 'how to sign in; use a domain for SSO',
    },
    choose: { type: 'boolean', describe: 'choose the method in the browser' },
    flow: { type: 'string', choices: signInFlows, describe: 'how the browser confirms the sign-in' },
    'no-browser': { type: 'boolean', describe: 'don’t open a browser; print the URL and the code' },
  },
  positionals: [],
  async run({ output, open, signal }, values) {
    const varvel = await open();
    const remembered = values.choose ? null : varvel.identities.lastConnection();
    const connection = values.connection ?? remembered;
    if (values.connection === undefined && remembered !== null) {
      output.note(`Signing in with ${remembered}, like last time. Use --choose for other methods.`);
    }
    const { identity, warning } = await varvel.identities.signIn(
      {
        connection,
        flow: signInFlows.find((known) => known === values.flow) ?? null,
        openBrowser: !values['no-browser'],
      },
      (step) => show(step, output),
      signal,
    );
    output.clearProgress();
    if (warning) output.warn(warning);
    if (output.json) output.document({ identity: identityRow(identity) });
    else output.done(`Signed in as ${identity.name} <${identity.email}>.`);
    return 0;
  },
});

function show(step: SignInStep, output: CommandOutput): void {
  const showPage = (what: string) => {
    output.note(what);
    output.note(`  ${step.url}`);
  };
  if (step.step === 'confirm_code') {
    output.note('Code: ', ['bold', step.userCode]);
    if (step.opened) output.note('Confirm this code in your browser.');
    else showPage('Open this page in a browser and confirm the code:');
  } else if (step.opened) {
    output.note('Continue in your browser.');
  } else {
    showPage('Open this page in a browser on this machine:');
  }
  if (!step.opened && !output.isTerminal && !output.json) {
    // in a pipe they are data for the program that reads it
    output.line(step.url);
    if (step.step === 'confirm_code') output.line(step.userCode);
  }
  output.progress('Waiting for the browser…');
}
