import type { Hint } from '../../core/model/hint.ts';

const didYouMean = (nearest: string | null, list: string): string =>
  `${nearest === null ? '' : `Did you mean “${nearest}”? `}Run \`${list}\` to see them all.`;

/** What to type next, in a sentence; empty when there is nothing to do. */
export function hintWords(hint: Hint): string {
  switch (hint.action) {
    case 'none':
      return '';
    case 'advice':
      return hint.text;

    case 'sign_in':
      return hint.connection === null
        ? 'Sign in with `varvel login`.'
        : `Sign in again with \`varvel login --connection ${hint.connection}\`.`;
    case 'restart_sign_in':
      return 'Sign in again with `varvel login`.';
    case 'sign_in_with_code':
      return 'Sign in with `varvel login --flow device`.';
    case 'sign_in_for_admin_key':
      return 'Sign in with `varvel login` to create an ADMIN key.';
    case 'choose_flow':
      return `Use --flow ${hint.flows.join(' or ')}.`;
    case 'renew_access':
      return 'Test the key, or sign in again with `varvel login`.';
    case 'sign_in_or_forget':
      return `Sign in to its account with \`varvel login\`, or delete only its secret with \`varvel keys forget ${hint.keyId}\`.`;
    case 'rotate_key':
      return `Rotate it with \`varvel keys rotate ${hint.keyId}\`.`;
    case 'resume_rotation':
      return `Go on with \`varvel keys rotate ${hint.keyId} --resume\`, or go back with \`--abort\`.`;
    case 'release_rotation':
      return `Fix that, then run \`varvel keys rotate ${hint.keyId} --resume\`. Add \`--force\` to leave it as it is, or go back with \`--abort\`.`;
    case 'find_out_why':
      return `Find out why, and who can help, with \`varvel keys diagnose ${hint.keyId}\`.`;
    case 'list_identities':
      return didYouMean(hint.nearest, 'varvel whoami');

    case 'list_accounts':
      return listAccounts(hint.nearest, hint.ended);
    case 'choose_account':
      return 'Add --account NICKNAME. Run `varvel accounts list` to see them all.';
    case 'ask_owner':
      return 'Ask an owner of the account for permission to manage keys, or choose another account with --account.';
    case 'top_up':
      return 'Top up the account’s balance at fal, or contact support@fal.ai.';
    case 'raise_key_limit':
      return 'Raise the key’s limit in the spending controls at fal, or use another key.';

    case 'list_keys':
      return didYouMean(hint.nearest, 'varvel keys list');
    case 'refresh_keys':
      return 'Run `varvel keys list` to refresh keys.';
    case 'find_created_key':
      return 'fal may still have created the key. Run `varvel keys list` before you try again, and revoke a key that is only at fal: its secret is lost.';
    case 'choose_key':
      return 'Use the key’s id. Its first six characters are enough.';
    case 'find_secret':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, create a new key with `varvel keys create`. fal shows a secret only once.';
    case 'find_or_forget':
      return `It may be in the other vault (VARVEL_VAULT=keychain or file). If not, forget the key with \`varvel keys forget ${hint.keyId}\`.`;
    case 'replace_key':
      return `It was revoked or mistyped, or its secret is lost. Create a new key with \`varvel keys create\`, or forget this one with \`varvel keys forget ${hint.keyId}\`.`;
    case 'use_another_key':
      return 'Use another key, or one with another scope.';
    case 'forget_key':
      return `To replace the stored one, forget it first with \`varvel keys forget ${hint.keyId}\`.`;
    case 'create_admin_key':
      return `fal reports spend to ADMIN keys only. Create one with \`varvel keys create usage --scope ADMIN${hint.account ? ` --account ${hint.account.nickname}` : ''}\`.`;

    case 'list_profiles':
      return didYouMean(hint.nearest, 'varvel profiles list');
    case 'choose_profile':
      return 'Switch to one with `varvel switch PROFILE`, or name one. Run `varvel profiles list` to see them all.';
    case 'create_profile':
      return `Create it with \`varvel profiles create ${hint.profile}\`, or choose another with --profile.`;
    case 'accept_pin':
      return `To accept it, run \`varvel pin ${hint.profile}\` in that folder. To use another profile here: --profile.`;
    case 'choose_profile_name':
      return `Choose another name, or change that profile with \`varvel profiles set ${hint.profile} FIELD=VALUE\`.`;
    case 'rename_profile':
      return `Rename the profile with \`varvel profiles rename ${hint.profile} NAME\`.`;
    case 'set_key':
      return `Set a key with \`varvel profiles set ${hint.profile} key=KEY\`, or create one with \`varvel keys create ALIAS --profile ${hint.profile}\`.`;
    case 'set_key_of_account':
      return `Set a key of ${hint.account} too: \`varvel profiles set ${hint.profile} key=KEY account=${hint.account}\`.`;
    case 'change_key':
      return 'Set another key with `varvel profiles set PROFILE key=KEY`.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to a profile from `varvel profiles list`.';
    case 'fix_pin':
      return 'Fix or delete the file, or choose a profile with --profile. A pin has one line: profile = "NAME".';

    case 'use_shell':
      return `Use --shell ${hint.shell}, or \`varvel run\`, which writes nothing.`;
    case 'use_format':
      return `Use --format ${hint.format}, or \`varvel run\`, which writes nothing.`;
    case 'unset_for_shell':
      return 'Use --shell instead of --format.';
    case 'choose_variable_name':
      return 'Choose another variable with --name.';
    case 'choose_file_format':
      return 'Choose another file, or set its format with --format.';
    case 'choose_untracked_file':
      return 'Export to a file that git ignores, or add --force.';
    case 'find_exports':
      return 'Run `varvel keys show KEY` to see the files that hold a key.';

    case 'leave_key_out':
      return 'Leave out --with-key, or give the profile another key.';
    case 'keep_key_out_of_git':
      return 'Leave out --with-key, or let git ignore the file. To write it all the same, add --force.';
    case 'overwrite_fal_key':
      return 'Add --with-key to replace that key (you can undo it), or rename one of the profiles.';
    case 'show_fal_cli':
      return 'Run `varvel falcli status` to see the file’s profiles.';

    case 'unlock_vault':
    case 'set_up_vault':
      return 'Run `varvel vault unlock` in a terminal, or set VARVEL_PASSPHRASE_FILE or VARVEL_PASSPHRASE.';
    case 'enter_backup_passphrase':
      return 'Enter the passphrase the backup was created with. If VARVEL_PASSPHRASE or VARVEL_PASSPHRASE_FILE is set, it is used instead.';
    case 'replace_file':
      return 'Choose another name, or add --force to replace the file.';

    case 'change_environment':
      return `Its keys don’t work here. Set VARVEL_ENVIRONMENT to ${hint.environment}, then restore it.`;
    case 'set_environment':
      return 'Set VARVEL_ENVIRONMENT to the path that `varvel sandbox` prints, or unset it to use fal.';
    case 'start_sandbox':
      return 'Start the sandbox with `varvel sandbox`, or unset VARVEL_ENVIRONMENT to use fal.';
    case 'check_network':
      return 'Check your network, proxy and firewall. If you use the sandbox, check that it is still running.';
    case 'wait':
      return 'Wait a minute, then try again.';
    case 'wait_for_fal':
      return 'This is a problem at fal. Try again later.';

    case 'check_disk':
      return 'Check the disk and the folder. Run `varvel doctor` for details.';
    case 'recover_keys':
      return 'The next command starts with an empty database. Your secrets are still in the vault. Run `varvel doctor` to recover your keys.';
    case 'test_keys':
      return 'Run `varvel keys test --all` to find their accounts and scopes.';
    case 'move_key_to_vault':
      return 'Add the key to the vault with `varvel keys add --from-env`, then remove that line.';
    case 'update_varvel':
      return 'Update Varvel. Add --debug for details.';
    case 'report_problem':
      return 'Run the command again with --debug and report the output.';
  }
}

function listAccounts(nearest: string | null, ended: string[]): string {
  if (ended.length === 0) return didYouMean(nearest, 'varvel accounts list');
  const question = nearest === null ? '' : `Did you mean “${nearest}”? `;
  return `${question}If it belongs to ${ended.join(', ')}, sign in again with \`varvel login\`: that session has ended.`;
}

/** A sentence and its hint. */
export const withHint = (sentence: string, hint: Hint): string =>
  [sentence, hintWords(hint)].filter(Boolean).join(' ');
