import { signInFlows } from '../../../core/model/fal-environment.ts';
import type { SignInStep } from '../../../core/model/sign-in.ts';
import { defineCommand } from '../../framework/command.ts';
import type { CommandOutput } from '../../framework/output.ts';
import { identityRow } from './identity-row.ts';

export const command = defineCommand({
  summary: 'Sign in through the browser',
  details:
    'Opens fal’s sign-in in the system’s browser. Several identities can be signed in at once; signing in again renews a session. Without --connection the method used last is taken, and before that the browser offers all of them.\n\nThe device flow shows a code to confirm in any browser, also on another machine; without a browser the page’s address and the code are printed, to a pipe each on a line of its own. The loopback flow brings the browser back to this machine by itself; fal is not known to accept it, the sandbox does.',
  examples: [
    'varvel login --connection github',
    'varvel login --connection example.com',
    'varvel login --no-browser',
  ],
  options: {
    connection: {
      type: 'string',
      value: 'github|google|DOMAIN',
      describe: 'how to sign in; a domain means SSO',
    },
    choose: { type: 'boolean', describe: 'choose the method in the browser, whatever was used last' },
    flow: { type: 'string', choices: signInFlows, describe: 'how the browser answers' },
    'no-browser': { type: 'boolean', describe: 'open no browser; print the address and the code' },
  },
  positionals: [],
  async run({ output, open, signal }, values) {
    const varvel = await open();
    const remembered = values.choose ? null : varvel.identities.lastConnection();
    const connection = values.connection ?? remembered;
    if (values.connection === undefined && remembered !== null) {
      output.note(`Signing in with ${remembered}, as last time (--choose offers all methods).`);
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
    else output.note(`${output.paintNote('green', '✓')} Signed in as ${identity.name} <${identity.email}>.`);
    return 0;
  },
});

function show(step: SignInStep, output: CommandOutput): void {
  if (step.step === 'confirm_code') {
    output.note(`Code: ${output.paintNote('bold', step.userCode)}`);
    if (step.opened) output.note('Confirm this code in the browser that has just opened.');
    else output.note(`Open this page in a browser and confirm the code:\n  ${step.url}`);
  } else if (step.opened) {
    output.note('Go on in the browser that has just opened.');
  } else {
    output.note(`Open this page in a browser on this machine:\n  ${step.url}`);
  }
  if (!step.opened && !output.isTerminal && !output.json) {
    // in a pipe a program waits for them: there they are data
    output.line(step.url);
    if (step.step === 'confirm_code') output.line(step.userCode);
  }
  output.progress('Waiting for the browser…');
}
