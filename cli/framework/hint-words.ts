import type { Hint } from '../../core/model/hint.ts';

const didYouMean = (nearest: string | null, list: string): string =>
  `${nearest === null ? '' : `Did you mean “${nearest}”? `}\`${list}\` shows them all.`;

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
      return 'Start again with `varvel login`.';
    case 'sign_in_with_code':
      return 'Sign in with `varvel login --flow device`.';
    case 'sign_in_for_admin_key':
      return 'Sign in with `varvel login` to create an ADMIN key.';
    case 'choose_flow':
      return `Use --flow ${hint.flows.join(' or ')}.`;
    case 'renew_access':
      return 'fal doesn’t accept the key or session: test the key, or sign in again with `varvel login`.';
    case 'sign_in_or_forget':
      return `Sign in to its account with \`varvel login\`, or delete only the secret: \`varvel keys forget ${hint.keyId}\`.`;
    case 'list_identities':
      return didYouMean(hint.nearest, 'varvel whoami');

    case 'list_accounts':
      return listAccounts(hint.nearest, hint.ended);
    case 'choose_account':
      return 'Add --account NICKNAME; `varvel accounts list` shows them all.';
    case 'ask_owner':
      return 'Ask an owner of the account for the right to manage keys, or choose another with --account.';
    case 'top_up':
      return 'Top up the account’s balance at fal, or write to support@fal.ai as the reason says.';

    case 'list_keys':
      return didYouMean(hint.nearest, 'varvel keys list');
    case 'refresh_keys':
      return '`varvel keys list` shows the keys that fal knows.';
    case 'find_created_key':
      return 'fal may have created the key all the same. Look with `varvel keys list` before you try again, and revoke a key that is only at fal: its secret is lost.';
    case 'choose_key':
      return 'Use the key’s id, or --account when their accounts differ.';
    case 'find_secret':
      return 'It may be in the other vault (VARVEL_VAULT=keychain or file). If not, create a new key with `varvel keys create`: fal shows a secret only once.';
    case 'find_or_forget':
      return `It may be in the other vault (VARVEL_VAULT=keychain or file). If not, forget the key: \`varvel keys forget ${hint.keyId}\`.`;
    case 'replace_key':
      return `It was revoked or mistyped, or its secret is lost. Create a new key with \`varvel keys create\`, or forget this one with \`varvel keys forget ${hint.keyId}\`.`;
    case 'use_another_key':
      return 'The key works but may not do this: use another key, or one of another scope.';
    case 'forget_key':
      return `If the one here is wrong, forget it first: \`varvel keys forget ${hint.keyId}\`.`;
    case 'create_admin_key':
      return `fal reports spend to ADMIN keys only: \`varvel keys create usage --scope ADMIN${hint.account ? ` --account ${hint.account.nickname}` : ''}\`.`;

    case 'list_profiles':
      return didYouMean(hint.nearest, 'varvel profiles list');
    case 'choose_profile':
      return 'Choose one with `varvel switch PROFILE`, or name one: `varvel profiles list` shows them all.';
    case 'create_profile':
      return `Create it with \`varvel profiles create ${hint.profile}\`, or choose another with --profile.`;
    case 'choose_profile_name':
      return `Choose another name, or change that one with \`varvel profiles set ${hint.profile}\`.`;
    case 'rename_profile':
      return `Rename the profile: \`varvel profiles rename ${hint.profile} NAME\`.`;
    case 'set_key':
      return `Give it one: \`varvel profiles set ${hint.profile} key=KEY\`, or \`varvel keys create ALIAS --profile ${hint.profile}\`.`;
    case 'set_key_of_account':
      return `Give the profile a key of ${hint.account} as well: \`varvel profiles set ${hint.profile} key=KEY account=${hint.account}\`.`;
    case 'change_key':
      return 'Give the profile another key: `varvel profiles set PROFILE key=KEY`.';
    case 'fix_profile_variable':
      return 'Unset VARVEL_PROFILE, or set it to one of `varvel profiles list`.';
    case 'fix_pin':
      return 'A pin is a small file with one line, profile = "NAME". Fix or delete it, or choose with --profile.';

    case 'use_shell':
      return `Use --shell ${hint.shell}, or \`varvel run\`, which writes nothing.`;
    case 'use_format':
      return `Use --format ${hint.format}, or \`varvel run\`, which writes nothing.`;
    case 'unset_for_shell':
      return 'Use it with --shell.';
    case 'choose_variable_name':
      return 'Choose another name with --name.';
    case 'choose_file_format':
      return 'Choose another file, or say with --format what it is.';
    case 'choose_untracked_file':
      return 'Export into a file that git ignores, or add --force.';
    case 'find_exports':
      return '`varvel keys show KEY` lists the files that hold a key.';

    case 'leave_key_out':
      return 'Leave --with-key out, or give the profile another key.';
    case 'overwrite_fal_key':
      return 'Use --with-key to put this profile’s key there (undo brings the other back), or rename one of the two.';
    case 'show_fal_cli':
      return '`varvel falcli status` shows it.';

    case 'unlock_vault':
    case 'set_up_vault':
      return 'Set VARVEL_PASSPHRASE_FILE or VARVEL_PASSPHRASE, or run `varvel vault unlock` in a terminal first.';
    case 'enter_backup_passphrase':
      return 'Enter the one that the backup was made with. VARVEL_PASSPHRASE or VARVEL_PASSPHRASE_FILE is used where it is set.';
    case 'replace_file':
      return 'Choose another name, or replace it with --force.';

    case 'change_environment':
      return `Its keys would not work here. Set VARVEL_ENVIRONMENT to ${hint.environment}, then restore it.`;
    case 'set_environment':
      return 'Set VARVEL_ENVIRONMENT to the path that `varvel sandbox` prints, or unset it to use fal.';
    case 'start_sandbox':
      return 'Start the sandbox with `varvel sandbox`, or unset VARVEL_ENVIRONMENT to use fal.';
    case 'check_network':
      return 'Check the network, a proxy or a firewall; with the sandbox, check that it still runs.';
    case 'wait':
      return 'fal limits how often it can be asked: wait a minute, then try again.';
    case 'wait_for_fal':
      return 'A fault on fal’s side: try again in a while.';

    case 'check_disk':
      return 'Check the disk and the folder; `varvel doctor` says more.';
    case 'recover_keys':
      return 'The next command starts with an empty one. Your secrets are still in the vault: run `varvel doctor` to bring the keys back.';
    case 'update_varvel':
      return 'Look for a newer Varvel; `--debug` shows more.';
    case 'report_problem':
      return 'Run the command again with --debug, and report what it shows.';
  }
}

function listAccounts(nearest: string | null, ended: string[]): string {
  if (ended.length === 0) return didYouMean(nearest, 'varvel accounts list');
  const question = nearest === null ? '' : `Did you mean “${nearest}”? `;
  return `${question}If it is one of ${ended.join(', ')}: that sign-in has ended, \`varvel login\` renews it.`;
}

/** A sentence, and what to do about it. */
export const withHint = (sentence: string, hint: Hint): string =>
  [sentence, hintWords(hint)].filter(Boolean).join(' ');
