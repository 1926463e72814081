import { useView } from '../../stores/window/view.ts';
import { SignInDialog } from '../accounts/sign-in-dialog.tsx';
import { SignOutDialog } from '../accounts/sign-out-dialog.tsx';
import { BackupDialog } from '../backup/backup-dialog.tsx';
import { RestoreDialog } from '../backup/restore-dialog.tsx';
import { DiagnosisDialog } from '../diagnosis/diagnosis-dialog.tsx';
import { ExportDialog } from '../exports/export-dialog.tsx';
import { RemoveSecretDialog } from '../exports/github/remove-secret-dialog.tsx';
import { PinDialog } from '../exports/pin-dialog.tsx';
import { SeveralExportDialog } from '../exports/several/several-export.tsx';
import { UndoExportDialog } from '../exports/undo-export-dialog.tsx';
import { ApplyDialog } from '../falcli/apply-dialog.tsx';
import { ImportDialog } from '../falcli/import-dialog.tsx';
import { UndoDialog } from '../falcli/undo-dialog.tsx';
import { FindDialog } from '../find/find-dialog.tsx';
import { AddKeyDialog } from '../keys/dialogs/add-key-dialog.tsx';
import { CreateKeyDialog } from '../keys/dialogs/create-key-dialog.tsx';
import { EndKeyDialog } from '../keys/dialogs/end-key-dialog.tsx';
import { ForgetKeysDialog } from '../keys/dialogs/forget-keys-dialog.tsx';
import { GenerateDialog } from '../keys/dialogs/generate-dialog.tsx';
import { ReconcileDialog } from '../keys/dialogs/reconcile-dialog.tsx';
import { RenameKeyDialog } from '../keys/dialogs/rename-key-dialog.tsx';
import { RevealDialog } from '../keys/dialogs/reveal-dialog.tsx';
import { ForgetDialog, RevokeDialog } from '../keys/dialogs/revoke-dialog.tsx';
import { RevokeKeysDialog } from '../keys/dialogs/revoke-keys-dialog.tsx';
import { BudgetDialog } from '../money/budget-dialog.tsx';
import { Palette } from '../palette/palette.tsx';
import { CreateProfileDialog } from '../profiles/dialogs/create-profile-dialog.tsx';
import { DeleteProfilesDialog } from '../profiles/dialogs/delete-profiles-dialog.tsx';
import { SwitchAnywayDialog } from '../profiles/dialogs/switch-anyway-dialog.tsx';
import { RotateDialog } from '../rotation/rotate-dialog.tsx';
import { ChangePassphraseDialog } from '../settings/change-passphrase-dialog.tsx';
import { EnvironmentDialog } from '../settings/environment-dialog.tsx';
import { HookDialog } from '../settings/hook-dialog.tsx';
import { WhatsNewDialog } from '../settings/whats-new-dialog.tsx';
import { SnippetDialog } from '../snippets/snippet-dialog.tsx';
import { Switcher } from '../switcher/switcher.tsx';
import { ShortcutsDialog } from './shortcuts-dialog.tsx';

/** The open dialog or palette. */
export function Overlays() {
  const overlay = useView((view) => view.overlay);
  switch (overlay.kind) {
    case 'none':
      return null;
    case 'palette':
      return <Palette />;
    case 'switcher':
      return <Switcher />;
    case 'shortcuts':
      return <ShortcutsDialog />;
    case 'sign_in':
      return <SignInDialog connection={overlay.connection ?? null} />;
    case 'sign_out':
      return <SignOutDialog identityId={overlay.identityId} />;
    case 'create_profile':
      return <CreateProfileDialog keyId={overlay.keyId} name={overlay.name} />;
    case 'switch_anyway':
      return <SwitchAnywayDialog name={overlay.name} />;
    case 'delete_profiles':
      return <DeleteProfilesDialog names={overlay.names} />;
    case 'export':
      return <ExportDialog name={overlay.name} target={overlay.target} />;
    case 'export_several':
      return <SeveralExportDialog names={overlay.names} />;
    case 'undo_export':
      return <UndoExportDialog file={overlay.file} />;
    case 'remove_secret':
      return <RemoveSecretDialog target={overlay.target} />;
    case 'pin':
      return <PinDialog name={overlay.name} />;
    case 'snippet':
      return <SnippetDialog name={overlay.name} />;
    case 'create_key':
      return <CreateKeyDialog {...overlay} />;
    case 'add_key':
      return <AddKeyDialog from={overlay.from} />;
    case 'generate':
      return <GenerateDialog keyId={overlay.keyId} />;
    case 'reveal':
      return <RevealDialog keyId={overlay.keyId} />;
    case 'rotate':
      return <RotateDialog keyId={overlay.keyId} />;
    case 'reconcile':
      return <ReconcileDialog />;
    case 'find_copies':
      return <FindDialog keyId={overlay.keyId} />;
    case 'diagnose':
      return <DiagnosisDialog keyId={overlay.keyId} profile={overlay.profile ?? null} />;
    case 'end_key':
      return <EndKeyDialog keyId={overlay.keyId} />;
    case 'revoke':
      return <RevokeDialog keyId={overlay.keyId} />;
    case 'revoke_keys':
      return <RevokeKeysDialog ids={overlay.ids} />;
    case 'rename_key':
      return <RenameKeyDialog keyId={overlay.keyId} />;
    case 'forget':
      return <ForgetDialog keyId={overlay.keyId} />;
    case 'forget_keys':
      return <ForgetKeysDialog ids={overlay.ids} />;
    case 'environment':
      return <EnvironmentDialog name={overlay.name} />;
    case 'hook':
      return <HookDialog shell={overlay.shell} add={overlay.add} />;
    case 'falcli_apply':
      return <ApplyDialog inStep={overlay.inStep} />;
    case 'falcli_undo':
      return <UndoDialog />;
    case 'budget':
      return <BudgetDialog subject={overlay.subject} />;
    case 'change_passphrase':
      return <ChangePassphraseDialog />;
    case 'whats_new':
      return <WhatsNewDialog />;
    case 'backup':
      return <BackupDialog />;
    case 'restore':
      return <RestoreDialog />;
    case 'falcli_import':
      return <ImportDialog />;
  }
}
